"""Bodies and queries."""

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from medley.kernel.errors import InvalidInput
from medley.kernel.pages import decode_cursor

# No database keeps a NUL in a text.
_Text = StringConstraints(pattern=r"^[^\x00]*$")
ShortText = Annotated[str, _Text, Field(max_length=200)]
LongText = Annotated[str, _Text, Field(max_length=4096)]
ItemId = Annotated[str, StringConstraints(pattern=r"^[0-9a-hjkmnp-tv-z]{26}$")]
Milliseconds = Annotated[int, Field(ge=0, le=2**53)]
Secret = Annotated[str, Field(max_length=4096)]  # length rules are identity's
ItemIds = Annotated[list[ItemId], Field(min_length=1, max_length=1000)]


class Ask(BaseModel):
    """The base of all bodies: an unknown field is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class SetUp(Ask):
    code: ShortText
    name: ShortText
    password: Secret


class SignIn(Ask):
    name: ShortText
    password: Secret
    device: ShortText = ""


class ChangeMe(Ask):
    name: ShortText | None = None
    password: Secret | None = None
    current_password: Secret | None = None
    preferences: dict[str, Any] | None = None


class NewDevice(Ask):
    name: ShortText


RoleName = Literal["admin", "power_user", "user", "guest"]


class NewUser(Ask):
    name: ShortText
    password: Secret
    role: RoleName = "user"
    all_sources: bool = True
    source_ids: Annotated[list[ItemId], Field(max_length=1000)] = []


class ChangeUser(Ask):
    name: ShortText | None = None
    password: Secret | None = None
    role: RoleName | None = None
    all_sources: bool | None = None
    source_ids: Annotated[list[ItemId], Field(max_length=1000)] | None = None


class NewSource(Ask):
    name: ShortText
    kind: ShortText = "auto"
    path: LongText
    writable: bool = False


class ChangeSource(Ask):
    name: ShortText | None = None
    kind: ShortText | None = None
    path: LongText | None = None
    writable: bool | None = None


class ChangedPath(Ask):
    path: LongText
    anew: bool = False


class ItemFilters(BaseModel):
    """Which items, in which order. Empty means any. `genre_below`: of narrower genres too."""

    kind: ShortText = ""
    level: ShortText = ""
    source: ShortText = ""
    parent: ShortText = ""
    sort: ShortText = ""
    order: Literal["asc", "desc"] = "asc"
    genre: ShortText = ""
    genre_below: bool = False
    tag: ShortText = ""
    series: ShortText = ""
    person: ShortText = ""
    year: Annotated[int, Field(ge=-9999, le=9999)] | None = None
    favourite: bool = False
    state: Literal["", "unplayed", "in_progress", "finished"] = ""
    letter: ShortText = ""


class ItemPageFilters(ItemFilters):
    """One page of them."""

    cursor: LongText = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class PageOf(BaseModel):
    """Which page."""

    cursor: LongText = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


PageQuery = Annotated[PageOf, Query()]


def start_of(cursor: str) -> int:
    """Where a page begins in a list that is kept as a whole: its cursor is an index."""
    start = decode_cursor(cursor, 1)[0] if cursor else 0
    if not isinstance(start, int) or isinstance(start, bool) or start < 0:
        raise InvalidInput("This page cursor is not one of ours.", hint="Start again from the first page.")
    return start


class WordFilters(PageOf):
    kind: ShortText = ""
    q: ShortText = ""


class PeopleFilters(WordFilters):
    role: ShortText = ""


class SearchFilters(BaseModel):
    """What is looked for; filters are exact, `genre` by its name."""

    q: ShortText = ""
    kind: ShortText = ""
    level: ShortText = ""
    cursor: LongText = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 30
    source: ShortText = ""
    genre: ShortText = ""
    year_from: Annotated[int, Field(ge=0, le=9999)] | None = None  # the index knows no years before our era
    year_to: Annotated[int, Field(ge=0, le=9999)] | None = None


class Progress(Ask):
    position_ms: Milliseconds = 0
    duration_ms: Milliseconds = 0
    locator: LongText = ""
    fraction: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    finished: bool | None = None
    device: ShortText = ""
    happened_at_ms: Milliseconds = 0


class Played(Ask):
    finished: bool


class Opinion(Ask):
    favourite: bool | None = None
    rating: Annotated[int, Field(ge=0, le=10)] | None = None


class NewList(Ask):
    name: ShortText
    item_ids: Annotated[list[ItemId], Field(max_length=1000)] = []
    shared: bool = False
    rules: dict[str, Any] | None = None  # Navidrome's .nsp grammar


class ChangeList(Ask):
    name: ShortText | None = None
    shared: bool | None = None
    rules: dict[str, Any] | None = None


class AddToList(Ask):
    item_ids: ItemIds
    before: ItemId | None = None


class MoveEntry(Ask):
    before: ItemId | None = None


_Names = Annotated[list[ShortText], Field(max_length=100)]


class Capabilities(Ask):
    containers: _Names | None = None
    video: _Names | None = None
    audio: _Names | None = None
    hls: bool = True
    max_bitrate: Annotated[int, Field(ge=0, le=10**12)] = 0


class Play(Ask):
    edition_id: ItemId | None = None
    extra_id: ItemId | None = None  # plays an extra instead of the item
    capabilities: Capabilities = Capabilities()
    audio_stream: Annotated[int, Field(ge=0, le=10_000)] | None = None
    subtitle_stream: Annotated[int, Field(ge=0, le=10_000)] | None = None
    start_ms: Milliseconds = 0


class Playing(Ask):
    item_id: ItemId
    device: Annotated[str, _Text, Field(min_length=1, max_length=200)]
    state: Literal["starting", "playing", "paused", "stopped"] = "playing"
    position_ms: Milliseconds = 0
    rate: Annotated[float, Field(ge=0.1, le=10, allow_inf_nan=False)] = 1.0
    count: bool = True


class SaveQueue(Ask):
    item_ids: Annotated[list[ItemId], Field(max_length=20_000)]
    current: Annotated[int, Field(ge=0, le=20_000)] = 0
    position_ms: Milliseconds = 0
    device: ShortText = ""


class NewBookmark(Ask):
    position_ms: Milliseconds
    comment: Annotated[str, _Text, Field(max_length=4000)] = ""


class NewShare(Ask):
    item_ids: Annotated[list[ItemId], Field(max_length=1000)] = []
    playlist_id: ItemId | None = None
    description: Annotated[str, _Text, Field(max_length=1000)] = ""
    expires_at_ms: Milliseconds = 0


class ChangeShare(Ask):
    description: Annotated[str, _Text, Field(max_length=1000)] | None = None
    expires_at_ms: Milliseconds | None = None


class NewStation(Ask):
    name: ShortText
    stream_url: LongText
    home_url: LongText = ""


class ChangeStation(Ask):
    name: ShortText | None = None
    stream_url: LongText | None = None
    home_url: LongText | None = None


class PodcastRules(Ask):
    download: Literal["none", "newest", "since", "all"] = "none"
    download_count: Annotated[int, Field(ge=1, le=1000)] = 3
    download_since_ms: Milliseconds = 0
    keep: Annotated[int, Field(ge=0, le=100_000)] = 0
    keep_played_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    interval_minutes: Annotated[int, Field(ge=10, le=43_200)] = 60


class PodcastAddress(Ask):
    url: LongText
    login: ShortText = ""
    password: Secret = ""


class NewPodcast(PodcastAddress):
    rules: PodcastRules = PodcastRules()
    source_id: ItemId | None = None


class ChangePodcast(Ask):
    rules: PodcastRules | None = None
    login: ShortText | None = None
    password: Secret | None = None


class PodcastList(Ask):
    opml: Annotated[str, Field(max_length=2_000_000)]
    rules: PodcastRules = PodcastRules()
    source_id: ItemId | None = None


class EpisodePage(PageOf):
    downloaded: bool = False


class NewListen(Ask):
    item_id: ItemId
    happened_at_ms: Milliseconds = 0
    device: ShortText = ""


class NewListens(Ask):
    listens: Annotated[list[NewListen], Field(min_length=1, max_length=1000)]


class ConnectService(Ask):
    token: Annotated[str, Field(max_length=500)]


class PlaylistFile(Ask):
    text: Annotated[str, Field(max_length=8_000_000)]
    name: ShortText = ""
    folder: LongText = ""
    into: ItemId | None = None
