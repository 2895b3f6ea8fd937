"""Books, podcasts, their files, and sessions of playing them."""

from typing import Any

import msgspec

from medley.protocols.audiobookshelf._wire.base import Wire
from medley.protocols.audiobookshelf._wire.server import SPOKEN, MediaProgress


class Ref(Wire, frozen=True, kw_only=True):
    id: str
    name: str


class SeriesRef(Wire, frozen=True, kw_only=True):
    id: str
    name: str
    sequence: str | None


class FileMetadata(Wire, frozen=True, kw_only=True):
    filename: str
    ext: str
    path: str
    rel_path: str
    size: int
    mtime_ms: int
    ctime_ms: int
    birthtime_ms: int


class BookMetadataMinified(Wire, frozen=True, kw_only=True):
    title: str
    title_ignore_prefix: str
    subtitle: str | None
    author_name: str
    author_name_lf: str = msgspec.field(name="authorNameLF")
    narrator_name: str
    series_name: str
    genres: list[str]
    published_year: str | None
    published_date: str | None
    publisher: str | None
    description: str | None
    isbn: str | None
    asin: str | None
    language: str | None
    explicit: bool = False
    abridged: bool


class BookMetadata(BookMetadataMinified, frozen=True, kw_only=True):
    authors: list[Ref]
    narrators: list[str]
    series: list[SeriesRef]
    description_plain: str | None


class Chapter(Wire, frozen=True, kw_only=True):
    id: int
    start: float
    end: float
    title: str


class AudioFile(Wire, frozen=True, kw_only=True):
    index: int
    ino: str
    metadata: FileMetadata
    added_at: int
    updated_at: int
    track_num_from_meta: int | None
    disc_num_from_meta: int | None
    track_num_from_filename: int | None = None
    disc_num_from_filename: int | None = None
    manually_verified: bool = False
    exclude: bool = False
    error: str | None = None
    format: str
    duration: float
    bit_rate: int | None
    language: str | None
    codec: str | None
    time_base: str | None = None
    channels: int | None
    channel_layout: str | None
    chapters: list[Chapter]
    embedded_cover_art: str | None
    meta_tags: dict[str, str]
    mime_type: str


class AudioTrack(AudioFile, frozen=True, kw_only=True):
    title: str
    start_offset: float
    content_url: str


class EbookFile(Wire, frozen=True, kw_only=True):
    ino: str
    metadata: FileMetadata
    ebook_format: str
    added_at: int
    updated_at: int


class LibraryFile(Wire, frozen=True, kw_only=True):
    ino: str
    metadata: FileMetadata
    is_supplementary: bool | None
    added_at: int
    updated_at: int
    file_type: str


class BookMinified(Wire, frozen=True, kw_only=True):
    id: str
    metadata: BookMetadataMinified
    cover_path: str | None
    tags: list[str]
    num_tracks: int
    num_audio_files: int
    num_chapters: int
    num_missing_parts: int = 0
    num_invalid_audio_files: int = 0
    duration: float
    size: int
    ebook_format: str | None


class BookExpanded(Wire, frozen=True, kw_only=True):
    id: str
    library_item_id: str
    metadata: BookMetadata
    cover_path: str | None
    tags: list[str]
    audio_files: list[AudioFile]
    chapters: list[Chapter]
    ebook_file: EbookFile | None
    duration: float
    size: int
    tracks: list[AudioTrack]


class PodcastMetadata(Wire, frozen=True, kw_only=True):
    title: str
    title_ignore_prefix: str
    author: str | None
    description: str | None
    release_date: str | None
    genres: list[str]
    feed_url: str | None
    image_url: str | None = None
    itunes_page_url: str | None = None
    itunes_id: str | None = None
    itunes_artist_id: str | None = None
    explicit: bool = False
    language: str | None
    type: str = "episodic"


class Enclosure(Wire, frozen=True, kw_only=True):
    url: str
    type: str
    length: str


class Episode(Wire, frozen=True, kw_only=True):
    library_item_id: str
    podcast_id: str
    id: str
    old_episode_id: str | None = None
    index: int
    season: str
    episode: str
    episode_type: str = "full"
    title: str
    subtitle: str
    description: str
    enclosure: Enclosure | None
    guid: str | None
    pub_date: str | None
    chapters: list[Chapter]
    audio_file: AudioFile
    audio_track: AudioTrack
    published_at: int | None
    added_at: int
    updated_at: int
    duration: float
    size: int


class RecentEpisode(Episode, frozen=True, kw_only=True):
    """An episode beside others: with the podcast that it is of."""

    podcast: Any
    library_id: str


