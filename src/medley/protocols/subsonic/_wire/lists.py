"""Lists of albums and songs, and what a search finds."""

from typing import Any

from medley.protocols.subsonic._wire.media import AlbumID3, Artist, ArtistID3, Child, Wire


class AlbumList(Wire, kw_only=True):
    """Albums as folders."""

    album: list[Child]


class AlbumList2(Wire, kw_only=True):
    """Albums by their tags."""

    album: list[AlbumID3]


class Songs(Wire, kw_only=True):
    """Songs in an order."""

    song: list[Child]


class Found(Wire, kw_only=True):
    """Artists, albums and songs: as folders."""

    artist: list[Artist]
    album: list[Child]
    song: list[Child]


class FoundID3(Wire, kw_only=True):
    """Artists, albums and songs: by their tags."""

    artist: list[ArtistID3]
    album: list[AlbumID3]
    song: list[Child]


class SearchResult(Wire, kw_only=True):
    """What the oldest of the searches finds."""

    offset: int
    total_hits: int
    match: list[Any]
