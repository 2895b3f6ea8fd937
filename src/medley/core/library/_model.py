"""What the library hands out. Attribute names are the names that our own API uses; times are epoch milliseconds."""

from typing import Any

import msgspec

from medley.core.kinds import Stream
from medley.core.kinds.facts import Technical


class Artwork(msgspec.Struct, frozen=True):
    """A picture; `placeholder` is a base64 ThumbHash to show until it has loaded, empty until it was made."""

    id: str
    width: int
    height: int
    placeholder: str = ""


class Mine(msgspec.Struct, frozen=True):
    """What the asker did with an item. What holds others is finished when all that lies below it is."""

    position_ms: int = 0
    fraction: float = 0.0
    finished: bool = False
    play_count: int = 0
    played_at_ms: int = 0
    favourite: bool = False
    rating: int | None = None


class ItemCard(msgspec.Struct):
    """An item as lists show it. Unknown numbers are null, unknown texts empty; works in words have `authors`."""

    id: str
    kind: str
    level: str
    title: str
    sort_title: str
    subtitle: str
    authors: list[str]
    year: int | None
    date: str
    number: float | None
    group: int | None
    parent_id: str | None
    parent_title: str
    top_id: str | None
    top_title: str
    duration_ms: int
    child_count: int
    playable: bool
    missing: bool
    added_at_ms: int
    artwork: Artwork | None
    backdrop_id: str | None
    mine: Mine


