"""PDF: metadata, page sizes, outline."""

import re
from typing import BinaryIO

from pypdfium2 import PdfDocument, PdfiumError

from medley.adapters.media._pdfium import opened
from medley.core.kinds import Facts, PageFact, Section
from medley.kernel.errors import InvalidInput

PAGES = 20_000
BOOKMARKS = 10_000
FIELDS = {"Title": "title", "Author": "author", "Subject": "description", "Keywords": "keywords"}
DATE = re.compile(r"D:([0-9]{4})([0-9]{2})?([0-9]{2})?")  # ISO 32000-1, 7.9.4
ISBN = re.compile(r"isbn[:\s-]*((?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9Xx])", re.IGNORECASE)


class PdfReader:
    """Reads PDF.

    Facts: `pages` named by 0-based number, in points; `sections` whose hrefs are `page=<1-based number>`, as in the
    open parameters of PDF (RFC 8118).
    """

    extensions = frozenset({"pdf"})

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts; Unsupported behind a password."""
        with opened(file, name) as document:
            facts = Facts(media="book", format="pdf", tags=_tags(document))
            count = len(document)
            if not count:
                raise InvalidInput(f"“{name}” has no pages.")
            facts.pages = [_page(document, number) for number in range(min(count, PAGES))]
            facts.sections = _outline(document)
        facts.tags["pagecount"] = [str(count)]
        if count > PAGES:
            facts.warnings.append(f"It has {count:,} pages; the sizes of the first {PAGES:,} are known.")
        return facts


def _tags(document: PdfDocument) -> dict[str, list[str]]:
    said = document.get_metadata_dict(skip_empty=True)
    tags = {tag: [value.strip()] for field, tag in FIELDS.items() if (value := said.get(field, "")).strip()}
    for tag, separator in (("author", ";"), ("keywords", ",")):
        if tag in tags:
            tags[tag] = [part.strip() for part in tags[tag][0].split(separator) if part.strip()]
    if _is_file_name(tags.get("title", [""])[0]):
        del tags["title"]
    if found := DATE.match(said.get("CreationDate", "")):
        tags["date"] = ["-".join(part for part in found.groups() if part)]
    if found := ISBN.search(" ".join(said.values())):
        tags["isbn"] = [re.sub(r"[\s-]", "", found[1]).upper()]
    return tags


def _is_file_name(title: str) -> bool:
    """Word and scanners write their file's name where the title belongs."""
    return bool(re.search(r"\.(?:docx?|pdf|indd|tex|dvi|qxd|rtf)$|^Microsoft Word - |^untitled$", title, re.IGNORECASE))


def _page(document: PdfDocument, number: int) -> PageFact:
    try:
        width, height = document.get_page_size(number)
    except PdfiumError:
        width, height = 0, 0
    return PageFact(str(number), round(width), round(height))


def _outline(document: PdfDocument) -> list[Section]:
    found: list[Section] = []
    try:
        for bookmark in document.get_toc(max_depth=12):
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            href = "" if page is None else f"page={page + 1}"
            found.append(Section(" ".join(bookmark.get_title().split()), href, bookmark.level))
            if len(found) >= BOOKMARKS:
                break
    except (PdfiumError, ValueError):
        pass
    return found


READER = PdfReader()
