"""Which files of a folder are one book, and in what order they are read."""

import re
from collections.abc import Iterator

from medley.core.kinds._names import fold, leading_number, natural_key
from medley.core.kinds._names.hints import extension, stem_of
from medley.core.kinds.audiobook._said import without_part
from medley.core.kinds.guess import Entry

_NUMBER = re.compile(r"\d+")
_DISC = re.compile(r"\b(?:disc|disk|cd)\s*(\d{1,2})\b", re.IGNORECASE)
_WHOLE_BOOK_MS = 3_600_000  # an .m4b of an hour or more is a book of its own unless the tags say otherwise
_DISC_SPAN = 10_000


def books(files: list[Entry], *, at_root: bool) -> Iterator[list[Entry]]:
    """The files by book: all of a folder, unless their album tags name several; at the root each file is one."""
    if at_root:
        yield from ([entry] for entry in files)
        return
    by_title: dict[str, list[Entry]] = {}
    for entry in files:
        by_title.setdefault(_title(entry), []).append(entry)
    if "" in by_title and len(by_title) == 2:
        yield files
    else:
        yield from by_title.values()


def ordered(files: list[Entry], disc: int | None) -> list[tuple[int, Entry]]:
    """(part, file) in reading order.

    Track numbers come from the tags or from the names, whichever tells more files apart; discs from the tags, the
    names, or the disc folder. Parts of different discs never get the same number, so that folders add up to a book.
    """
    if len(files) == 1 and disc is None:
        return [(0, files[0])]
    tagged = {entry.name: _tag(entry, "tracknumber") for entry in files}
    named = _numbers_in_names(files)
    numbers = tagged if len(set(tagged.values())) >= len(set(named.values())) else named
    discs = {entry.name: _disc(entry, disc) for entry in files}
    files = sorted(files, key=lambda each: (discs[each.name], numbers[each.name] or 0, natural_key(each.name)))
    return [(discs[entry.name] * _DISC_SPAN + place, entry) for place, entry in enumerate(files, start=1)]


def _title(entry: Entry) -> str:
    facts = entry.facts
    album = facts.tags.get("album") if facts else None
    if album:
        return fold(without_part(album[0]))
    if facts and extension(entry.name) == "m4b" and facts.duration_ms >= _WHOLE_BOOK_MS:
        return fold(without_part(stem_of(entry.name)).strip("0123456789 -_."))
    return ""


def _numbers_in_names(files: list[Entry]) -> dict[str, int | None]:
    """The number of each name that is not the same in all of them: "Book 2 - Chapter 07" of book 2 is 7."""
    found = {entry.name: _NUMBER.findall(stem_of(entry.name)) for entry in files}
    columns = min(map(len, found.values()), default=0)
    best: dict[str, int | None] = dict.fromkeys(found)
    for column in range(columns):
        values = {name: int(numbers[column][:9]) for name, numbers in found.items()}
        if len(set(values.values())) > len(set(best.values())):
            best = dict(values)
    return best


def _disc(entry: Entry, disc: int | None) -> int:
    tagged = _tag(entry, "discnumber")
    if disc is not None:
        return disc
    if tagged is not None:
        return tagged
    match = _DISC.search(stem_of(entry.name))
    return int(match[1]) if match else 0


def _tag(entry: Entry, name: str) -> int | None:
    values = entry.facts.tags.get(name) if entry.facts else None
    return leading_number(values[0]) if values else None
