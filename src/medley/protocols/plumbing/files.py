"""Answering with the bytes of a file: whole, in ranges, conditionally.

The bytes themselves are sent by the server below (Granian), by the proxy in front (`X-Accel-Redirect`), or where
neither can, in pieces by us.
"""

import os
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from medley.kernel.http import (
    Answer,
    Representation,
    Span,
    decide,
    format_date,
    framing,
    multipart_length,
    part_head,
    parts_end,
)
from medley.protocols.plumbing.bridge import FILE_EXTENSION
from medley.protocols.plumbing.repeats import STILL, Repeatable

_CHUNK = 256 * 1024
# Whatever a file claims to be, opened as a page of its own it can neither run scripts nor reach the API.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'"


class FileRange(Response):
    """The bytes of an open file. Takes the file over: it is closed when the answer is done."""

    def __init__(
        self,
        file: BinaryIO,
        media_type: str,
        *,
        attachment: str | None = None,
        etag: str | None = None,
        cache_control: str = "private, no-cache",
        headers: Mapping[str, str] | None = None,
        repeatable: bool = False,
    ) -> None:
        """`file.name` is its path; `attachment` the name to save it under; `etag` a strong one, made if None.

        `repeatable`: sending these bytes again to the same asker needs no handler (see `repeats`).
        """
        self.background = None
        self._file = file
        self._repeatable = repeatable
        self._state = info = os.fstat(file.fileno())
        tag = etag or f'"{info.st_mtime_ns:x}-{info.st_size:x}"'
        self._it = Representation(info.st_size, tag, int(info.st_mtime))
        self.status_code = 200
        self.media_type = media_type
        self.init_headers(headers)
        self.headers["accept-ranges"] = "bytes"
        self.headers["cache-control"] = cache_control
        self.headers["etag"] = tag
        self.headers["last-modified"] = format_date(info.st_mtime)
        self.headers.setdefault("content-security-policy", _SANDBOX)
        if attachment is not None:
            self.headers["content-disposition"] = disposition(attachment)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the face of ASGI
        try:
            await self._answer(scope, send)
        finally:
            self._file.close()

    async def _answer(self, scope: Scope, send: Send) -> None:
        extension = scope.get("extensions", {}).get(FILE_EXTENSION)
        location = _location(self._file, extension["accel"]) if extension and extension["accel"] else None
        if location is not None:
            del self.headers["etag"], self.headers["last-modified"]  # nginx decides, by its own
            self.headers["x-accel-redirect"] = location
            await self._start(send, 200)
            await send({"type": "http.response.body", "body": b""})
            return
        answer = decide(scope["method"], Headers(scope=scope), self._it)
        if answer.status == 206 and len(answer.spans) > 1:
            await self._send_parts(send, answer.spans)
        else:
            await self._send_one(scope, send, answer, by_server=extension is not None)

    async def _send_one(self, scope: Scope, send: Send, answer: Answer, *, by_server: bool) -> None:
        self.headers.update(framing(answer, self._it.size))
        await self._start(send, answer.status)
        if scope["method"] == "HEAD" or not answer.span.length:
            await send({"type": "http.response.body", "body": b""})
        elif by_server:
            await send({**_file_message(self._file, answer.span), "repeat": self._again(scope)})
        else:
            async for chunk in self._read(answer.span):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

    async def _send_parts(self, send: Send, spans: Sequence[Span]) -> None:
        boundary, media_type, size = secrets.token_hex(16), self.headers["content-type"], self._it.size
        self.headers["content-length"] = str(multipart_length(boundary, media_type, spans, size))
        self.headers["content-type"] = f"multipart/byteranges; boundary={boundary}"
        await self._start(send, 206)
        for span in spans:
            await _push(send, part_head(boundary, media_type, span, size))
            async for chunk in self._read(span):
                await _push(send, chunk)
            await _push(send, b"\r\n")
        await send({"type": "http.response.body", "body": parts_end(boundary)})

    def _again(self, scope: Scope) -> Repeatable | None:
        still = scope.get(STILL) if self._repeatable else None
        return Repeatable(self._it, self._state, still) if still is not None else None

    async def _start(self, send: Send, status: int) -> None:
        await send({"type": "http.response.start", "status": status, "headers": self.raw_headers})

    async def _read(self, span: Span) -> AsyncIterator[bytes]:
        at = span.start
        while at < span.stop:
            chunk = await run_in_threadpool(os.pread, self._file.fileno(), min(_CHUNK, span.stop - at), at)
            if not chunk:
                raise OSError(f"{self._file.name} became shorter while it was sent.")
            at += len(chunk)
            yield chunk


def disposition(name: str) -> str:
    """`Content-Disposition` for saving under `name`; RFC 6266 with the encoding of RFC 8187."""
    plain = "".join(letter if " " <= letter <= "~" and letter not in '"\\%' else "_" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _file_message(file: BinaryIO, span: Span) -> dict[str, Any]:
    return {
        "type": "medley.file",
        "descriptor": file.fileno(),
        "path": _real_path(file),
        "start": span.start,
        "stop": span.stop,
    }


async def _push(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _real_path(file: BinaryIO) -> str:
    try:
        return str(Path(f"/proc/self/fd/{file.fileno()}").readlink())
    except OSError:
        return file.name


def _location(file: BinaryIO, accel: Mapping[str, str]) -> str | None:
    """Where nginx finds `file` internally, by the longest configured folder that holds it."""
    path = _real_path(file)
    for folder in sorted(accel, key=len, reverse=True):
        below = path.removeprefix(folder.rstrip("/") + "/")
        if below != path:
            return quote(os.fsencode(accel[folder].rstrip("/") + "/" + below))
    return None
