"""Connections: the name is resolved, its addresses are judged, and what was judged is what is connected to."""

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from medley.adapters.egress._addresses import Network, permitted
from medley.kernel.egress import Refused
from medley.kernel.errors import Unavailable

_CONNECT_S = 10.0
_SILENCE_S = 30.0  # nothing at all came for so long


class Gate(httpcore.NetworkBackend):
    """Opens the connection of one request, whose every wait ends at `deadline` (as `time.monotonic` counts)."""

    def __init__(self, allowed: tuple[Network, ...], deadline: float) -> None:
        self._allowed, self._deadline = allowed, deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"No address of {host} could be reached")
        for address in self._addresses(host, port):
            try:
                left = min(_CONNECT_S, time_left(self._deadline, httpcore.ConnectTimeout))
                opened = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
                return _Timed(opened, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unavailable(f"There is no host {host}.", hint="Is the name right, and is there a network?") from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        good = [address for address in addresses if permitted(address, self._allowed)]
        if not good:
            raise Refused(
                f"{host} lies in a network that Medley does not connect to.",
                hint="The setting egress.allow opens networks of your own.",
            )
        return good


class _Timed(httpcore.NetworkStream):
    """A connection on which no single wait and no number of short ones lasts beyond the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, min(_SILENCE_S, time_left(self._deadline, httpcore.ReadTimeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, min(_SILENCE_S, time_left(self._deadline, httpcore.WriteTimeout)))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        left = min(_CONNECT_S, time_left(self._deadline, httpcore.ConnectTimeout))
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def time_left(deadline: float, error: type[Exception]) -> float:
    """Seconds until `deadline`; `error` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise error("The time is over")
    return left
