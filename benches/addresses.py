#!/usr/bin/env python3
"""Addresses to measure with, each another page that the server has not kept.

usage: addresses.py searches QUERIES | catalogue | kiwix QUERIES
"""

import random
import sys
from urllib.parse import quote_plus

AREAS = "comunicacion matematica ciencia-y-tecnologia ciencias-sociales personal-social tutoria ept arte-y-cultura".split()
GRADES = "p1 p2 p3 p4 p5 p6 s1 s2 s3 s4 s5".split()
KINDS = "articulo documento libro audio video imagen".split()


def main():
    what = sys.argv[1]
    if what == "catalogue":
        lists = [("", 400)] + [(f"grado={grade}", 40) for grade in GRADES] + [(f"area={area}", 60) for area in AREAS]
        lists += [(f"clase={kind}", 20) for kind in KINDS] + [(f"grado={g}&area={a}", 2) for g in GRADES for a in AREAS]
        found = [f"/{lang}/recursos?{filters}{'&' if filters else ''}pagina={page}" for filters, pages in lists
                 for page in range(2, pages + 2) for lang in ("es", "qu")]
        random.Random(1).shuffle(found)
        found = found[:1500]
    else:
        with open(sys.argv[2], encoding="utf-8") as file:
            words = [quote_plus(line.strip()) for line in file]
        if what == "kiwix":
            found = [f"/search?content=school&pattern={query}&pageLength=12" for query in words]
        else:
            found = [f"/{lang}/recursos?q={query}" for lang in ("es", "qu") for query in words]
    print("\n".join(found))


if __name__ == "__main__":
    main()
