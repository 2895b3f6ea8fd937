"""Audiobookshelf's folder grammar: `Author/Series/Vol 1 - 1999 - Title - Subtitle {Narrator} [ASIN]`.

Source: https://www.audiobookshelf.org/docs/#book-directory-structure; what is not in the name may be in the tags.
"""

import re

import msgspec

from medley.core.kinds._names import disc_folder, leading_number, split_authors
from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, below_announcement, extension
from medley.core.kinds.guess import Folder

_ASIN = re.compile(r"\s*[\[(](?P<asin>B0[A-Z0-9]{8}|\d{9}[\dX])[\])]")
_NARRATOR = re.compile(r"\s*\{(?P<narrators>[^{}]+)\}")
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,2})?)"
_LABELLED = re.compile(
    rf"(?:vol(?:ume)?\.?|book|bk\.?|band|teil|tome|libro)\s*{_NUMBER}\b\.?\s*(?P<rest>.*)$", re.IGNORECASE
)
_BARE = re.compile(rf"#?{_NUMBER}(?:$|\.\s+(?P<rest>.+)$)")
_YEAR = re.compile(r"[\[(]?(?P<year>(?:1[5-9]|20)\d\d)[\])]?(?:\s+(?P<rest>\S.*))?$")
_YEAR_LAST = re.compile(r"(?P<rest>.+\S)\s*[\[(](?P<year>(?:1[5-9]|20)\d\d)[\])]$")
_ABRIDGED = re.compile(r"\s*[\[(]?\b(?P<un>un|un-|non[- ]|not )?(?:abridged|gekürzt|ungekürzt)\b[\])]?", re.IGNORECASE)
_NESTED = 1000  # a folder below one with sound is part of that book, behind its own files and discs
_DASH = re.compile(r"\s+[-–—]\s+")


class Named(msgspec.Struct):
    """What names say about a book; empty where they are silent."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: str = ""
    number: str = ""
    year: int | None = None
    asin: str = ""
    abridged: bool = False
    disc: int | None = None
    nested: bool = False  # below a folder with sound of the same book, instead of one of its discs


def named(folder: Folder) -> Named:
    """The book of a folder: one name is the title, two author and title, more author, series and title."""
    names = list(below_announcement(folder))
    disc, nested = disc_folder(names[-1]) if len(names) > 1 else None, False
    if disc is not None:
        names.pop()
    elif nested := len(names) > 2 and bool(folder.above) and _has_parts(folder.above[0]):
        disc = _NESTED + min(leading_number(names.pop()) or 0, _NESTED)
    book = title_of(names[-1]) if names else Named()
    if len(names) == 1:
        _author_in_title(book)
    elif names:
        book.authors = split_authors(names[-2] if len(names) == 2 else names[-3])
        book.series = names[-2] if len(names) > 2 else ""
    book.disc, book.nested = disc, nested
    if not book.series:
        book.number = ""
    return book


def _has_parts(names: tuple[str, ...]) -> bool:
    """Whether there is sound among the files; an .m4b is a book of its own."""
    return any(name[:1] != "." and extension(name) in AUDIO_EXTENSIONS - {"m4b"} for name in names)


def title_of(name: str) -> Named:
    """The parts of a title folder or of the name of a one-file book."""
    book = Named()
    name = _take(book, name.replace("_", " ") if " " not in name else name)
    if match := _YEAR_LAST.match(name):
        book.year, name = int(match["year"]), match["rest"]
    parts = [part.strip() for part in _DASH.split(name.strip()) if part.strip()]
    _leading(book, parts)
    if parts:
        book.title, book.subtitle = parts[0], " - ".join(parts[1:])
    return book


def unabridged(title: str) -> tuple[str, bool]:
    """(the title without "(Unabridged)" and the like, whether it says that the text is abridged)."""
    match = _ABRIDGED.search(title)
    if match is None or not match.start():
        return title, False
    abridged = not match["un"] and "ungek" not in match[0].lower()
    return f"{title[: match.start()]}{title[match.end() :]}".strip(), abridged


def _take(book: Named, name: str) -> str:
    name, book.abridged = unabridged(name)
    if match := _ASIN.search(name):
        book.asin = match["asin"]
        name = name[: match.start()] + name[match.end() :]
    if match := _NARRATOR.search(name):
        book.narrators = split_authors(match["narrators"])
        name = name[: match.start()] + name[match.end() :]
    return name.strip()


def _leading(book: Named, parts: list[str]) -> None:
    """Number and year in front of the title, in either order; the last part left is the title ("1984")."""
    for _ in range(2):
        if not parts:
            return
        rest = _year(book, parts) if book.year is None else None
        rest = rest if rest is not None else _sequence(book, parts)
        if rest is None:
            return
        if rest:
            parts[0] = rest
        else:
            del parts[0]


def _year(book: Named, parts: list[str]) -> str | None:
    match = _YEAR.match(parts[0])
    rest = (match["rest"] or "") if match else ""
    bracketed = match is not None and parts[0][0] in "[("
    if match is None or (rest and not bracketed) or (not rest and len(parts) < 2):
        return None
    book.year = int(match["year"])
    return rest


def _sequence(book: Named, parts: list[str]) -> str | None:
    """ "Vol 1", "Book 1.5 Title", "1", "1. Title"; "101 Dalmatians" is a title."""
    match = _LABELLED.match(parts[0]) or _BARE.match(parts[0])
    if match is None or book.number or (not match["rest"] and len(parts) < 2):
        return None
    whole, dot, fraction = match["number"].partition(".")
    book.number = f"{int(whole)}{dot}{fraction}"
    return (match["rest"] or "").strip(" -:")


def _author_in_title(book: Named) -> None:
    """A single folder "Author - Title"."""
    if book.subtitle:
        book.authors = split_authors(book.title)
        book.title, _, book.subtitle = book.subtitle.partition(" - ")
