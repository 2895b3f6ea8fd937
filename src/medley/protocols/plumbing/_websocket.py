"""One websocket, between ASGI messages and Granian's protocol object.

ASGI: https://asgi.readthedocs.io/en/latest/specs/www.html#websocket; RSGI: the page named in `bridge`.
"""

import asyncio
from typing import Any

from granian.rsgi import ProtocolClosed, WebsocketMessageType  # pyright: ignore[reportPrivateImportUsage]

from medley.protocols.plumbing._exchange import ClientGone, Message

_REFUSED = 403
_RESTARTING, _NO_STATUS = 1012, 1005  # RFC 6455, section 7.4; the first by IANA's list


class Talk:
    """The `receive` and `send` of one websocket."""

    def __init__(self, protocol: Any, stopping: asyncio.Event) -> None:
        self._protocol = protocol
        self._stopping = stopping
        self._transport: Any = None
        self._connected = False
        self._over = False

    async def receive(self) -> Message:
        """`websocket.connect`, then what the client says, then `websocket.disconnect`."""
        if not self._connected:
            self._connected = True
            return {"type": "websocket.connect"}
        if self._over or self._transport is None:
            return {"type": "websocket.disconnect", "code": _NO_STATUS}
        message = await self._next()
        if message is None:
            self._over = True
            return {"type": "websocket.disconnect", "code": _RESTARTING if self._stopping.is_set() else _NO_STATUS}
        if message.kind == WebsocketMessageType.string:
            return {"type": "websocket.receive", "text": message.data}
        return {"type": "websocket.receive", "bytes": bytes(message.data)}

    async def send(self, message: Message) -> None:
        """One ASGI message; `OSError` when nobody listens any more."""
        kind = message["type"]
        if kind == "websocket.accept":
            self._transport = await self._protocol.accept()
        elif kind == "websocket.close":
            self.finish(message.get("code", 1000))
        elif kind == "websocket.send":
            await self._push(message)

    def finish(self, code: int = 1000) -> None:
        """Close what is still open; refuse what was never accepted."""
        if not self._over:
            self._over = True
            self._protocol.close(code if self._transport is not None else _REFUSED)

    async def _push(self, message: Message) -> None:
        if self._over or self._transport is None:
            raise ClientGone("The client went away.")
        try:
            text = message.get("text")
            if text is not None:
                await self._transport.send_str(text)
            else:
                await self._transport.send_bytes(bytes(message.get("bytes") or b""))
        except ProtocolClosed as error:
            self._over = True
            raise ClientGone("The client went away.") from error

    async def _next(self) -> Any:
        """What comes next; None at the end, which is also where the server stops."""
        coming = asyncio.ensure_future(_message(self._transport))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            done, _ = await asyncio.wait((coming, stopping), return_when=asyncio.FIRST_COMPLETED)
            return coming.result() if coming in done else None
        finally:
            coming.cancel()
            stopping.cancel()


async def _message(transport: Any) -> Any:
    try:
        message = await transport.receive()
    except ProtocolClosed:
        return None
    return None if message.kind == WebsocketMessageType.close else message
