"""The last touch on every answer: validators, 304, and compression of text."""

import gzip
import hashlib
from collections.abc import Callable

import brotli
import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medley.kernel.http import etag_matches

_SMALL = 1024  # below this, compressing costs more than it saves
_LARGE = 256 * 1024  # beyond this, compressing would hold up everybody else

_TEXTUAL = ("text/", "application/json", "application/problem+json", "application/javascript", "application/xml",
            "application/xhtml+xml", "application/manifest+json", "application/vnd.apple.mpegurl",
            "application/opds+json", "application/atom+xml", "image/svg+xml")  # fmt: skip

_CODERS: dict[str, Callable[[bytes], bytes]] = {  # the best first
    "zstd": lambda body: zstandard.ZstdCompressor(level=3).compress(body),
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, compresslevel=5, mtime=0),
}


class Finish:
    """Middleware: JSON that is read gets an ETag, what the client has is answered by 304, text is compressed.

    Only answers that come in one piece; streams and files pass untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def finishing(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                held, start = start, None
                if message["type"] == "http.response.body" and not message.get("more_body", False):
                    message = await _finished(scope, held, message)
                await send(held)
            await send(message)

        await self._app(scope, receive, finishing)


async def _finished(scope: Scope, start: Message, message: Message) -> Message:
    wanted, headers = Headers(scope=scope), MutableHeaders(raw=start.setdefault("headers", []))
    start["headers"] = headers.raw
    body = message.get("body", b"")
    if scope["method"] in ("GET", "HEAD") and start["status"] == 200:
        _validate(headers, body)
        if _is_known(wanted, headers):
            start["status"] = 304
            for name in ("content-length", "content-type"):
                if name in headers:
                    del headers[name]
            return {"type": "http.response.body", "body": b""}
    return {"type": "http.response.body", "body": await _compressed(wanted, headers, body)}


def _validate(headers: MutableHeaders, body: bytes) -> None:
    if "etag" not in headers and headers.get("content-type", "").startswith("application/json"):
        headers["etag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers.setdefault("cache-control", "private, no-cache")


def _is_known(wanted: Headers, headers: MutableHeaders) -> bool:
    known = wanted.get("if-none-match")
    return known is not None and "etag" in headers and etag_matches(known, headers["etag"])


async def _compressed(wanted: Headers, headers: MutableHeaders, body: bytes) -> bytes:
    if len(body) < _SMALL or "content-encoding" in headers or "content-range" in headers:
        return body
    if not headers.get("content-type", "").startswith(_TEXTUAL) or headers.get("content-type") == "text/event-stream":
        return body
    headers.add_vary_header("accept-encoding")
    coding = choose_coding(wanted.get("accept-encoding", ""))
    if coding is None:
        return body
    coder = _CODERS[coding]
    packed = await run_in_threadpool(coder, body) if len(body) > _LARGE else coder(body)
    headers["content-encoding"] = coding
    headers["content-length"] = str(len(packed))
    if (etag := headers.get("etag", 'W/"')) and not etag.startswith("W/"):
        headers["etag"] = "W/" + etag  # equal in meaning, no longer in bytes
    return packed


def choose_coding(header: str) -> str | None:
    """The best coding that `Accept-Encoding: header` allows; RFC 9110 section 12.5.3."""
    qualities: dict[str, float] = {}
    for piece in header.lower().split(",")[:32]:
        name, _, parameters = piece.partition(";")
        qualities[name.strip()] = _quality(parameters)
    best = max(_CODERS, key=lambda coding: qualities.get(coding, qualities.get("*", 0.0)))
    return best if qualities.get(best, qualities.get("*", 0.0)) > 0 else None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