class PodcastMinified(Wire, frozen=True, kw_only=True):
    id: str
    metadata: PodcastMetadata
    cover_path: str | None
    tags: list[str]
    num_episodes: int
    auto_download_episodes: bool = False
    auto_download_schedule: str | None = None
    last_episode_check: int | None = None
    max_episodes_to_keep: int = 0
    max_new_episodes_to_download: int = 3
    size: int


class PodcastExpanded(Wire, frozen=True, kw_only=True):
    id: str
    library_item_id: str
    metadata: PodcastMetadata
    cover_path: str | None
    tags: list[str]
    episodes: list[Episode]
    auto_download_episodes: bool = False
    auto_download_schedule: str | None = None
    last_episode_check: int | None = None
    max_episodes_to_keep: int = 0
    max_new_episodes_to_download: int = 3
    size: int


class LibraryItemBase(Wire, frozen=True, kw_only=True):
    id: str
    ino: str
    old_library_item_id: str | None = None
    library_id: str
    folder_id: str
    path: str
    rel_path: str
    is_file: bool
    mtime_ms: int
    ctime_ms: int
    birthtime_ms: int
    added_at: int
    updated_at: int
    is_missing: bool
    is_invalid: bool
    media_type: str


class LibraryItemMinified(LibraryItemBase, omit_defaults=True, frozen=True, kw_only=True):
    media: BookMinified | PodcastMinified
    num_files: int
    size: int
    # where a list has a reason to tell
    collapsed_series: Any = None
    series_sequence: str | None = None
    recent_episode: Episode | None = None
    progress_last_update: int | None = None
    prev_book_in_progress_last_update: int | None = None
    finished_at: int | None = None
    user_media_progress: MediaProgress | None = None
    media_progress: MediaProgress | None = None
    rss_feed: Any = None


class LibraryItemExpanded(LibraryItemBase, frozen=True, kw_only=True):
    last_scan: int | None
    scan_version: str = SPOKEN
    media: BookExpanded | PodcastExpanded
    library_files: list[LibraryFile]
    num_files: int
    size: int
    user_media_progress: MediaProgress | None = None
    rss_feed: Any = None


class DeviceInfo(Wire, frozen=True, kw_only=True):
    id: str
    user_id: str
    device_id: str
    ip_address: str | None = None
    client_name: str
    client_version: str
    manufacturer: str
    model: str
    sdk_version: str


class PlaybackSession(Wire, frozen=True, kw_only=True):
    id: str
    user_id: str
    library_id: str
    library_item_id: str
    book_id: str | None
    episode_id: str | None
    media_type: str
    media_metadata: BookMetadata | PodcastMetadata
    chapters: list[Chapter]
    display_title: str
    display_author: str
    cover_path: str | None
    duration: float
    play_method: int
    media_player: str
    device_info: DeviceInfo
    server_version: str = SPOKEN
    date: str
    day_of_week: str
    time_listening: float
    start_time: float
    current_time: float
    started_at: int
    updated_at: int


class OpenSession(PlaybackSession, frozen=True, kw_only=True):
    audio_tracks: list[AudioTrack]
    library_item: LibraryItemExpanded


class Author(Wire, frozen=True, kw_only=True):
    id: str
    asin: str | None = None
    name: str
    description: str | None = None
    image_path: str | None = None
    library_id: str
    added_at: int
    updated_at: int
    num_books: int
    last_first: str
    library_items: list[LibraryItemMinified] | msgspec.UnsetType = msgspec.UNSET
    series: list[Any] | msgspec.UnsetType = msgspec.UNSET


class Series(Wire, frozen=True, kw_only=True):
    id: str
    name: str
    name_ignore_prefix: str
    name_ignore_prefix_sort: str
    description: str | None = None
    type: str = "series"
    library_id: str
    added_at: int
    updated_at: int
    total_duration: float
    books: list[Any]
    progress: Any = None
    rss_feed: Any = None


class ListView(Wire, frozen=True, kw_only=True):
    """A collection."""

    id: str
    library_id: str
    user_id: str
    name: str
    description: str | None = None
    last_update: int
    created_at: int
    books: list[LibraryItemExpanded]
    rss_feed: Any = None


class PlaylistItem(Wire, omit_defaults=True, frozen=True, kw_only=True):
    library_item_id: str
    episode_id: str | None = None
    library_item: LibraryItemExpanded | LibraryItemMinified
    episode: Episode | None = None


class PlaylistView(Wire, frozen=True, kw_only=True):
    id: str
    library_id: str
    user_id: str
    name: str
    description: str | None = None
    cover_path: str | None = None
    last_update: int
    created_at: int
    items: list[PlaylistItem]
