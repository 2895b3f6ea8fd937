"""Folders, indexes, genres and what is known of artists and albums."""

from msgspec import UNSET

from medley.protocols.subsonic._wire.media import Artist, ArtistID3, Child, Decimal, Number, Text, Wire


class MusicFolder(Wire, kw_only=True):
    """A source with music in it."""

    id: int
    name: str


class MusicFolders(Wire, kw_only=True):
    """All of them."""

    music_folder: list[MusicFolder]


class Index(Wire, kw_only=True):
    """The artists of one letter, as folders."""

    name: str
    artist: list[Artist]


class Indexes(Wire, kw_only=True):
    """All artists as folders, by letter."""

    last_modified: int
    ignored_articles: str
    index: list[Index]


class IndexID3(Wire, kw_only=True):
    """The artists of one letter."""

    name: str
    artist: list[ArtistID3]


class ArtistsID3(Wire, kw_only=True):
    """All artists, by letter."""

    ignored_articles: str
    index: list[IndexID3]


class Directory(Wire, kw_only=True):
    """A folder and what is in it."""

    id: str
    parent: Text = UNSET
    name: str
    starred: Text = UNSET
    user_rating: Number = UNSET
    average_rating: Decimal = UNSET
    play_count: Number = UNSET
    child: list[Child]


class Genre(Wire, kw_only=True):
    """A genre, and how much of it there is."""

    value: str
    song_count: int
    album_count: int


class Genres(Wire, kw_only=True):
    """All genres, by name."""

    genre: list[Genre]


class ArtistInfo(Wire, kw_only=True):
    """What is known of an artist."""

    biography: Text = UNSET
    music_brainz_id: Text = UNSET
    last_fm_url: Text = UNSET
    small_image_url: Text = UNSET
    medium_image_url: Text = UNSET
    large_image_url: Text = UNSET
    similar_artist: list[Artist] | list[ArtistID3]


class AlbumInfo(Wire, kw_only=True):
    """What is known of an album."""

    notes: Text = UNSET
    music_brainz_id: Text = UNSET
    last_fm_url: Text = UNSET
    small_image_url: Text = UNSET
    medium_image_url: Text = UNSET
    large_image_url: Text = UNSET


class Videos(Wire, kw_only=True):
    """Everything that is watched."""

    video: list[Child]


class Captions(Wire, kw_only=True):
    """Subtitles of a video."""

    id: str
    name: str


class AudioTrack(Wire, kw_only=True):
    """A language that a video is spoken in."""

    id: str
    name: str
    language_code: Text = UNSET


class VideoInfo(Wire, kw_only=True):
    """What a video has to choose from."""

    id: str
    captions: list[Captions]
    audio_track: list[AudioTrack]
