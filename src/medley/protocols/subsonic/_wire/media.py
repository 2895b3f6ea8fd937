"""Songs, albums and artists."""

import msgspec
from msgspec import UNSET, UnsetType

Text = str | UnsetType
Number = int | UnsetType
Decimal = float | UnsetType
Flag = bool | UnsetType


class Wire(msgspec.Struct, rename="camel"):
    """A shape of theirs."""


class ItemGenre(Wire, kw_only=True):
    """A genre of an item."""

    name: str


class ItemDate(Wire, kw_only=True):
    """A date as exactly as it is known."""

    year: Number = UNSET
    month: Number = UNSET
    day: Number = UNSET


class ReplayGain(Wire, kw_only=True):
    """Gains in dB, peaks with 1.0 as full scale."""

    track_gain: Decimal = UNSET
    album_gain: Decimal = UNSET
    track_peak: Decimal = UNSET
    album_peak: Decimal = UNSET
    base_gain: Decimal = UNSET
    fallback_gain: Decimal = UNSET


class RecordLabel(Wire, kw_only=True):
    """Who published an album."""

    name: str


class DiscTitle(Wire, kw_only=True):
    """A disc that has a title of its own."""

    disc: int
    title: str
    cover_art: Text = UNSET


class Work(Wire, kw_only=True):
    """What a track is a performance of."""

    name: str
    music_brainz_id: Text = UNSET


class Movement(Wire, kw_only=True):
    """The part of a work that a track is."""

    name: str
    number: Number = UNSET
    count: Number = UNSET


class ArtistID3(Wire, kw_only=True):
    """An artist; as part of a song or album, id and name alone."""

    id: str
    name: str
    cover_art: Text = UNSET
    artist_image_url: Text = UNSET
    album_count: Number = UNSET
    starred: Text = UNSET
    user_rating: Number = UNSET
    music_brainz_id: Text = UNSET
    sort_name: Text = UNSET
    disambiguation: Text = UNSET
    roles: list[str] | UnsetType = UNSET


class Contributor(Wire, kw_only=True):
    """Somebody who took part, other than as artist."""

    role: str
    sub_role: Text = UNSET
    artist: ArtistID3


class Child(Wire, kw_only=True):
    """A song, or what folders show of an album."""

    id: str
    parent: Text = UNSET
    is_dir: bool
    title: str
    album: Text = UNSET
    artist: Text = UNSET
    track: Number = UNSET
    year: Number = UNSET
    genre: Text = UNSET
    cover_art: Text = UNSET
    size: Number = UNSET
    content_type: Text = UNSET
    suffix: Text = UNSET
    transcoded_content_type: Text = UNSET
    transcoded_suffix: Text = UNSET
    duration: Number = UNSET  # seconds
    bit_rate: Number = UNSET  # kilobits per second
    bit_depth: Number = UNSET
    sampling_rate: Number = UNSET
    channel_count: Number = UNSET
    path: Text = UNSET
    is_video: Flag = UNSET
    user_rating: Number = UNSET
    average_rating: Decimal = UNSET
    play_count: Number = UNSET
    disc_number: Number = UNSET
    created: Text = UNSET
    starred: Text = UNSET
    album_id: Text = UNSET
    artist_id: Text = UNSET
    type: Text = UNSET  # music, video, podcast, audiobook
    media_type: Text = UNSET  # song, album, artist
    bookmark_position: Number = UNSET
    original_width: Number = UNSET
    original_height: Number = UNSET
    played: Text = UNSET
    bpm: Number = UNSET
    comment: Text = UNSET
    sort_name: Text = UNSET
    music_brainz_id: Text = UNSET
    isrc: list[str] | UnsetType = UNSET
    genres: list[ItemGenre] | UnsetType = UNSET
    artists: list[ArtistID3] | UnsetType = UNSET
    display_artist: Text = UNSET
    album_artists: list[ArtistID3] | UnsetType = UNSET
    display_album_artist: Text = UNSET
    contributors: list[Contributor] | UnsetType = UNSET
    display_composer: Text = UNSET
    moods: list[str] | UnsetType = UNSET
    replay_gain: ReplayGain | UnsetType = UNSET
    explicit_status: Text = UNSET
    works: list[Work] | UnsetType = UNSET
    movements: list[Movement] | UnsetType = UNSET
    groupings: list[str] | UnsetType = UNSET


class AlbumID3(Wire, kw_only=True):
    """An album; `song` is there where an album was asked for by itself."""

    id: str
    name: str
    version: Text = UNSET
    artist: Text = UNSET
    artist_id: Text = UNSET
    cover_art: Text = UNSET
    song_count: int
    duration: int  # seconds
    play_count: Number = UNSET
    created: str
    starred: Text = UNSET
    year: Number = UNSET
    genre: Text = UNSET
    played: Text = UNSET
    user_rating: Number = UNSET
    record_labels: list[RecordLabel] | UnsetType = UNSET
    music_brainz_id: Text = UNSET
    genres: list[ItemGenre] | UnsetType = UNSET
    artists: list[ArtistID3] | UnsetType = UNSET
    display_artist: Text = UNSET
    release_types: list[str] | UnsetType = UNSET
    moods: list[str] | UnsetType = UNSET
    sort_name: Text = UNSET
    original_release_date: ItemDate | UnsetType = UNSET
    release_date: ItemDate | UnsetType = UNSET
    is_compilation: Flag = UNSET
    explicit_status: Text = UNSET
    disc_titles: list[DiscTitle] | UnsetType = UNSET
    song: list[Child] | UnsetType = UNSET


class ArtistWithAlbumsID3(ArtistID3, kw_only=True):
    """An artist with the albums."""

    album: list[AlbumID3]


class Artist(Wire, kw_only=True):
    """An artist as folders show one."""

    id: str
    name: str
    artist_image_url: Text = UNSET
    starred: Text = UNSET
    user_rating: Number = UNSET
    average_rating: Decimal = UNSET
    cover_art: Text = UNSET
