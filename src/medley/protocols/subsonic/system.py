"""System: is it there, what does it speak, whose key is this."""

from medley.core.identity import Asker
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.system import License, OpenSubsonicExtension, TokenInfo

# Add an extension with its last line in routes.py, not before: apps rely on it at once.
_EXTENSIONS = {
    "apiKeyAuthentication": [1],
    "formPost": [1],
    "getPodcastEpisode": [1],
    "indexBasedQueue": [1],
    "playbackReport": [1],
    "songLyrics": [1, 2],
    "topSongsByArtistId": [1],
    "transcodeOffset": [1],
    "transcoding": [1],
}


def ping(_house: Parts, _who: Asker, _ask: Ask) -> None:
    """Whether the server is there and the credentials are right."""


def get_license(_house: Parts, _who: Asker, _ask: Ask) -> License:
    """A licence that never ends."""
    return License(valid=True)


def get_extensions(_house: Parts, _who: None, _ask: Ask) -> list[OpenSubsonicExtension]:
    """The extensions that are spoken here."""
    return [OpenSubsonicExtension(name=name, versions=versions) for name, versions in _EXTENSIONS.items()]


def token_info(_house: Parts, who: Asker, _ask: Ask) -> TokenInfo:
    """Whose credentials these are."""
    return TokenInfo(username=who.name)
