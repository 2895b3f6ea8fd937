"""What protects every door alike: limits on what comes in, headers on what goes out."""

import contextlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medley.protocols.plumbing.problems import problem

MAX_BODY = 2 * 1024 * 1024  # bytes; nothing that we take by request is larger

_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


class SecurityHeaders:
    """Middleware: safe defaults for what an answer does not say itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, guarded)


class _TooLargeError(Exception):
    pass


class BodyLimit:
    """Middleware: a body beyond `most` bytes is refused before it is read, or as soon as it turns out."""

    def __init__(self, app: ASGIApp, most: int = MAX_BODY) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or len(length) > 15 or int(length) > self._most:
            await self._refuse(scope, receive, send)
            return
        seen, started = 0, False

        async def counting() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise _TooLargeError
            return message

        async def watching(message: Message) -> None:
            nonlocal started
            # Frameworks answer our exception in their own way; ours comes afterwards.
            if seen <= self._most or started:
                started = True
                await send(message)

        with contextlib.suppress(_TooLargeError):
            await self._app(scope, counting, watching)
        if seen > self._most and not started:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        hint = f"A request carries at most {self._most // 1024} KiB here."
        await problem("too-large", "This request is too large.", hint=hint)(scope, receive, send)
