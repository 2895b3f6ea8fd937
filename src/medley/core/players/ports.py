"""What this room asks of the outside: services that keep a person's listens."""

from collections.abc import Sequence
from typing import Protocol

import msgspec


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """A track as services know one; empty is not known, lengths in milliseconds, ids are MusicBrainz's."""

    title: str
    artists: list[str]
    artist: str  # as the sleeve has it
    album: str = ""
    album_artist: str = ""
    number: int = 0
    length_ms: int = 0
    recording_id: str = ""
    release_id: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One listen; `at_s` is when it began, in seconds since 1970 UTC."""

    track: Track
    at_s: int
    device: str = ""


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person lets Medley in, and what to hand to `connect` afterwards; empty where they paste a token."""

    url: str = ""
    secret: str = ""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the service: their name there, and the secret that is kept to write in it."""

    name: str
    secret: str


class Scrobbler(Protocol):
    """Writes into one service. A method may be called again with the same values: the service keeps a listen once.

    Errors: `Unauthenticated` when the secret is not good (any more); `TooManyRequests` and `Unavailable` when it is to
    be tried later, with `details["retry_after_s"]` where the service says when; `InvalidInput` for what it never takes.
    """

    name: str  # in addresses
    title: str  # for people
    most: int  # listens that fit into one request

    def login(self) -> Login:
        """How a person begins."""
        ...

    def connect(self, given: str) -> Member:
        """Whose token `given` is, or who let Medley in after `login`."""
        ...

    def listens(self, secret: str, told: Sequence[Told]) -> None:
        """Write listens down, `most` at the most, the oldest first."""
        ...

    def playing(self, secret: str, track: Track) -> None:
        """Say what is played now; does nothing where the service does not know such a thing."""
        ...
