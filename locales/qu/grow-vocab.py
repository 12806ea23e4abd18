#!/usr/bin/env python3
"""Muestra las raíces que unos textos quechuas usan y que vocab.tsv no tiene.

    locales/qu/grow-vocab.py RAICES.tsv TEXTO...

RAICES.tsv es un diccionario de raíces (columnas: raíz, clase, glosa, fuente). De él se toman solo la forma, la clase y el
nombre de la fuente; la glosa la escribe quien agrega la línea, con sus palabras. TEXTO puede ser .ftl o texto sencillo.
Lo que ni el diccionario conoce sale al final, como comentario: es un error de escritura, un préstamo o un nombre.
"""

import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ACCENTS = str.maketrans("áíú", "aiu")
STARTS = {"v": ["V"], "num": ["NUM", "N"], "part": ["E0"], "ij": ["E0"], "adv": ["E0", "N"]}
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def rows(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def roots(table):
    found = collections.defaultdict(list)
    for row in table:
        if row[1] != "name":
            found[row[0].lower().translate(ACCENTS)].append((row[1], row[3] if len(row) > 3 else ""))
    return found


STEPS = collections.defaultdict(list)
for source, suffix, condition, target in rows(HERE / "suffixes.tsv"):
    STEPS[source].append(("" if suffix == "-" else suffix.translate(ACCENTS), condition, target))


def ends(word, at, state):
    """Whether suffixes lead from here to the end of the word."""
    seen, todo = set(), [(at, state)]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        at, state = place
        if at == len(word) and state == "Z":
            return True
        for suffix, condition, target in STEPS[state]:
            vowel = at > 0 and word[at - 1] in "aeiou"
            if (condition == "V" and not vowel) or (condition == "C" and vowel):
                continue
            if word.startswith(suffix, at):
                todo.append((at + len(suffix), target))
    return False


def analyses(word, known):
    """Roots (longest first) with the classes that explain the word."""
    word = word.translate(ACCENTS)
    for length in range(len(word), 0, -1):
        for kind, source in sorted(known.get(word[:length], ()), key=lambda entry: entry[0] != "v"):
            if any(ends(word, length, state) for state in STARTS.get(kind, ["N"])):
                yield word[:length], kind, source


def words(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ftl":
        text = re.sub(r"(?m)^#.*$|^-?[A-Za-z][\w-]*\s*=|^\s+\.[A-Za-z][\w-]*\s*=", " ", text)
        text = re.sub(r"\{\s*\$[\w-]+\s*->|\*?\[\s*\w+\s*\]", " ", text)
        text = re.sub(r"\{[^{}]*\}\w*", " ", text)
    return WORD.findall(re.sub(r"<[^>]*>|https?://\S+", " ", text))


def main():
    dictionary = roots(rows(pathlib.Path(sys.argv[1])))
    vocabulary = rows(HERE / "vocab.tsv")
    known = roots(vocabulary)
    foreign = {row[0].lower() for row in rows(HERE / "loanwords.tsv")}
    foreign |= {row[0].lower() for row in vocabulary if row[1] == "name"}
    needed, unknown = {}, collections.Counter()
    for path in map(pathlib.Path, sys.argv[2:]):
        for written in words(path):
            word = written.lower()
            loan = any(word[:n] in foreign and (n == len(word) or ends(word, n, "N")) for n in range(2, len(word) + 1))
            if loan or next(analyses(word, known), None):
                continue
            root = next(analyses(word, dictionary), None)
            if root:
                needed.setdefault(root, word)
            else:
                unknown[word] += 1
    for (root, kind, source), word in sorted(needed.items()):
        print(f"{root}\t{kind}\t\t{source}\t# {word}")
    for word, count in unknown.most_common():
        print(f"# ? {word} {count}")


if __name__ == "__main__":
    main()
