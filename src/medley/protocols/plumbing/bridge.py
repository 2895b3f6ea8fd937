"""ASGI applications on Granian's own interface, so that Granian itself can send the bytes of files.

Granian calls `__rsgi__(scope, protocol)` (https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md);
applications speak ASGI 3.0. The extension `medley.file` in the scope tells a response that it may answer with one
message of that type instead of a body (see `medley.protocols.plumbing.files`).
"""

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote

from medley.protocols.plumbing._exchange import ClientGone, Exchange
from medley.protocols.plumbing._handles import Handles
from medley.protocols.plumbing._websocket import Talk
from medley.protocols.plumbing.repeats import Asked, Repeats

ASGIApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FILE_EXTENSION = "medley.file"

_log = logging.getLogger(__name__)


class Bridge:
    """One ASGI application as an RSGI one."""

    def __init__(self, app: ASGIApp, *, proxies: Iterable[str] = (), accel: Mapping[str, str] | None = None) -> None:
        """`proxies`: networks whose `X-Forwarded-*` is believed. `accel`: folder → nginx's internal location of it."""
        self._app = app
        self._proxies: list[Network] = [ipaddress.ip_network(each, strict=False) for each in proxies]
        self._accel = dict(accel or {})
        self._handles = Handles()
        self._repeats = Repeats()
        self._stopping = asyncio.Event()
        self._active = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            await self._talk(scope, protocol)
            return
        if self._stopping.is_set():
            protocol.response_bytes(503, [("connection", "close"), ("retry-after", "2")], b"")
            return
        asked = Asked(scope)
        if self._repeats.answer(asked, protocol):
            return
        self._active += 1
        self._idle.clear()
        try:
            exchange = await self._answer(scope, protocol)
            if exchange.repeat is not None:
                self._repeats.keep(asked, *exchange.repeat)
        finally:
            self._active -= 1
            if not self._active:
                self._idle.set()

    async def stop(self, grace_s: float) -> None:
        """Refuse new requests, end streams, and wait up to `grace_s` seconds for the answers under way."""
        self._stopping.set()
        try:
            await asyncio.wait_for(self._idle.wait(), grace_s)
        except TimeoutError:
            _log.warning("%d requests did not end in time.", self._active)

    def close(self) -> None:
        """Close the files that are still held open."""
        self._handles.close()

    async def _answer(self, scope: Any, protocol: Any) -> Exchange:
        exchange = Exchange(scope.method, scope.headers, protocol, self._handles, self._stopping)
        try:
            await self._app(self._asgi_scope(scope), exchange.receive, exchange.send)
        except Exception:
            if not exchange.gone:
                _log.exception("%s %s failed", scope.method, scope.path)
        exchange.finish()
        return exchange

    async def _talk(self, scope: Any, protocol: Any) -> None:
        """A websocket, for as long as it lasts. It is not waited for at the end: it hears that the server stops."""
        talk = Talk(protocol, self._stopping)
        scheme = "wss" if scope.scheme in ("https", "wss") else "ws"
        said = {**self._asgi_scope(scope), "type": "websocket", "scheme": scheme, "subprotocols": []}
        try:
            await self._app(said, talk.receive, talk.send)
        except ClientGone:
            pass
        except Exception:
            _log.exception("The websocket %s failed", scope.path)
        talk.finish()

    def _asgi_scope(self, scope: Any) -> dict[str, Any]:
        headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in scope.headers.items()]
        if scope.authority and scope.headers.get("host") is None:  # HTTP/2
            headers.insert(0, (b"host", scope.authority.encode("latin-1", "replace")))
        address, scheme = self._origin(scope)
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": scope.http_version,
            "method": scope.method,
            "scheme": scheme,
            "path": scope.path,
            "raw_path": quote(scope.path, safe="/:@!$&'()*+,;=~").encode(),
            "query_string": scope.query_string.encode("latin-1", "replace"),
            "root_path": "",
            "headers": headers,
            "client": address,
            "server": _host_and_port(scope.server),
            "extensions": {FILE_EXTENSION: {"accel": self._accel}},
            "state": {},
        }

    def _origin(self, scope: Any) -> tuple[tuple[str, int], str]:
        """Who asks, and over what; a proxy's word counts only when the proxy is configured."""
        client, port = _host_and_port(scope.client)
        scheme = scope.scheme
        if not self._proxies or not self._is_proxy(client):
            return (client, port), scheme
        if scope.headers.get("x-forwarded-proto") in ("http", "https"):
            scheme = scope.headers.get("x-forwarded-proto")
        # Each proxy appends: the last address that no proxy of ours has is the one that cannot be made up.
        for hop in reversed((scope.headers.get("x-forwarded-for") or "").split(",")):
            hop = hop.strip()
            if not hop:
                break
            client, port = hop, 0
            if not self._is_proxy(hop):
                break
        return (client, port), scheme

    def _is_proxy(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._proxies)


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdigit() else (text, 0)
