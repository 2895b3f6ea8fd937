"""What happens, as it happens: socket.io, version 4 of its protocol (https://socket.io/docs/v4/socket-io-protocol/).

An app connects, sends its token as the event `auth` and is answered by `init`; from then on it hears of what it may
know. One look at the database serves all sockets.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import msgspec
import socketio
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from medley.core.identity import Asker
from medley.core.library.events import ItemsAdded, ItemsChanged, ItemsRemoved, ProgressChanged, SourceChanged
from medley.kernel.errors import MedleyError
from medley.kernel.events import Event
from medley.protocols.audiobookshelf import _news
from medley.protocols.audiobookshelf._auth import asker_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.plumbing.hub import Hub

PATHS = ("/audiobookshelf/socket.io", "/socket.io")

_BATCH = 200
_WAIT_S = 15.0
_MOST_PACKET = 100_000  # bytes; apps send a token and little else
_ABOUT_SOURCES = (ItemsAdded, ItemsChanged, ItemsRemoved, SourceChanged)


@dataclass(frozen=True, slots=True)
class _Listener:
    """Who signed in on a socket."""

    session_id: str
    token: str


class Sockets:
    """All open sockets of this process."""

    def __init__(self, parts: Parts) -> None:
        self._house = parts
        self._hub = Hub(parts.database)
        self._listeners: dict[str, _Listener] = {}
        self._telling: asyncio.Task[None] | None = None
        # CORS is the door's own affair: an empty list keeps it from being answered twice.
        self._server = socketio.AsyncServer(
            async_mode="asgi", cors_allowed_origins=[], max_http_buffer_size=_MOST_PACKET
        )
        self._server.on("auth", self._auth)
        self._server.on("ping", self._ping)
        self._server.on("disconnect", self._gone)

    def before(self, app: ASGIApp) -> ASGIApp:
        """`app`, with sockets answering at their paths."""
        for path in PATHS:
            app = socketio.ASGIApp(self._server, other_asgi_app=app, socketio_path=path)
        return app

    async def _auth(self, sid: str, token: Any = None) -> None:
        try:
            who = await run_in_threadpool(asker_of, self._house, token if isinstance(token, str) else "")
        except MedleyError as error:
            await self._server.emit("auth_failed", {"message": error.message}, to=sid)
            return
        if not self._listeners:
            self._hub.join()
            self._telling = asyncio.create_task(self._tell())
        self._listeners[sid] = _Listener(who.session_id or "", token)
        await self._server.emit("init", {"userId": who.user_id, "username": who.name}, to=sid)

    async def _ping(self, sid: str, *_: Any) -> None:
        await self._server.emit("pong", to=sid)

    async def _gone(self, sid: str, *_: Any) -> None:
        if self._listeners.pop(sid, None) is not None and not self._listeners:
            self._hub.leave()
            if self._telling is not None:
                self._telling.cancel()
                self._telling = None

    async def _tell(self) -> None:
        after = await run_in_threadpool(self._house.postman.head)
        while True:
            try:
                news = await run_in_threadpool(self._house.postman.tail, after, _BATCH)
                for seq, event in news:
                    after = seq
                    await self._spread(event)
                if not news:
                    await self._hub.changed(_WAIT_S)
            except MedleyError:
                await asyncio.sleep(1)  # the database is away for a moment

    async def _spread(self, event: Event) -> None:
        """Tell everybody who may know of an event."""
        if not isinstance(event, (*_ABOUT_SOURCES, ProgressChanged)):
            return
        for sid, listener in tuple(self._listeners.items()):
            # A session that has ended hears no more, however long it has been listening.
            who = await run_in_threadpool(self._house.identity.by_session, listener.session_id)
            if who is None:
                await self._server.disconnect(sid)
            elif _may_know(who, event):
                for name, data in await run_in_threadpool(_news.told, self._house, who, event, listener.token):
                    await self._server.emit(name, msgspec.to_builtins(data), to=sid)


def _may_know(who: Asker, event: Event) -> bool:
    if isinstance(event, ProgressChanged):
        return event.user_id == who.user_id
    return isinstance(event, _ABOUT_SOURCES) and who.may_see(event.source_id)
