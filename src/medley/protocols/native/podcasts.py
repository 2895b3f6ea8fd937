"""Podcasts that are followed, and their episodes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.acquire import Episode, FeedChapter, Imported, Preview, Rules, Subscription
from medley.kernel.egress import Stream
from medley.kernel.errors import Unavailable
from medley.kernel.pages import Page
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import JobAsked
from medley.protocols.native._wire.asks import (
    ChangePodcast,
    EpisodePage,
    ItemId,
    NewPodcast,
    PageOf,
    PodcastAddress,
    PodcastList,
    PodcastRules,
)
from medley.protocols.native.files import Width
from medley.protocols.plumbing.streams import streamed

_A_DAY = "private, max-age=86400"
_PASSED_ON = ("content-length", "content-range", "accept-ranges", "etag", "last-modified")
_PLAYED = ("audio/", "video/", "application/ogg")

# Waiting for other people's servers must not use up the threads that answer everybody else.
_waiting = ThreadPoolExecutor(64, "listening")


def list_podcasts(house: House, who: Who, page: Annotated[PageOf, Query()]) -> Page[Subscription]:
    """The podcasts that are followed, by title. Addresses only for those who may change them."""
    return house.podcasts.subscriptions.page(who, page.cursor, page.limit)


def follow_podcast(house: House, who: Who, ask: NewPodcast) -> Subscription:
    """Follow a podcast by the address of its feed; it is read at once."""
    return house.podcasts.subscriptions.add(
        who,
        ask.url,
        login=ask.login,
        password=ask.password,
        rules=_rules(ask.rules),
        source_id=ask.source_id or "",
    )


def preview_podcast(house: House, ask: PodcastAddress) -> Preview:
    """Look at a feed before following it."""
    return house.podcasts.subscriptions.preview(ask.url, ask.login, ask.password)


def get_podcast(house: House, who: Who, feed_id: ItemId) -> Subscription:
    """One podcast."""
    return house.podcasts.subscriptions.get(who, feed_id)


def change_podcast(house: House, who: Who, feed_id: ItemId, ask: ChangePodcast) -> Subscription:
    """Other rules, or another name and password; it is refreshed soon."""
    rules = _rules(ask.rules) if ask.rules else None
    return house.podcasts.subscriptions.change(who, feed_id, rules=rules, login=ask.login, password=ask.password)


def leave_podcast(house: House, who: Who, feed_id: ItemId) -> None:
    """Follow a podcast no more; what was downloaded stays."""
    house.podcasts.subscriptions.remove(who, feed_id)


def refresh_podcasts(house: House, who: Who) -> JobAsked:
    """Read all feeds whose time has come."""
    return JobAsked(house.podcasts.refresh(who))


def refresh_podcast(house: House, who: Who, feed_id: ItemId) -> JobAsked:
    """Read one feed now."""
    return JobAsked(house.podcasts.refresh(who, feed_id))


def get_cover(house: House, who: Who, feed_id: ItemId, width: Width = 320) -> Response:
    """The picture of a podcast, at most `width` wide."""
    drawn = house.podcasts.cover(who, feed_id, width)
    headers = {"cache-control": _A_DAY, "content-security-policy": "sandbox; default-src 'none'"}
    return Response(drawn.data, media_type=drawn.media_type, headers=headers)


def export_podcasts(house: House, who: Who) -> Response:
    """All subscriptions as OPML, which every podcast app reads."""
    headers = {"content-disposition": 'attachment; filename="podcasts.opml"', "cache-control": "no-store"}
    return Response(house.podcasts.subscriptions.export_opml(who), media_type="text/x-opml", headers=headers)


def import_podcasts(house: House, who: Who, ask: PodcastList) -> Imported:
    """Follow every feed of an OPML document; the next refresh reads them."""
    data = ask.opml.encode("utf-8", "replace")
    return house.podcasts.subscriptions.import_opml(who, data, _rules(ask.rules), ask.source_id or "")


def list_episodes(house: House, who: Who, feed_id: ItemId, page: Annotated[EpisodePage, Query()]) -> Page[Episode]:
    """The episodes of a podcast, the newest first."""
    return house.podcasts.episodes.page(who, feed_id, page.cursor, page.limit, downloaded=page.downloaded)


def list_newest_episodes(house: House, who: Who, page: Annotated[EpisodePage, Query()]) -> Page[Episode]:
    """The episodes of all podcasts, the newest first."""
    return house.podcasts.episodes.page(who, "", page.cursor, page.limit, downloaded=page.downloaded)


def get_episode(house: House, who: Who, episode_id: ItemId) -> Episode:
    """One episode with its notes."""
    return house.podcasts.episodes.get(who, episode_id)


def list_chapters(house: House, who: Who, episode_id: ItemId) -> list[FeedChapter]:
    """The chapters of an episode, fetched where they lie in a file of their own."""
    return house.podcasts.episodes.chapters(who, episode_id)


def download_episode(house: House, who: Who, episode_id: ItemId) -> Episode:
    """Have an episode downloaded to this server."""
    return house.podcasts.episodes.download(who, episode_id)


def remove_episode(house: House, who: Who, episode_id: ItemId) -> Episode:
    """Move the file of an episode to the trash of its source."""
    return house.podcasts.episodes.remove(who, episode_id)


async def get_episode_bytes(house: House, who: Who, episode_id: ItemId, request: Request) -> Response:
    """The sound of an episode that is not downloaded, from its host through this server, whole or in ranges."""
    wanted = request.headers.get("range", "")[:200]
    opening = await run_in_threadpool(house.podcasts.episodes.listen, who, episode_id, wanted)
    stream = await _in_thread(opening.__enter__)
    if stream.status not in (200, 206, 416):
        await _in_thread(opening.__exit__, None, None, None)
        raise Unavailable("The host of this episode does not give it.", hint="Try again later.")
    headers = {name: stream.headers[name] for name in _PASSED_ON if name in stream.headers}
    media_type = stream.headers.get("content-type", "").strip().lower()
    safe = media_type if media_type.startswith(_PLAYED) else "application/octet-stream"
    answer = await streamed(_pieces(stream, opening), safe, headers)
    answer.status_code = stream.status
    return answer


async def _pieces(stream: Stream, opening: AbstractContextManager[Stream]) -> AsyncIterator[bytes]:
    pieces = iter(stream)
    try:
        while piece := await _in_thread(next, pieces, b""):
            yield piece
    finally:
        with suppress(Exception):  # whoever listened is gone, or was told already
            await _in_thread(opening.__exit__, None, None, None)


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_waiting, function, *arguments)


def _rules(ask: PodcastRules) -> Rules:
    return Rules(**ask.model_dump())
