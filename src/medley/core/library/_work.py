"""Works as apps for listening and reading want them: with their series, their files, and where one is in them."""

from typing import Any, Literal

import msgspec

from medley.core.kinds import Facts
from medley.core.library._model import Named, Person

# How much of works is looked up: only where one is in them, what lists show, or every file with all that it tells.
Depth = Literal["mine", "shown", "whole"]


class WorkFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a work, in the order of its parts; `facts` where they could be read."""

    id: str
    name: str
    path: str  # below its source
    size: int
    mtime_ms: int
    added_at_ms: int
    media: str  # audio, book, comic …
    start_ms: int
    end_ms: int  # 0: to its end
    length_ms: int
    facts: Facts | None


class WorkMine(msgspec.Struct, frozen=True, kw_only=True):
    """Where the asker is in a work. `set_aside`: not wanted among what one goes on with, until it is opened again."""

    position_ms: int
    locator: str
    fraction: float
    finished: bool
    started_at_ms: int
    finished_at_ms: int  # 0: not finished
    happened_at_ms: int
    set_aside: bool


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """An item that people listen to or read, or one that holds such items.

    `files` are those of its first edition; of one that has several they are there where they were asked for, and
    `file_count`, `path` (of one of them, below the source) and `written_at_ms` tell of them in any case. `size` and
    `duration_ms` cover what is below an item that holds others.
    """

    id: str
    kind: str
    level: str
    source_id: str
    root: str
    parent_id: str | None
    title: str
    sort_title: str
    number: float | None
    group: int | None
    year: int | None
    date: str
    overview: str
    fields: dict[str, Any]
    ids: dict[str, str]
    duration_ms: int
    size: int
    child_count: int
    added_at_ms: int
    changed_at_ms: int
    missing: bool
    artwork_id: str | None
    genres: list[str]
    tags: list[str]
    series: list[Named]
    people: list[Person]
    files: list[WorkFile]
    file_count: int
    path: str
    written_at_ms: int
    mine: WorkMine | None


class WorkQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A counted list of works of one kind in one source. Names of sorts and filters are checked by the library.

    `filter`: a name and its value; `limit` 0 means all.
    """

    source: str
    kind: str
    level: str = ""  # "" for the broadest
    filter: str = ""
    value: str = ""
    sort: str = "title"
    descending: bool = False
    limit: int = 50
    offset: int = 0


class WorkPage(msgspec.Struct, frozen=True):
    """Ids of works in their order, and how many there are in the whole list."""

    ids: list[str]
    total: int


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A series or a person, and what of the works on a shelf belongs to it; (item id, number) in order."""

    id: str
    name: str
    sort: str
    added_at_ms: int
    changed_at_ms: int
    duration_ms: int
    members: list[tuple[str, str]]


class WorkNames(msgspec.Struct, frozen=True, kw_only=True):
    """What the works of a kind in a source can be narrowed by."""

    authors: list[Named]
    narrators: list[Named]
    series: list[Named]
    genres: list[str]
    tags: list[str]
    languages: list[str]
    publishers: list[str]
    decades: list[int]


class WorkList(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist or collection; (entry id, item id) in order, of what the asker may see."""

    id: str
    name: str
    owner_id: str
    created_at_ms: int
    changed_at_ms: int
    members: list[tuple[str, str]]


class WorkTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What a shelf comes to; (name, how many items have it), the most frequent first."""

    duration_ms: int
    size: int
    files: int
    genres: list[tuple[str, int]]
    tags: list[tuple[str, int]]
