"""What tags and sidecars say about a book, in the order in which they are believed."""

import re
from collections.abc import Sequence

from medley.core.kinds._names import fold, iso_date, split_authors, split_values, year_of
from medley.core.kinds.audiobook._grammar import Named, unabridged
from medley.core.kinds.facts import Facts
from medley.core.kinds.guess import Entry, Folder, SeriesEntry

_HASH = re.compile(r"(?P<name>.+?),?\s+(?:#|book\s+)(?P<number>\d[\d.\-]*)$", re.IGNORECASE)
_PART = re.compile(r"[\s,:(\[-]*\b(?:part|teil|cd|dis[ck])\s*\d+(?:\s*(?:of|/|von)\s*\d+)?[)\]]?\s*$", re.IGNORECASE)
_YES = frozenset(("1", "true", "yes", "abridged"))
_TEXTS = {"desc.txt": "description", "reader.txt": "narrator"}

Tags = dict[str, list[str]]


class Book:
    """One book to be: everything that was said, the surest source first."""

    def __init__(self, parts: Sequence[Entry], folder: Folder, names: Named) -> None:
        self.parts = parts
        self.names = names
        self.tags: Tags = next((entry.facts.tags for entry in parts if entry.facts and entry.facts.tags), {})
        self.sidecars = _sidecars(folder)

    def first(self, *names: str) -> str:
        """The first value that a sidecar or a tag of these names has."""
        for tags in (*self.sidecars, self.tags):
            for name in names:
                if tags.get(name):
                    return tags[name][0]
        return ""

    def title(self) -> tuple[str, bool]:
        """(title, whether it is abridged): sidecar, album tag, folder, title tag of a lone file, file name."""
        told = next((tags["title"][0] for tags in self.sidecars if tags.get("title")), "")
        album = told or _PART.sub("", _one(self.tags, "album"))
        if not album and len(self.parts) == 1:
            album = _one(self.tags, "title")
        title, abridged = unabridged(album or self.names.title)
        return title, abridged or self.names.abridged or self.first("abridged").lower() in _YES

    def authors(self) -> Sequence[str]:
        """Sidecar, author, album artist, artist, folder."""
        return self._people(("author", "albumartists", "albumartist", "artists", "artist")) or self.names.authors

    def narrators(self) -> Sequence[str]:
        """Sidecar, narrator, folder, composer (Audible and most rippers put them there)."""
        told = self._people(("narrator",)) or self.names.narrators
        if told:
            return told
        authors = {fold(author) for author in self.authors()}
        return [name for name in self._people(("composer",)) if fold(name) not in authors]

    def series(self) -> list[SeriesEntry]:
        """Sidecar, series tags, "Name #1; Other #2" in grouping, movement, folder."""
        for tags in (*self.sidecars, self.tags):
            if tags.get("series"):
                numbers = [*_parts(tags.get("seriespart", [])), *[""] * 100]
                return [_entry(*pair) for pair in zip(_parts(tags["series"]), numbers, strict=False)]
        grouped = [_entry(name) for value in self.tags.get("grouping", ()) for name in value.split(";") if "#" in name]
        if grouped:
            return grouped
        if movement := _one(self.tags, "movement"):
            return [_entry(movement, _one(self.tags, "movementnumber"))]
        return [SeriesEntry(self.names.series, self.names.number)] if self.names.series else []

    def date(self) -> str:
        """Sidecar, tags, folder; ISO 8601."""
        told = iso_date(self.first("date", "originaldate", "year", "releasedate"))
        return told or (str(self.names.year) if self.names.year else "")

    def year(self) -> int | None:
        """The year of `date`."""
        return year_of(self.date())

    def genres(self) -> list[str]:
        """Those that say more than that it is an audiobook."""
        for tags in (*self.sidecars, self.tags):
            if values := tags.get("genre"):
                return list(split_values(values[0])) if len(values) == 1 else values
        return []

    def _people(self, names: Sequence[str]) -> Sequence[str]:
        for tags in (*self.sidecars, self.tags):
            for name in names:
                if values := tags.get(name):
                    return split_authors(values[0]) if len(values) == 1 else values
        return ()


def without_part(title: str) -> str:
    """A title without "Part 2", "(CD 1 of 3)" at its end."""
    return _PART.sub("", title) or title


def _sidecars(folder: Folder) -> list[Tags]:
    """metadata.json, then OPF, then desc.txt and reader.txt."""
    facts = {entry.name.lower(): entry.facts for entry in folder.files if entry.facts}
    found = [each.tags for each in facts.values() if each.format == "abs-json"]
    found += [each.tags for each in facts.values() if each.format == "opf"]
    texts = {tag: _text(facts[name]) for name, tag in _TEXTS.items() if name in facts}
    if any(texts.values()):
        found.append(texts)
    return found


def _text(facts: Facts) -> list[str]:
    return facts.tags.get("text", []) if facts.format == "text" else []


def _entry(name: str, number: str = "") -> SeriesEntry:
    match = _HASH.match(name.strip())
    if match and not number:
        return SeriesEntry(match["name"], match["number"])
    return SeriesEntry(name.strip(), number.strip())


def _parts(values: list[str]) -> list[str]:
    """Several values, or several in one: "Discworld; City Watch"."""
    return values if len(values) != 1 else [part.strip() for part in values[0].split(";") if part.strip()]


def _one(tags: Tags, name: str) -> str:
    values = tags.get(name)
    return values[0] if values else ""
