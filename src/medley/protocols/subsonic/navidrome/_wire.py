"""Their shapes. Durations are seconds, bit rates kilobits per second, times ISO 8601, ratings 1 to 5."""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

Text = str | UnsetType
Number = int | UnsetType
Decimal = float | UnsetType


class Nd(msgspec.Struct, rename="camel"):
    """A shape of theirs."""


class Genre(Nd, kw_only=True):
    """A genre of an item, or in the list of all."""

    id: str
    name: str


class Participant(Nd, kw_only=True):
    """Somebody who took part."""

    id: str
    name: str


class Annotated(Nd, kw_only=True):
    """What the asker did with an item."""

    play_count: int
    play_date: Text = UNSET
    rating: int
    starred: bool
    starred_at: Text = UNSET


class Song(Annotated, kw_only=True):
    """A track."""

    id: str
    title: str
    order_title: str
    path: str
    library_id: int
    album: str
    album_id: str
    artist: str
    artist_id: str
    album_artist: str
    album_artist_id: str
    participants: dict[str, list[Participant]]
    has_cover_art: bool
    track_number: int
    disc_number: int
    disc_subtitle: Text = UNSET
    year: int
    date: Text = UNSET
    original_date: Text = UNSET
    release_date: Text = UNSET
    size: int
    suffix: str
    duration: float
    bit_rate: int
    sample_rate: int
    bit_depth: Number = UNSET
    channels: int
    codec: str
    genre: str
    genres: list[Genre]
    compilation: bool
    comment: Text = UNSET
    bpm: Number = UNSET
    explicit_status: str
    catalog_num: Text = UNSET
    mbz_recording_id: str | UnsetType = msgspec.field(name="mbzRecordingID", default=UNSET)
    mbz_release_track_id: Text = UNSET
    mbz_album_id: Text = UNSET
    rg_album_gain: Decimal = UNSET
    rg_album_peak: Decimal = UNSET
    rg_track_gain: Decimal = UNSET
    rg_track_peak: Decimal = UNSET
    tags: dict[str, list[str]]
    missing: bool
    bookmark_position: int
    created_at: str


class PlaylistTrack(Song, kw_only=True):
    """A track in a playlist: `id` is its place, counted from 1."""

    media_file_id: str
    playlist_id: str


class Album(Annotated, kw_only=True):
    """An album."""

    id: str
    name: str
    order_album_name: str
    library_id: int
    artist: str
    artist_id: str
    album_artist: str
    album_artist_id: str
    participants: dict[str, list[Participant]]
    max_year: int
    min_year: int
    date: Text = UNSET
    original_date: Text = UNSET
    release_date: Text = UNSET
    compilation: bool
    comment: Text = UNSET
    song_count: int
    duration: float
    discs: dict[str, str]
    catalog_num: Text = UNSET
    mbz_album_id: Text = UNSET
    mbz_release_group_id: Text = UNSET
    mbz_album_type: Text = UNSET
    explicit_status: str
    genre: str
    genres: list[Genre]
    tags: dict[str, list[str]]
    missing: bool
    created_at: str


class Artist(Annotated, kw_only=True):
    """An artist with albums."""

    id: str
    name: str
    order_artist_name: str
    mbz_artist_id: Text = UNSET
    album_count: int
    song_count: int
    genres: list[Genre]
    missing: bool
    created_at: str


class Playlist(Nd, kw_only=True):
    """A playlist."""

    id: str
    name: str
    comment: str
    duration: float
    song_count: int
    owner_name: str
    owner_id: str
    public: bool
    path: str
    sync: bool
    rules: dict[str, Any] | None
    created_at: str
    updated_at: str


class User(Nd, kw_only=True):
    """An account."""

    id: str
    user_name: str
    name: str
    email: str
    is_admin: bool
    created_at: str


class Library(Nd, kw_only=True):
    """A source of music."""

    id: int
    name: str
    path: str
    last_scan_at: Text = UNSET
    total_songs: int
    total_albums: int
    total_artists: int


class Tag(Nd, kw_only=True):
    """A word that items share."""

    id: str
    tag_name: str
    tag_value: str
    song_count: int


class Queue(Nd, kw_only=True):
    """The play queue of a person; `position` in milliseconds."""

    user_id: str
    current: int
    position: int
    changed_by: str
    items: list[Song]
    updated_at: Text = UNSET


class SignedIn(Nd, kw_only=True):
    """The answer to a sign-in."""

    id: str
    name: str
    username: str
    is_admin: bool
    token: str
    subsonic_salt: str
    subsonic_token: str
