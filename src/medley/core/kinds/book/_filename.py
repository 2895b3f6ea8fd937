"""What the names of a book's file and folders say about it."""

import re
from dataclasses import dataclass

from medley.core.kinds._names import split_authors

_BRACKETS = re.compile(r"\s*[\[{][^\[\]{}]*[\]}]")
_YEAR = re.compile(r"\s*\(((?:1[4-9]|20)\d\d)\)")
_CALIBRE_ID = re.compile(r"\s*\(\d+\)$")
_IN_SERIES = re.compile(
    r"\s*[(\[]([^()\[\]]+?)[,:]?\s+(?:#|book|bk\.?|vol\.?|volume|band|tome)?\s*(\d+(?:\.\d+)?)[)\]]", re.I
)
_NUMBERED = re.compile(
    r"(?:book|vol\.?|volume|band|tome|#)?\s*(\d{1,3}(?:\.\d+)?)\s*(?:[-–—.:]+\s*|\s+-\s+)(\S.*)", re.I
)


@dataclass(slots=True)
class Named:
    """The parts of a name, empty where it does not tell."""

    title: str
    author: str = ""
    series: str = ""
    number: str = ""
    year: str = ""


def parse(stem: str, parts: tuple[str, ...]) -> Named:
    """A file's stem below folders Author, Author/Title, Author/Series, or Author/Series/Title."""
    text = _BRACKETS.sub("", stem.replace("_", " ") if " " not in stem else stem).strip() or stem
    named = Named(text)
    if match := _YEAR.search(text):
        named.year, text = match[1], (text[: match.start()] + text[match.end() :]).strip()
    if match := _IN_SERIES.search(text):
        named.series, named.number = match[1].strip(), _plain(match[2])
        text = (text[: match.start()] + text[match.end() :]).strip()
    named.title = text or named.title
    _numbered(named)
    _split(named, parts)
    _by_folders(named, parts)
    return named


def _numbered(named: Named) -> None:
    """ "03 - Title": the third of a series, whose name a folder gives."""
    match = _NUMBERED.match(named.title)
    if match and not named.number:
        named.number, named.title = _plain(match[1]), match[2].strip()


def _split(named: Named, parts: tuple[str, ...]) -> None:
    """ "Author - Title", "Author - Series 03 - Title", and calibre's "Title - Author" when a folder is that author."""
    pieces = [piece.strip() for piece in re.split(r"\s+[-–—]\s+", named.title) if piece.strip()]
    if len(pieces) < 2:
        return
    folders = {part.casefold() for part in parts}
    if pieces[-1].casefold() in folders and pieces[0].casefold() not in folders:
        named.author, named.title = pieces[-1], " - ".join(pieces[:-1])
        return
    named.author, named.title = pieces[0], pieces[-1] if len(pieces) == 3 else " - ".join(pieces[1:])
    numbered = re.fullmatch(r"(.+?)[\s,#]*?(\d{1,3}(?:\.\d+)?)", pieces[1]) if len(pieces) == 3 else None
    if numbered:
        named.series, named.number = numbered[1].strip(" ,#"), _plain(numbered[2])
    elif len(pieces) == 3:
        named.title = " - ".join(pieces[1:])


def _by_folders(named: Named, parts: tuple[str, ...]) -> None:
    """Fill what is open from the folders above, the nearest of which may be the title itself."""
    above = [_CALIBRE_ID.sub("", part).strip() for part in parts]
    if above and len(above) > 1 and _same(above[-1], named.title):
        above.pop()
    if len(above) > 1 and not named.series and named.number:
        named.series = above.pop()
    elif len(above) > 1 and not named.author:
        named.series = named.series or (above[-1] if len(above) == 2 and named.number else "")
    if above and not named.author:
        named.author = above[0] if len(above) < 3 else above[-2]


def _same(folder: str, title: str) -> bool:
    return folder.casefold().startswith(title.casefold()) or title.casefold().startswith(folder.casefold())


def _plain(number: str) -> str:
    return number.lstrip("0") or "0" if "." not in number else number


def authors_of(values: list[str]) -> list[str]:
    """Authors as people write them: "Verne, Jules" turned round, "A & B" apart."""
    return list(dict.fromkeys(name for value in values for name in _one(value)))


def _one(value: str) -> tuple[str, ...]:
    """A tag holds one author, whose comma turns the name round; "&" and ";" part several."""
    match = re.fullmatch(r"([^,;&]+),\s*([^,;&]+)", value.strip())
    if match and not re.fullmatch(r"(?:jr|sr|ph\.?d|m\.?d|ii|iii|iv)\.?", match[2], re.I):
        return (f"{match[2].strip()} {match[1].strip()}",)
    return split_authors(value)
