"""Answers that no room has in this shape."""

import msgspec

from medley.core.identity import User
from medley.core.kinds import Kind, Section, Stream
from medley.core.library import ChapterMark, HomeRow, ItemCard, Share, SharedFile
from medley.core.library.ports import SpineItem
from medley.core.players import Bookmark, NowPlaying, PlayQueue
from medley.kernel.jobs import Job as KernelJob
from medley.kernel.jobs import State
from medley.kernel.pages import encode_cursor


class Server(msgspec.Struct, frozen=True):
    """What anybody may know of this server."""

    name: str
    version: str
    setup_needed: bool


class Welcome(msgspec.Struct, frozen=True):
    """A new session."""

    token: str
    user: User


class OpenSession(msgspec.Struct, frozen=True):
    """One of one's sessions."""

    id: str
    device: str
    address: str
    created_at_ms: int
    seen_at_ms: int
    expires_at_ms: int
    current: bool


class LevelView(msgspec.Struct, frozen=True):
    """A rung of a kind."""

    name: str
    title: str
    plural: str
    playable: bool
    browsable: bool


class KindView(msgspec.Struct, frozen=True):
    """A kind of media that this server knows."""

    name: str
    title: str
    plural: str
    media: str
    opens_with: str
    artwork_shape: str
    sorts: list[str]
    levels: list[LevelView]

    @classmethod
    def of(cls, kind: Kind) -> "KindView":
        levels = [LevelView(each.name, each.title, each.plural, each.playable, each.browsable) for each in kind.levels]
        return cls(
            kind.name,
            kind.title,
            kind.plural,
            kind.media,
            kind.opens_with,
            kind.artwork_shape,
            list(kind.sorts),
            levels,
        )


class JobAsked(msgspec.Struct, frozen=True):
    """Work that was asked for."""

    job_id: str


class Job(msgspec.Struct, frozen=True):
    """Work that outlives requests; `total` 0 means not known yet."""

    id: str
    kind: str
    title: str
    state: State
    done: int
    total: int
    message: str
    error: str
    created_at_ms: int
    started_at_ms: int | None
    ended_at_ms: int | None

    @classmethod
    def of(cls, job: KernelJob) -> "Job":
        return cls(
            id=job.id,
            kind=job.kind,
            title=job.title,
            state=job.state,
            done=job.done,
            total=job.total,
            message=job.message,
            error=job.error,
            created_at_ms=job.created_at,
            started_at_ms=job.started_at,
            ended_at_ms=job.ended_at,
        )


class ReasonView(msgspec.Struct, frozen=True):
    """Why a file is not played as it is."""

    code: str
    text: str


class PlayPart(msgspec.Struct, frozen=True):
    """One file of an edition of several; `start_ms` in the edition."""

    file_id: str
    url: str
    start_ms: int
    duration_ms: int


class SubtitleTrack(msgspec.Struct, frozen=True):
    """Subtitles as WebVTT."""

    id: str
    url: str
    language: str
    title: str
    forced: bool
    default: bool


class PlayAnswer(msgspec.Struct, frozen=True):
    """How this client plays this item."""

    method: str
    reasons: list[ReasonView]
    url: str
    mime: str
    duration_ms: int
    edition_id: str
    file_id: str
    parts: list[PlayPart]
    audio_streams: list[Stream]
    subtitles: list[SubtitleTrack]
    chapters: list[ChapterMark]
    resume_ms: int


class ComicPage(msgspec.Struct, frozen=True):
    """A page, in pixels or points; `n` counts from 0; `double` shows two pages side by side."""

    n: int
    width: int
    height: int
    double: bool


class ComicPages(msgspec.Struct, frozen=True):
    """The pages of a comic or PDF."""

    direction: str
    pages: list[ComicPage]


class Book(msgspec.Struct, frozen=True):
    """What a reader needs of a book; `href`s are relative to `base`."""

    format: str
    title: str
    sections: list[Section]
    spine: list[SpineItem]
    base: str
    layout: str
    direction: str


class LyricLine(msgspec.Struct, frozen=True):
    """A line, and when it is sung."""

    start_ms: int | None
    text: str


class Lyrics(msgspec.Struct, frozen=True):
    """The lyrics of a track."""

    synced: bool
    lines: list[LyricLine]


class SearchAnswer(msgspec.Struct, frozen=True):
    """Results, the best first; how many there are by kind, source, year and genre; the cursor of the next ones."""

    hits: list[ItemCard]
    total: int
    facets: dict[str, dict[str, int]]
    next: str | None


