"""What happens, as it happens: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from collections.abc import AsyncIterator

import msgspec
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from medley.core.acquire.events import PodcastChanged
from medley.core.identity import Asker
from medley.core.library.events import (
    ItemsAdded,
    ItemsChanged,
    ItemsRemoved,
    NoticeRaised,
    ProgressChanged,
    SourceChanged,
)
from medley.kernel.events import Event
from medley.kernel.jobs import JobChanged
from medley.protocols.native._auth import token_of
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.plumbing.hub import Hub

_BATCH = 200
_FAR_BEHIND = 5_000  # more than this and loading afresh is quicker than hearing it all
_HEARTBEAT_S = 15.0  # short enough for proxies, and to notice that nobody listens any more

_NAMES: dict[type[Event], str] = {ItemsAdded: "ItemAdded", ItemsChanged: "ItemChanged", ItemsRemoved: "ItemRemoved"}
_ABOUT_SOURCES = (ItemsAdded, ItemsChanged, ItemsRemoved, SourceChanged, PodcastChanged)


async def stream_events(house: House, who: Who, request: Request) -> Response:
    """Events that the asker may know of, from now on or after `Last-Event-ID`."""
    head = await run_in_threadpool(house.postman.head)
    after = _last_seen(request, head)
    token, _ = token_of(request)
    pieces = _pieces(house, request.app.state.hub, token or "", who, after)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(pieces, media_type="text/event-stream", headers=headers)


async def _pieces(house: Parts, hub: Hub, token: str, who: Asker, after: int) -> AsyncIterator[bytes]:
    hub.join()
    try:
        yield f"retry: 3000\nid: {after}\n\n".encode()
        asker: Asker | None = who
        while asker is not None:
            news = await run_in_threadpool(house.postman.tail, after, _BATCH)
            for after, event in news:
                if may_know(asker, event):
                    yield written(after, event)
            if not news and not await hub.changed(_HEARTBEAT_S):
                yield b": still here\n\n"
            # A session that has ended hears no more, however long it has been listening.
            asker = await run_in_threadpool(house.identity.session, token)
    finally:
        hub.leave()


def may_know(asker: Asker, event: Event) -> bool:
    """Whether an event is any business of `asker`; what nobody has thought of is not."""
    if isinstance(event, _ABOUT_SOURCES):
        return asker.may_see(event.source_id)
    if isinstance(event, ProgressChanged):
        return event.user_id == asker.user_id
    return isinstance(event, JobChanged | NoticeRaised) and "system.configure" in asker.permissions


def written(seq: int, event: Event) -> bytes:
    """One event in the stream's own form."""
    name = _NAMES.get(type(event), type(event).__name__)
    return f"id: {seq}\nevent: {name}\ndata: ".encode() + msgspec.json.encode(event) + b"\n\n"


def _last_seen(request: Request, head: int) -> int:
    told = request.headers.get("last-event-id", "")
    if not told.isdecimal() or not told.isascii() or len(told) > 18:
        return head
    return int(told) if head - _FAR_BEHIND <= int(told) <= head else head
