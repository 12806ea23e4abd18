#!/usr/bin/env python3
"""Goes through a running portal the way Sugar's activity Get Books does, and says what a child would miss.

usage: get_books.py BASE_URL        exit 1 when anything is wrong

What that activity does, and no more: it glues the words and `&lang=` to the address of its configuration, reads with
feedparser, calls an entry a catalogue by its first link alone, takes acquisition links of exactly one relation by their
type, asks for the next page without any header, and offers PDF, EPUB and DjVu.
"""
import sys
import urllib.error
import urllib.request

import feedparser

BASE = sys.argv[1].rstrip("/")
SHOWN = {"application/pdf", "application/pdf-bw", "application/epub+zip", "image/x.djvu"}
DOORS = {"subsection", "http://opds-spec.org/sort/popular", "http://opds-spec.org/sort/new"}
COVER = "http://opds-spec.org/image"
problems = []
gettable, others = [], []


def ask(address, words="", lang=None):
    headers = {}
    address += words.replace(" ", "+")
    if lang:
        headers["Accept-Language"] = lang
        address += "&lang=" + lang
    return feedparser.parse(address, request_headers=headers)


def result(address, words="", lang=None):
    """All books of a result, page after page, and the catalogues beside them."""
    books, catalogs = [], []
    feed = ask(address, words, lang)
    if feed.bozo or feed.get("status") not in (200, 303):
        problems.append(f"{address} {words} {lang}: {feed.get('status')} {feed.get('bozo_exception')}")
    while True:
        for entry in feed.entries:
            (catalogs if entry.links[0]["rel"] in DOORS else books).append(entry)
        following = [link["href"] for link in feed.feed.get("links", []) if link["rel"] == "next"]
        if not following:
            return books, catalogs
        feed = feedparser.parse(following[0])


def downloads(book):
    wanted = ("http://opds-spec.org/acquisition", "alternate")
    return {link["type"]: link["href"] for link in book.links if link["rel"] in wanted}


def look(book, lang):
    """What stands beside the list when a book is touched."""
    shown = SHOWN & downloads(book).keys()
    # A picture that nobody described has a title and no more.
    for field in ["title", "author", "dcterms_language"] + ["summary"] * bool(shown):
        if not book.get(field):
            problems.append(f"{book.get('title')}: no {field}")
    if shown:
        gettable.append(book.id)
    # A lesson is there as a book; a film of the school's is listed, and fetched with a browser.
    elif not any(href.endswith(".xol") for href in downloads(book).values()):
        others.append(book.id)
    else:
        problems.append(f"{book.title}: nothing to get among {sorted(downloads(book))}")
    covers = [link["href"] for link in book.links if link["rel"] == COVER]
    for href in [downloads(book)[media] for media in shown] + covers:
        try:
            with urllib.request.urlopen(href) as reply:
                length, media = reply.headers["Content-Length"], reply.headers["Content-Type"]
                if not length or media.startswith("text/html") or len(reply.read()) != int(length):
                    problems.append(f"{href}: {media}, {length} bytes")
        except urllib.error.HTTPError as error:
            problems.append(f"{href}: {error}")


def catalogues(address, lang, depth=0):
    books, doors = result(address, lang=lang)
    found = {book.id for book in books}
    if depth < 3:
        for door in doors:
            target = [href for media, href in downloads(door).items() if "atom+xml" in media]
            target += [link["href"] for link in door.links if link["rel"] in DOORS]
            found |= catalogues(target[0], lang, depth + 1)
    return found


for lang in ["es", "qu"]:
    for root in [f"{BASE}/opds", f"{BASE}/opds?"]:
        found = catalogues(root, lang)
        if not found:
            problems.append(f"{root}: no books")
    books, _ = result(f"{BASE}/opds/recursos?q=", lang=lang)
    for book in books:
        look(book, lang)
    if not any(book.dcterms_language == lang for book in books):
        problems.append(f"no book is in {lang}")
    # A search shows what can be taken whole, never a sheet without a file.
    for words in {"es": ["contraseña", "zorro mentira"], "qu": ["pakaqillqa", "wasi"]}[lang]:
        hits, _ = result(f"{BASE}/opds/recursos?q=", words, lang)
        if not hits:
            problems.append(f"{words}: nothing is found")
        for book in hits:
            if book.id not in {each.id for each in books}:
                problems.append(f"{words}: {book.title} is no book")
    print(f"{lang}: {len(books)} books, {len(found)} by the catalogues")
spanish, quechua = (result(f"{BASE}/opds/recursos?q=", lang=lang)[0] for lang in ["es", "qu"])
if [book.id for book in spanish] != [book.id for book in quechua]:
    problems.append("the languages list other books")
if all(a.title == b.title for a, b in zip(spanish, quechua)):
    problems.append("the language changes no title")
print(f"{len(set(gettable))} to get as books, {len(set(others))} to look at in a browser")
if len(set(gettable)) < 10:
    problems.append("hardly a book can be got")
for line in problems[:40]:
    print(line)
sys.exit(bool(problems))
