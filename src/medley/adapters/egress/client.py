"""The client: one request after another along redirects, each by the same rules."""

import base64
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import certifi
import httpcore

from medley import __version__
from medley.adapters.egress._addresses import networks
from medley.adapters.egress._inflate import inflate
from medley.adapters.egress._network import Gate
from medley.adapters.egress._target import Target, follow, parse
from medley.kernel.egress import Answer, Limits, Request
from medley.kernel.errors import TooLarge, Unavailable

USER_AGENT = f"Medley/{__version__} (self-hosted media server)"
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_PRIVATE = ("authorization", "cookie", "proxy-authorization")
_OURS = ("host", "connection", "content-length", "transfer-encoding")


class Opened:
    """`medley.kernel.egress.Stream` over an open connection."""

    def __init__(self, answer: httpcore.Response, target: Target, moved_to: str, limits: Limits) -> None:
        self._answer, self._limits = answer, limits
        self.status, self.url, self.moved_to = answer.status, target.url, moved_to
        self.headers = _headers(answer)

    def __iter__(self) -> Iterator[bytes]:
        with _explained(self.url):
            yield from _counted(self._answer.iter_stream(), self._limits.max_bytes)


class Client:
    """`medley.kernel.egress.Egress`; safe to share between threads."""

    def __init__(self, allow: Sequence[str] = (), *, total: int = 64, per_host: int = 4) -> None:
        """`allow`: networks that are open although they are not public; `total`, `per_host`: connections at once."""
        self._allowed = networks(allow)
        self._places = _Places(total, per_host)

    def fetch(self, request: Request) -> Answer:
        """The whole answer, decompressed and within the limits."""
        with self._answered(request, "gzip, deflate") as stream, _explained(stream.url):
            pieces = inflate(stream, stream.headers.get("content-encoding", ""))
            body = b"".join(_counted(pieces, request.limits.max_bytes))
            return Answer(stream.status, stream.url, stream.headers, body, stream.moved_to)

    @contextmanager
    def open(self, request: Request) -> Iterator[Opened]:
        """The answer piece by piece, as it was sent."""
        with self._answered(request, "identity") as stream:
            yield stream

    @contextmanager
    def _answered(self, request: Request, encodings: str) -> Iterator[Opened]:
        deadline = time.monotonic() + request.limits.seconds
        target, moved_to, permanent = parse(request.url), "", True
        own, credentials = True, request.credentials or target.credentials
        for _ in range(request.limits.redirects + 1):
            headers = _sent(request, target, encodings, credentials if own else None, own=own)
            with self._exchange(request, target, headers, deadline) as answer:
                location = _headers(answer).get("location", "")
                if answer.status not in _REDIRECTS or not location or request.method not in ("GET", "HEAD"):
                    yield Opened(answer, target, moved_to, request.limits)
                    return
            before, target = target, follow(target, location)
            own = own and _same(before, target)
            permanent = permanent and answer.status in _PERMANENT
            moved_to = target.url if permanent else moved_to
        raise Unavailable(f"{parse(request.url).host} redirects in circles.", hint="Its owner has to mend that.")

    @contextmanager
    def _exchange(
        self, request: Request, target: Target, headers: list[tuple[bytes, bytes]], deadline: float
    ) -> Iterator[httpcore.Response]:
        host = target.host
        with self._places.taken(host, deadline, queue=not request.listening), _explained(target.url):
            url = httpcore.URL(
                scheme=target.scheme.encode(), host=host.encode(), port=target.port, target=target.path.encode()
            )
            gate = Gate(self._allowed, deadline)
            with (
                httpcore.HTTPConnection(url.origin, ssl_context=self._trust, network_backend=gate) as connection,
                connection.stream(request.method, url, headers=headers, content=request.body or None) as answer,
            ):
                yield answer

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Mozilla's list, and the system's own: a home network may have an authority of its own."""
        context = ssl.create_default_context(cafile=certifi.where())
        context.load_default_certs()
        return context


class _Places:
    """How many connections there are, in all and to each host."""

    def __init__(self, total: int, per_host: int) -> None:
        self._total, self._per_host = total, per_host
        self._open: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, host: str, deadline: float, *, queue: bool) -> Iterator[None]:
        """A place, waited for until `deadline`; where `queue` is false others to the same host do not count."""
        with self._changed:
            free = self._changed.wait_for(lambda: self._free(host, queue=queue), max(0, deadline - time.monotonic()))
            if not free:
                raise Unavailable(f"Too many requests to {host} are under way.", hint="Try again in a while.")
            self._open[host] += 1
        try:
            yield
        finally:
            with self._changed:
                self._open[host] -= 1
                self._open += Counter()  # forgets hosts without a connection
                self._changed.notify_all()

    def _free(self, host: str, *, queue: bool) -> bool:
        return self._open.total() < self._total and (not queue or self._open[host] < self._per_host)


def _same(before: Target, after: Target) -> bool:
    """Whether what is secret may go on to `after`: the same origin, or the same host with TLS instead of without."""
    upgraded = (before.scheme, before.port, after.scheme, after.port) == ("http", 80, "https", 443)
    return before.origin == after.origin or (before.host == after.host and upgraded)


def _sent(
    request: Request, target: Target, encodings: str, credentials: tuple[str, str] | None, *, own: bool
) -> list[tuple[bytes, bytes]]:
    """The headers of one hop; once it left the first origin (not `own`) without anything that is secret."""
    sent = {"host": target.authority, "user-agent": USER_AGENT, "accept": "*/*", "accept-encoding": encodings}
    for name, value in request.headers.items():
        name = name.lower()
        if name not in _OURS and (own or name not in _PRIVATE):
            sent[name] = value
    if credentials is not None:
        sent["authorization"] = "Basic " + base64.b64encode(":".join(credentials).encode()).decode()
    if request.body:
        sent["content-length"] = str(len(request.body))
    return [
        (name.encode(), value.encode("utf-8", "replace")) for name, value in {**sent, "connection": "close"}.items()
    ]


def _headers(answer: httpcore.Response) -> Mapping[str, str]:
    return {name.decode("latin-1").lower(): value.decode("utf-8", "replace") for name, value in answer.headers}


def _counted(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    seen = 0
    for piece in pieces:
        seen += len(piece)
        if seen > most:
            raise TooLarge(f"The server's answer is larger than {most >> 10:,} KiB, so it was not read on.")
        yield piece


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """Failures of the network as sentences. They name the host alone: the rest of an address may be a secret."""
    host = parse(url).host
    try:
        yield
    except httpcore.TimeoutException as error:
        raise Unavailable(f"{host} did not answer in time.", hint="Try again later.") from error
    except httpcore.ConnectError as error:
        raise Unavailable(f"{host} cannot be reached: {error}.", hint="Try again later.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Unavailable(f"{host} broke off its answer: {error}.", hint="Try again later.") from error
