"""One request and its answer, between ASGI messages and Granian's protocol object."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from granian.rsgi import ProtocolClosed  # pyright: ignore[reportPrivateImportUsage] - documented there

from medley.protocols.plumbing._handles import Handles
from medley.protocols.plumbing.repeats import Repeatable

Message = MutableMapping[str, Any]


class ClientGone(OSError):
    """Nobody is there any more to be answered; no fault of anybody's."""


class Exchange:
    """The `receive` and `send` of one request."""

    def __init__(self, method: str, headers: Any, protocol: Any, handles: Handles, stopping: asyncio.Event) -> None:
        self._head_only = method == "HEAD"
        self._protocol = protocol
        self._handles = handles
        self._stopping = stopping
        self._has_body = headers.get("content-length", "0") != "0" or headers.get("transfer-encoding") is not None
        self._chunks: Any = None
        self._received = False
        self._start: tuple[int, list[tuple[str, str]]] | None = None
        self._stream: Any = None
        self._answered = False
        self._gone = asyncio.Event()
        self.repeat: tuple[str, list[tuple[str, str]], Repeatable] | None = None  # what `Repeats.keep` takes

    @property
    def gone(self) -> bool:
        """Whether the client went away while it was being answered."""
        return self._gone.is_set()

    async def receive(self) -> Message:
        """The body in pieces; after it `http.disconnect`, once the client is gone or the server stops."""
        if self._received:
            await self._disconnect()
            return {"type": "http.disconnect"}
        chunk = await self._next_chunk() if self._has_body else None
        self._received = chunk is None
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(self, message: Message) -> None:
        """One ASGI message of the answer; `OSError` when nobody listens any more."""
        kind = message["type"]
        if kind == "http.response.start":
            self._start = message["status"], _headers(message)
        elif kind == "http.response.body":
            await self._send_body(message.get("body", b""), more=message.get("more_body", False))
        elif kind == "medley.file":
            self._send_file(message)

    def finish(self) -> None:
        """Answer for an application that ended without answering."""
        if not self._answered:
            self._answered = True
            self._protocol.response_bytes(500, [("content-type", "text/plain")], b"Internal Server Error")

    async def _next_chunk(self) -> bytes | None:
        if self._chunks is None:
            self._chunks = aiter(self._protocol)
        try:
            return bytes(await anext(self._chunks))
        except StopAsyncIteration:
            return None
        except ProtocolClosed as error:
            self._gone.set()
            raise ClientGone("The client went away.") from error

    async def _disconnect(self) -> None:
        waiting = [asyncio.ensure_future(self._gone.wait()), asyncio.ensure_future(self._stopping.wait())]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waiting:
                each.cancel()

    async def _send_body(self, body: bytes, *, more: bool) -> None:
        assert self._start is not None, "a body before its start"
        if self._stream is not None:
            if body:
                await self._push(body)
            return
        if self._answered:
            return
        status, headers = self._start
        self._answered = True
        if more and not self._head_only:
            self._stream = self._protocol.response_stream(status, headers)
            if body:
                await self._push(body)
        elif body and not self._head_only:
            self._protocol.response_bytes(status, headers, bytes(body))
        else:
            self._protocol.response_empty(status, _with_length(headers, len(body)) if body else headers)

    async def _push(self, body: bytes) -> None:
        if self.gone:
            raise ClientGone("The client went away.")
        try:
            await self._stream.send_bytes(bytes(body))
        except ProtocolClosed:
            # `receive` now tells it, which cancels the producer where it waits, so that it cleans up at once; an
            # error raised here would leave it suspended until the garbage collector finds it.
            self._gone.set()

    def _send_file(self, message: Message) -> None:
        assert self._start is not None, "a file before its start"
        status, headers = self._start
        self._answered = True
        lent = self._handles.lend(message["descriptor"])
        if lent is not None and message.get("repeat") is not None:
            self.repeat = lent, headers, message["repeat"]
        # Granian's `end` is exclusive, and it sets neither Content-Length nor Content-Range.
        self._protocol.response_file_range(status, headers, lent or message["path"], message["start"], message["stop"])


def _headers(message: Message) -> list[tuple[str, str]]:
    pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message.get("headers", ())]
    # A line break inside a value would be dropped by the server, header and all: fail where it comes from instead.
    assert not any(letter in value for _, value in pairs for letter in "\r\n\0"), "a header of several lines"
    pairs.append(("server", "Medley"))
    return pairs


def _with_length(headers: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    if any(name.lower() == "content-length" for name, _ in headers):
        return headers
    return [*headers, ("content-length", str(length))]
