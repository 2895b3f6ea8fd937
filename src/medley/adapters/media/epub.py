"""EPUB 2 and 3: metadata, table of contents, cover, layout, direction."""

import re
from typing import BinaryIO

from medley.adapters.media._epub import Book, open_book
from medley.adapters.media._epub_toc import sections
from medley.adapters.media._xml import attribute, every, parse
from medley.core.kinds import Facts, Picture
from medley.kernel.errors import MedleyError


class EpubReader:
    """Reads EPUB and KEPUB.

    Facts: canonical tags, `sections` whose hrefs are paths in the archive, the cover as picture 0. Beyond the canonical
    tags: `direction` (rtl or ltr) and `layout` (pre-paginated for fixed pages).
    """

    extensions = frozenset({"epub", "kepub"})

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of a book; InvalidInput when it has no package document."""
        book = open_book(file, name)
        facts = Facts(media="book", format="epub", tags=dict(book.package.tags))
        if book.package.direction in ("rtl", "ltr"):
            facts.tags["direction"] = [book.package.direction]
        facts.sections = sections(book)
        path = cover_path(book)
        if path:
            resource = book.resource(path)
            mime = resource.media_type if resource else ""
            facts.pictures = [Picture(0, mime=mime, size=book.archive.size(path))]
        facts.warnings = _warnings(book)
        return facts


def cover_path(book: Book) -> str:
    """Where the cover picture lies in the archive: as declared, else the first picture of the cover page."""
    if book.package.cover:
        path = book.path(book.package.manifest[book.package.cover].href)
        return path if path in book.archive else ""
    page = book.path(book.package.guide_cover) if book.package.guide_cover else ""
    return _first_picture(book, page) if page in book.archive else ""


def _first_picture(book: Book, page: str) -> str:
    try:
        root = parse(book.read(page), "cover page")
    except MedleyError:
        return ""
    for element in every(root, "img", "image"):
        path = book.path(attribute(element, "src") or attribute(element, "href"), page)
        if path in book.archive:
            return path
    return ""


def _warnings(book: Book) -> list[str]:
    found = []
    if book.protected:
        found.append("The book is protected (DRM); only its metadata can be shown.")
    missing = [r.href for r in book.package.manifest.values() if _is_missing(book, r.href)]
    if missing:
        found.append(f"{len(missing)} of its files are missing, the first is “{missing[0]}”.")
    if not book.package.spine:
        found.append("Its package document names no reading order.")
    return found


def _is_missing(book: Book, href: str) -> bool:
    remote = re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE)
    return not remote and book.path(href) not in book.archive


READER = EpubReader()
