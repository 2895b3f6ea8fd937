"""A folder of sound files as books."""

import re
from collections.abc import Iterable

from medley.core.kinds._names import fold, identity
from medley.core.kinds._names.artwork import covers_beside
from medley.core.kinds._names.hints import (
    CLEAR,
    EXPLICIT,
    LAST_RESORT,
    announced,
    audio_files,
    below_announcement,
    extension,
    spoken,
    stem_of,
)
from medley.core.kinds.audiobook._grammar import Named, named, title_of
from medley.core.kinds.audiobook._parts import books, ordered
from medley.core.kinds.audiobook._said import Book
from medley.core.kinds.guess import Art, Companion, Credit, Entry, Folder, Guess, Rung

_CHAPTER = re.compile(r"\b(?:chapter|kapitel|chapitre|cap[ií]tulo|hoofdstuk|глава)\b", re.IGNORECASE)
_UNKNOWN = "Unknown Author"
_LONG_MS, _BOOK_MS = 20 * 60_000, 90 * 60_000
_FIELDS = {"publisher": ("publisher", "label"), "language": ("language",), "copyright": ("copyright",)}
_IDS = ("isbn", "asin")


def recognise(folder: Folder) -> Iterable[Guess]:
    """A guess for every sound file; the files of one book share its rung and differ in `part`."""
    files = audio_files(folder)
    if not files:
        return
    names = named(folder)
    at_root = not below_announcement(folder)
    evidence = _evidence_of_folder(folder, names)
    groups = list(books(files, at_root=at_root))
    for group in groups:
        told = title_of(stem_of(group[0].name)) if at_root else names
        book = Book(group, folder, told)
        rung, abridged = _rung(book, folder)
        sure = max(evidence, _evidence_of(group, book))
        chapters = _chapter_lists(folder, group, alone=len(groups) == 1)
        for place, (part, entry) in enumerate(ordered(group, names.disc)):
            yield Guess(
                "audiobook",
                sure,
                (rung,),
                folder.path(entry.name),
                _edition(entry, book, abridged=abridged),
                part=part,
                companions=chapters if place == 0 else [],
            )


def _chapter_lists(folder: Folder, group: list[Entry], *, alone: bool) -> list[Companion]:
    """What tells the chapters: Audiobookshelf's metadata, a CUE sheet; of several books, those of the same name."""
    stems = {stem_of(entry.name).lower() for entry in group}
    return [
        Companion(folder.path(entry.name), "chapters")
        for entry in folder.files
        if entry.facts
        and (entry.facts.format == "cue" or (entry.facts.format == "abs-json" and entry.facts.chapters))
        and (alone or stem_of(entry.name).lower() in stems)
    ]


def _rung(book: Book, folder: Folder) -> tuple[Rung, bool]:
    title, abridged = book.title()
    title = title or stem_of(book.parts[0].name)
    authors = book.authors() or (_UNKNOWN,)
    series = book.series()
    rung = Rung(
        "book",
        identity(*sorted(map(fold, authors)), title),
        title,
        sort=book.first("albumsort", "sorttitle"),
        year=book.year(),
        date=book.date(),
        overview=book.first("description", "comment"),
        fields=_fields(book),
        credits=[Credit(name, "author") for name in authors] + [Credit(name, "narrator") for name in book.narrators()],
        genres=book.genres(),
        series=series,
        ids=_ids(book),
        art=_art(book, folder),
    )
    return rung, abridged


def _fields(book: Book) -> dict[str, str]:
    found = {name: book.first(*tags) for name, tags in _FIELDS.items()}
    found["subtitle"] = book.first("subtitle") or book.names.subtitle
    return {name: value for name, value in found.items() if value}


def _ids(book: Book) -> dict[str, str]:
    found = {name: book.first(name) for name in _IDS}
    found["asin"] = found["asin"] or book.names.asin
    return {name: value for name, value in found.items() if value}


def _art(book: Book, folder: Folder) -> list[Art]:
    art = covers_beside(folder, 1 if book.names.disc is not None else 0) if below_announcement(folder) else []
    for entry in book.parts:
        if entry.facts and entry.facts.pictures:
            return [*art, Art("cover", "embedded", folder.path(entry.name), entry.facts.pictures[0].index)]
    return art


def _edition(entry: Entry, book: Book, *, abridged: bool) -> str:
    """Readers, abridgement and format tell the recordings of a book apart.

    Not the readers on discs: folders are seen one by one, and a disc without that tag would become an edition.
    """
    kind = extension(entry.name)
    words = list(book.narrators()) if book.names.disc is None or book.names.nested else []
    words += ["abridged"] if abridged else []
    return ", ".join([*words, "M4B" if kind in ("m4b", "m4a", "mp4") else kind.upper()])


def _evidence_of_folder(folder: Folder, names: Named) -> float:
    kind = announced(folder.parts[0] if folder.parts else "", folder.source_name)
    if kind == "audiobook":
        return EXPLICIT
    if any(entry.facts and entry.facts.format == "abs-json" for entry in folder.files):
        return EXPLICIT
    if kind:
        return LAST_RESORT
    beside = {entry.name.lower() for entry in folder.files}
    if names.narrators or names.asin or "reader.txt" in beside:
        return 0.9
    return LAST_RESORT


def _evidence_of(group: list[Entry], book: Book) -> float:
    """Genre and container decide; narrator or series tags, chapters and chapter titles are strong; length is a hint."""
    said = spoken(group[0])
    if said:
        return EXPLICIT if said == "audiobook" else LAST_RESORT
    if any(name in book.tags for name in ("narrator", "asin", "seriespart")):
        return 0.9
    length = sum(entry.facts.duration_ms for entry in group if entry.facts)
    if length >= _BOOK_MS and _in_chapters(group):
        return 0.85
    if length >= _BOOK_MS and length >= _LONG_MS * len(group):
        return CLEAR - 0.1 if book.tags else 0.7
    return LAST_RESORT


def _in_chapters(group: list[Entry]) -> bool:
    """Whether most files have chapters of their own or are called "Chapter 3"."""
    marked = 0
    for entry in group:
        facts = entry.facts
        title = (facts.tags.get("title") or [""])[0] if facts else ""
        marked += bool((facts and len(facts.chapters) > 1) or _CHAPTER.search(title) or _CHAPTER.search(entry.name))
    return marked * 2 > len(group)
