"""What leaves the house: every request to somebody else's server is made through an `Egress`.

The port and its words; `medley.adapters.egress` is the client. It connects to public addresses only, follows redirects
by the same rule, and keeps within the request's `Limits` whatever the other side does.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from medley.kernel.errors import InvalidInput


class Refused(InvalidInput):
    """The address leads where Medley does not go: no http or https, or a private network that is not allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of us a request may take: bytes of its body after decompression, seconds in all, redirects."""

    max_bytes: int = 8 << 20
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `credentials` (name, password) go to the host of `url` and to no other (RFC 7617).

    `listening`: somebody waits for these bytes now, so it does not queue behind other requests to the same host.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    credentials: tuple[str, str] | None = None
    limits: Limits = Limits()
    listening: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, whatever its status. `headers` have lower-case names.

    `url` is where it came from; `moved_to` is not empty where permanent redirects (301, 308) led there.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    moved_to: str = ""


class Stream(Protocol):
    """An answer whose body is read piece by piece; words as in `Answer`."""

    @property
    def status(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def moved_to(self) -> str: ...

    def __iter__(self) -> Iterator[bytes]:
        """The body as it was sent, not decompressed; `TooLarge` and `Unavailable` as in `Egress.fetch`."""
        ...


class Egress(Protocol):
    """Makes requests. `Refused`, `Unavailable` (no answer, or not in time) and `TooLarge` are its errors."""

    def fetch(self, request: Request) -> Answer:
        """The whole answer, decompressed."""
        ...

    def open(self, request: Request) -> AbstractContextManager[Stream]:
        """The answer as a stream, from one connection that is closed with the context."""
        ...
