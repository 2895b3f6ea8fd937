"""Playlists."""

from msgspec import UNSET, UnsetType

from medley.protocols.subsonic._wire.media import Child, Flag, Text, Wire


class Playlist(Wire, kw_only=True):
    """A playlist; `entry` is there where one was asked for by itself."""

    id: str
    name: str
    comment: Text = UNSET
    owner: str
    public: bool
    song_count: int
    duration: int  # seconds
    created: str
    changed: str
    cover_art: str
    readonly: Flag = UNSET
    entry: list[Child] | UnsetType = UNSET


class Playlists(Wire, kw_only=True):
    """The playlists that one may see."""

    playlist: list[Playlist]