class Named(msgspec.Struct, frozen=True):
    """A genre, tag or series that an item has; `number` is its place in a series."""

    id: str
    name: str
    number: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody credited on an item."""

    id: str
    name: str
    role: str
    character: str = ""


class Crumb(msgspec.Struct, frozen=True):
    """One step of the path from the top to an item."""

    id: str
    title: str
    level: str


class ChapterMark(msgspec.Struct, frozen=True):
    """A named stretch of time."""

    start_ms: int
    end_ms: int
    title: str


class ItemFile(msgspec.Struct):
    """A file as part of an edition; streams and chapters as they were read."""

    id: str
    name: str
    size: int
    format: str
    media: str
    duration_ms: int
    width: int
    height: int
    part: int
    start_ms: int
    end_ms: int
    missing: bool
    streams: list[Stream]
    chapters: list[ChapterMark]
    page_count: int
    warnings: list[str]


class Edition(msgspec.Struct):
    """One version of an item."""

    id: str
    label: str
    duration_ms: int
    files: list[ItemFile]


class Extra(msgspec.Struct):
    """A trailer, a making-of: beside the work, not a version of it."""

    id: str  # of the file
    title: str
    extra: str
    duration_ms: int


class Companion(msgspec.Struct, frozen=True):
    """A file that serves the item: subtitles, lyrics, an attachment."""

    id: str  # of the file
    name: str
    role: str
    language: str
    title: str
    forced: bool
    hearing_impaired: bool
    default: bool


class Neighbours(msgspec.Struct, frozen=True):
    """What comes before and after, below the same parent."""

    previous_id: str | None = None
    next_id: str | None = None


class ItemDetail(ItemCard):
    """Everything about one item."""

    overview: str
    fields: dict[str, Any]
    ids: dict[str, str]
    source_id: str
    path_titles: list[Crumb]
    genres: list[Named]
    tags: list[Named]
    series: list[Named]
    people: list[Person]
    editions: list[Edition]
    extras: list[Extra]
    companions: list[Companion]
    children_level: str | None
    next_up: ItemCard | None
    neighbours: Neighbours


class Credited(msgspec.Struct, frozen=True):
    """Somebody credited on an item; `item_id` is the item that stands for them (an artist's page), empty for none."""

    id: str
    name: str
    role: str
    character: str
    item_id: str


class SheetFile(msgspec.Struct, frozen=True):
    """The file that an item is first played from. `technical` is None where nothing could be read from it."""

    id: str
    name: str
    path: str  # below its source
    size: int
    start_ms: int
    end_ms: int  # 0: to its end
    technical: Technical | None


class SheetMine(msgspec.Struct, frozen=True):
    """What the asker did with an item; what holds others was played as often as all of them together."""

    position_ms: int = 0
    play_count: int = 0
    played_at_ms: int = 0
    favourite_at_ms: int = 0
    rating: int | None = None


class ItemSheet(msgspec.Struct, frozen=True, kw_only=True):
    """An item as apps that keep a copy of the library want it: all that does not need a look at it alone."""

    id: str
    kind: str
    level: str
    source_id: str
    title: str
    sort_title: str
    number: float | None
    group: int | None
    year: int | None
    date: str
    duration_ms: int
    child_count: int
    added_at_ms: int
    missing: bool
    fields: dict[str, Any]
    ids: dict[str, str]
    parent: Crumb | None
    top: Crumb | None
    parent_fields: dict[str, Any]
    genres: list[Named]
    tags: list[Named]
    people: list[Credited]
    parent_people: list[Credited]
    file: SheetFile | None
    average_rating: float | None  # of everybody, 0 to 10
    mine: SheetMine


class NamedItem(msgspec.Struct, frozen=True):
    """An item in a list that comes in one piece: little more than its name."""

    id: str
    title: str
    sort_title: str
    child_count: int
    ids: dict[str, str]
    favourite_at_ms: int
    rating: int | None


class WordCount(msgspec.Struct, frozen=True):
    """A genre, tag or series, and on how many items of each level one would find it."""

    id: str
    name: str
    by_level: dict[str, int]


class Counted(msgspec.Struct, frozen=True):
    """A genre, tag, series or person, and on how many items one would find it."""

    id: str
    name: str
    count: int


class Letter(msgspec.Struct, frozen=True):
    """How many items of a list sort before the first one of `letter`."""

    letter: str
    before: int


class ListCount(msgspec.Struct, frozen=True):
    """The size of a list; where its letters begin (by title, ascending); the years it could be narrowed to."""

    count: int
    letters: list[Letter]
    years: list[int]  # newest first


class HomeRow(msgspec.Struct, frozen=True):
    """One row of the home page."""

    key: str
    title: str
    kind: str | None
    items: list[ItemCard]


class Source(msgspec.Struct, frozen=True):
    """A folder that holds files. `counts`: "kind/level" → items."""

    id: str
    name: str
    kind: str
    path: str
    writable: bool
    state: str
    state_reason: str
    scanned_at_ms: int
    counts: dict[str, int]


class Notice(msgspec.Struct, frozen=True):
    """Something that needs a person's eye."""

    id: str
    source_id: str
    path: str
    severity: str
    message: str
    hint: str
    happened_at_ms: int


class ProgressReport(msgspec.Struct, frozen=True):
    """What a player or reader says. `locator`: the place in a book (a CFI, a page)."""

    position_ms: int = 0
    duration_ms: int = 0
    locator: str = ""
    fraction: float | None = None
    finished: bool | None = None
    device: str = ""
    happened_at_ms: int = 0  # 0: now


class ProgressEntry(msgspec.Struct, frozen=True):
    """One line of the log."""

    position_ms: int
    locator: str
    fraction: float
    finished: bool
    device: str
    happened_at_ms: int


class ProgressView(msgspec.Struct, frozen=True):
    """Where somebody is in an item, and how they got there (the newest first)."""

    mine: Mine
    locator: str
    history: list[ProgressEntry]


class ItemList(msgspec.Struct, frozen=True):
    """A playlist or a collection."""

    id: str
    name: str
    owner_id: str
    shared: bool
    count: int
    duration_ms: int
    mine: bool
    comment: str
    created_at_ms: int
    changed_at_ms: int
    smart: bool = False  # rules fill it


class ListPlace(msgspec.Struct, frozen=True):
    """An entry of a list, and the item that it holds."""

    entry_id: str
    item_id: str


class PlaylistImport(msgspec.Struct, frozen=True):
    """What became of a playlist file: how many entries were found, how many were not, and the first of those."""

    playlist: ItemList
    found: int
    missing: int
    paths: list[str]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A link that shows items without an account; `expires_at_ms` 0 is never, `visited_at_ms` 0 not yet."""

    id: str
    token: str
    owner_id: str
    list_id: str | None
    description: str
    created_at_ms: int
    expires_at_ms: int
    visited_at_ms: int
    visits: int


class SharedFile(msgspec.Struct, frozen=True):
    """A file behind a link, in bytes."""

    id: str
    name: str
    size: int


class RadioStation(msgspec.Struct, frozen=True):
    """An internet radio station; `home_url` may be empty."""

    id: str
    name: str
    stream_url: str
    home_url: str
    changed_at_ms: int


class ListEntry(msgspec.Struct, frozen=True):
    """A place in a playlist or collection."""

    entry_id: str
    item: ItemCard


class FileHandle(msgspec.Struct, frozen=True):
    """Where a file lies, for whoever serves its bytes: `root` and the path below it, never joined by hand."""

    id: str
    item_id: str
    source_id: str
    root: str
    path: str
    name: str
    size: int
    mtime_ms: int
    missing: bool


class PlayedFile(msgspec.Struct, frozen=True):
    """The file that an item is first played from, and which part of it; `end_ms` 0 is its end."""

    file: FileHandle
    start_ms: int
    end_ms: int


class ItemQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A list of items: which, in which order, which page. Names of sorts and states are checked by the library."""

    kind: str = ""
    level: str = ""
    source: str = ""
    parent: str = ""
    sort: str = ""
    order: str = "asc"
    genre: str = ""
    genre_below: bool = False  # of narrower genres too: Rock holds Punk; not with the sort "genre"
    tag: str = ""
    series: str = ""
    person: str = ""
    year: int | None = None
    year_from: int = 0
    year_to: int = 0
    favourite: bool = False
    state: str = ""  # unplayed, in_progress, finished
    letter: str = ""
    cursor: str = ""
    limit: int = 100


class Indexable(msgspec.Struct, frozen=True, kw_only=True):
    """An item with everything that it should be found by; `weight` is higher for broader levels."""

    id: str
    kind: str
    level: str
    source_id: str
    title: str
    people: list[str]
    context: list[str]
    genres: list[str]
    tags: list[str]
    series: list[str]
    overview: str
    year: int
    weight: float
