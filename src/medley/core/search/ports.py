"""What search asks of the outside."""

from typing import Protocol

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item as the index keeps it. `words` are names of genres, tags and series; `context` what it belongs to."""

    id: str
    kind: str
    level: str
    source: str
    title: str
    people: list[str] = []
    context: list[str] = []
    words: list[str] = []
    genres: list[str] = []
    overview: str = ""
    year: int = 0
    weight: float = 1.0  # a film before a track of the same name


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for. Filters are exact; empty ones let everything through."""

    text: str
    kind: str = ""
    level: str = ""
    source: str = ""
    genre: str = ""  # by its name
    year_from: int = 0
    year_to: int = 0
    limit: int = 30
    offset: int = 0


class Hit(msgspec.Struct, frozen=True):
    """One result. Scores only compare within one search."""

    item_id: str
    score: float


class Found(msgspec.Struct, frozen=True):
    """Results in order, and how many there are by kind, source, year and genre."""

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]


class Index(Protocol):
    """A full-text index over items. Written by one process, read by any number."""

    def put(self, entries: list[Entry]) -> None:
        """Add or replace entries; seen after `commit`."""
        ...

    def remove(self, ids: list[str]) -> None:
        """Take entries out; seen after `commit`."""
        ...

    def commit(self) -> None:
        """Make what was put and removed durable and visible."""
        ...

    def clear(self) -> None:
        """Take everything out; seen after `commit`."""
        ...

    def find(self, wanted: Wanted, sources: frozenset[str] | None) -> Found:
        """Results for somebody who may see `sources` (None: all).

        A word may be mistyped, except in an overview; the last may be unfinished.
        """
        ...

    def count(self) -> int:
        """How many entries there are."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...
