#!/usr/bin/env python3
"""Follows every link of the OPDS feeds of a running portal and keeps the Atom documents for a validator.

usage: feeds.py BASE_URL OUT_DIR        exit 1 when anything is wrong

Outside readers do the reading: feedparser for Atom, webpub_manifest_parser (The Palace Project) for JSON.
"""
import collections
import json
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml

import feedparser
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory

BASE, OUT = sys.argv[1].rstrip("/"), pathlib.Path(sys.argv[2])
ACQUISITION = "http://opds-spec.org/acquisition"
# Each filter alone, and each page; two filters and more differ in nothing but their links.
MOST_FILTERS = 1
problems = []
count = collections.Counter()
seen = {}


def problem(where, what):
    problems.append(f"{where}: {what}")


def fetch(where, **headers):
    """Status, media type and bytes; each address is asked for once."""
    if (where, *headers.items()) not in seen:
        request = urllib.request.Request(BASE + where, headers=headers)
        try:
            with urllib.request.urlopen(request) as reply:
                found = reply.status, reply.headers["Content-Type"], reply.read()
        except urllib.error.HTTPError as error:
            found = error.code, error.headers["Content-Type"], b""
        seen[(where, *headers.items())] = found
    return seen[(where, *headers.items())]


def filters(where):
    fields = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(where).query))
    return len(fields.keys() - {"lang", "pagina", "q"})


def local(href):
    """The path of an address of ours; None for the text of a licence, which is elsewhere."""
    whole = urllib.parse.urljoin(BASE + "/", href)
    return whole[len(BASE):] if whole.startswith(BASE + "/") else None


def resolves(where, link):
    path = local(link["href"])
    if path is None:
        return
    status, media, _ = fetch(path)
    if status != 200:
        problem(where, f"{path} answers {status}")
    elif media.split(";")[0] != link["type"].split(";")[0]:
        problem(where, f"{path} is {media}, not {link['type']}")
    count["links"] += 1


def atom(where):
    status, media, body = fetch(where)
    if status != 200 or not media.startswith("application/atom+xml;"):
        return problem(where, f"{status} {media}")
    (OUT / f"{len(list(OUT.glob('*.xml'))):04}.xml").write_bytes(body)
    feed = feedparser.parse(body, response_headers={"content-type": media, "content-location": BASE + where})
    if feed.bozo:
        problem(where, f"feedparser: {feed.bozo_exception!r}")
    links = feed.feed.links
    rels = collections.Counter(link["rel"] for link in links)
    kind = re.search("kind=(.*)", media)[1]
    once = ["self", "start", "search"] + (["first", "last"] if kind == "acquisition" else [])
    for rel in once:
        if rels[rel] != 1:
            problem(where, f"{rels[rel]} links are {rel}")
    for link in links:
        resolves(where, link)
    ids = [entry.id for entry in feed.entries]
    if len(ids) != len(set(ids)):
        problem(where, "two entries have the same id")
    # What feedparser does not tell: the attributes of other namespaces.
    count_of, group_of, active = (
        "{http://purl.org/syndication/thread/1.0}count",
        "{http://opds-spec.org/2010/catalog}facetGroup",
        "{http://opds-spec.org/2010/catalog}activeFacet",
    )
    actives = collections.Counter()
    for link in xml.fromstring(body).iter("{http://www.w3.org/2005/Atom}link"):
        actives[link.get(group_of)] += link.get(active) == "true"
        if link.get(count_of) is not None and filters(link.get("href")) <= MOST_FILTERS:
            there = xml.fromstring(fetch(link.get("href"))[2])
            total = there.find("{http://a9.com/-/spec/opensearch/1.1/}totalResults").text
            if total != link.get(count_of):
                problem(where, f"{link.get('href')} has {total}, not {link.get(count_of)}")
            count["counts"] += 1
    if any(number > 1 for number in actives.values()):
        problem(where, f"active facets: {actives}")
    count["feeds"] += 1
    yield from (link for link in links if link["type"].startswith("application/atom+xml"))
    for entry in feed.entries:
        fetched = [link for link in entry.links if link["rel"] == ACQUISITION]
        if (kind == "acquisition") != bool(fetched):
            problem(where, f"{entry.title}: {len(fetched)} files")
        for link in entry.links:
            resolves(where, link)
            if link["type"].startswith("application/atom+xml") and "type=entry" not in link["type"]:
                yield link
            elif "type=entry" in link["type"]:
                (OUT / f"{urllib.parse.quote(local(link['href']), '')}.xml").write_bytes(fetch(local(link["href"]))[2])
        count["entries"] += 1


def publications(where):
    status, media, body = fetch(where)
    if status != 200 or media != "application/opds+json":
        return problem(where, f"{status} {media}")
    read = OPDS2FeedParserFactory().create().parse_json(json.loads(body))
    for error in read.errors:
        # It wants `self` whole, as web publications do; OPDS 2.0 does not, and our name is the reader's to choose.
        if "must be an absolute URI" not in str(error):
            problem(where, f"webpub_manifest_parser: {error}")
    feed = json.loads(body)
    count["JSON feeds"] += 1
    links = feed["links"] + feed.get("navigation", [])
    links += [link for facet in feed.get("facets", []) for link in facet["links"]]
    for each in feed.get("publications", []):
        links += each["links"] + each.get("images", [])
        count["publications"] += 1
    for link in links:
        if not link.get("templated"):
            resolves(where, link)
    yield from (link for link in links if link["type"] == "application/opds+json" and not link.get("templated"))


def follow(start, read):
    queue, known = [start], {start}
    while queue:
        where = queue.pop(0)
        for link in read(where):
            path = local(link["href"])
            if path not in known and filters(path) <= MOST_FILTERS:
                known.add(path)
                queue.append(path)


def search(lang, words):
    """From the description of the search to what is found, as browsers and reading programs go."""
    _, media, body = fetch(f"/opensearch.xml?lang={lang}")
    if media != "application/opensearchdescription+xml":
        problem("/opensearch.xml", media)
    spec = "{http://a9.com/-/spec/opensearch/1.1/}"
    for url in xml.fromstring(body).iter(f"{spec}Url"):
        filled = url.get("template").replace("{searchTerms}", urllib.parse.quote(words)).replace("{startPage?}", "")
        status, found, text = fetch(local(filled))
        if status != 200 or found.split(";")[0] != url.get("type").split(";")[0]:
            problem(filled, f"{status} {found}")
        if url.get("type").startswith("application/atom+xml"):
            list(atom(local(filled)))
            if not feedparser.parse(text).entries:
                problem(filled, "nothing is found")
    count["searches"] += 1


for lang in ["es", "qu"]:
    follow(f"/opds?lang={lang}", atom)
    follow(f"/opds/v2?lang={lang}", publications)
    search(lang, "contraseña")
print(", ".join(f"{number} {what}" for what, number in count.items()))
for line in problems[:40]:
    print(line)
sys.exit(bool(problems))
