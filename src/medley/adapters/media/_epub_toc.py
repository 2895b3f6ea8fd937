"""A book's table of contents: EPUB 3's navigation document, or EPUB 2's NCX."""

from medley.adapters.media._epub import Book
from medley.adapters.media._xml import Element, attribute, children, every, first, local, parse, text
from medley.core.kinds import Section
from medley.kernel.errors import MedleyError

ENTRIES = 20_000
DEPTH = 12


def sections(book: Book) -> list[Section]:
    """The entries with hrefs as paths in the archive (plus fragment), in order; empty when the book has none."""
    for href, read in _candidates(book):
        try:
            path = book.path(href)
            found = read(book, path, parse(book.read(path), "table of contents"))
        except MedleyError:
            continue
        if found:
            return found[:ENTRIES]
    return []


def _candidates(book: Book):
    manifest = book.package.manifest
    yield from ((r.href, _navigation) for r in manifest.values() if "nav" in r.properties)
    if book.package.toc in manifest:
        yield manifest[book.package.toc].href, _ncx
    yield from ((r.href, _ncx) for r in manifest.values() if r.media_type == "application/x-dtbncx+xml")


def _navigation(book: Book, path: str, root: Element) -> list[Section]:
    navs = list(every(root, "nav"))
    nav = next((n for n in navs if attribute(n, "type") == "toc"), navs[0] if navs else None)
    outer = None if nav is None else first(nav, "ol")
    found: list[Section] = []
    if outer is not None:
        _list(book, path, outer, 0, found)
    return found


def _list(book: Book, path: str, outer: Element, depth: int, found: list[Section]) -> None:
    for line in children(outer, "li"):
        for child in children(line):
            if local(child) in ("a", "span"):
                _add(book, path, text(child), attribute(child, "href"), depth, found)
            elif local(child) == "ol" and depth < DEPTH:
                _list(book, path, child, depth + 1, found)


def _ncx(book: Book, path: str, root: Element) -> list[Section]:
    found: list[Section] = []
    points = first(root, "navMap")
    if points is not None:
        _points(book, path, points, 0, found)
    return found


def _points(book: Book, path: str, outer: Element, depth: int, found: list[Section]) -> None:
    for point in children(outer, "navPoint"):
        content = first(point, "content")
        href = "" if content is None else attribute(content, "src")
        _add(book, path, text(first(point, "navLabel")), href, depth, found)
        if depth < DEPTH:
            _points(book, path, point, depth + 1, found)


def _add(book: Book, base: str, title: str, href: str, depth: int, found: list[Section]) -> None:
    target = book.path(href, base) if href else ""
    if target or title:
        _, mark, fragment = href.partition("#")
        found.append(Section(title, target + (mark + fragment if target else ""), depth))