class Disk(msgspec.Struct, frozen=True):
    """The disk under a source, in bytes."""

    source_id: str
    name: str
    total: int
    free: int


class System(msgspec.Struct, frozen=True):
    """How this server is."""

    version: str
    python: str
    database: str
    uptime_ms: int
    users: int
    counts: dict[str, int]
    disks: list[Disk]


class TrashCount(msgspec.Struct, frozen=True):
    """How many items lie in the trash; one that went there with what it stands in is not counted."""

    count: int


class Home(msgspec.Struct, frozen=True):
    """The rows of the home page."""

    rows: list[HomeRow]


class PlayingView(msgspec.Struct, frozen=True):
    """What somebody plays on one device; the position is where the player should be now."""

    user_id: str
    user_name: str
    device: str
    state: str
    position_ms: int
    rate: float
    started_at_ms: int
    told_at_ms: int
    item: ItemCard

    @classmethod
    def of(cls, playing: NowPlaying, user_name: str, item: ItemCard) -> "PlayingView":
        return cls(
            playing.user_id,
            user_name,
            playing.device,
            playing.state,
            playing.position_ms,
            playing.rate,
            playing.started_at_ms,
            playing.told_at_ms,
            item,
        )


class QueueView(msgspec.Struct, frozen=True):
    """A play queue without its entries; `current` counts from 0, null where the queue is empty."""

    count: int
    current: int | None
    position_ms: int
    changed_at_ms: int
    changed_by: str

    @classmethod
    def of(cls, queue: PlayQueue) -> "QueueView":
        return cls(len(queue.item_ids), queue.current, queue.position_ms, queue.changed_at_ms, queue.changed_by)


class BookmarkView(msgspec.Struct, frozen=True):
    """A place in an item that somebody wants to find again."""

    item: ItemCard
    position_ms: int
    comment: str
    created_at_ms: int
    changed_at_ms: int

    @classmethod
    def of(cls, bookmark: Bookmark, item: ItemCard) -> "BookmarkView":
        return cls(item, bookmark.position_ms, bookmark.comment, bookmark.created_at_ms, bookmark.changed_at_ms)


class ShareView(msgspec.Struct, frozen=True):
    """A link of one's own; `path` is where it leads on this server, an `expires_at_ms` of 0 is never."""

    id: str
    path: str
    playlist_id: str | None
    description: str
    created_at_ms: int
    expires_at_ms: int
    visited_at_ms: int
    visits: int

    @classmethod
    def of(cls, share: Share) -> "ShareView":
        return cls(
            share.id,
            f"/api/v1/shared/{share.token}",
            share.list_id,
            share.description,
            share.created_at_ms,
            share.expires_at_ms,
            share.visited_at_ms,
            share.visits,
        )


class SharedFileView(msgspec.Struct, frozen=True):
    """A file behind a link; the parts of a work in their order."""

    id: str
    name: str
    size: int
    mime: str
    url: str

    @classmethod
    def of(cls, file: SharedFile, mime: str, url: str) -> "SharedFileView":
        return cls(file.id, file.name, file.size, mime, url)


class SharedItem(msgspec.Struct, frozen=True):
    """What a link shows of an item: nothing of what its owner did with it."""

    id: str
    kind: str
    level: str
    title: str
    parent_title: str
    top_title: str
    number: float | None
    year: int | None
    duration_ms: int
    artwork_url: str
    files: list[SharedFileView]

    @classmethod
    def of(cls, item: ItemCard, artwork_url: str, files: list[SharedFileView]) -> "SharedItem":
        return cls(
            item.id,
            item.kind,
            item.level,
            item.title,
            item.parent_title,
            item.top_title,
            item.number,
            item.year,
            item.duration_ms,
            artwork_url,
            files,
        )


class SharedPage(msgspec.Struct, frozen=True):
    """A page of what a link shows, and the cursor of the next one."""

    description: str
    shared_by: str
    expires_at_ms: int
    count: int
    items: list[SharedItem]
    next: str | None

    @classmethod
    def of(cls, share: Share, shared_by: str, count: int, items: list[SharedItem], end: int | None) -> "SharedPage":
        more = None if end is None else encode_cursor([end])
        return cls(share.description, shared_by, share.expires_at_ms, count, items, more)


class Counting(msgspec.Struct, frozen=True):
    """How many were counted."""

    counted: int


class ServiceLogin(msgspec.Struct, frozen=True):
    """Where a person lets Medley in, and the token to connect with afterwards."""

    url: str
    token: str
