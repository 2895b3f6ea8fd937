"""Podcasts as this door's apps see them: those that are followed, and those that merely lie in the library.

What is followed has its channel by the subscription's id, with every episode of the feed; what of it was downloaded is
played by its item. Episodes in the library that no feed knows stand in the channel of their podcast, too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import UNSET
from msgspec.structs import asdict, replace

from medley.core.acquire import Episode, Subscription
from medley.core.identity import Asker
from medley.core.library import ItemCard, ItemQuery, ItemSheet
from medley.kernel.errors import NotFound
from medley.kernel.pages import MAX_LIMIT
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ids import to_id
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.podcasts import PodcastChannel, PodcastEpisode

_PODCASTS = ItemQuery(kind="podcast", level="podcast", limit=MAX_LIMIT)
_EPISODES = ItemQuery(kind="podcast", level="episode", sort="date", order="desc", limit=MAX_LIMIT)
_STATUS = {
    "listed": "skipped",
    "wanted": "downloading",
    "loading": "downloading",
    "here": "completed",
    "failed": "error",
    "removed": "skipped",
}


def channels(house: Parts, who: Asker, *, with_episodes: bool) -> list[PodcastChannel]:
    """All podcasts by title, in a number of queries that does not depend on how many there are, but for paging."""
    followed, lying = list(_followed(house, who)), list(_items(house, who, _PODCASTS))
    episodes = house.podcasts.episodes.of_podcasts(who, [each.id for each in followed])
    played = _played(house, who, [each for every in episodes.values() for each in every])
    homes = {feed_id: home for feed_id, every in episodes.items() if (home := _home(every, played))}
    loose = _loose(house, who, set(played)) if with_episodes else {}
    found = []
    for each in followed:
        own = _told(episodes[each.id], played) if with_episodes else []
        home = homes.get(each.id, "")
        found.append(_channel(each, [*own, *_lying(loose.get(home, ()), to_id("po", each.id))]))
    shown = set(homes.values())
    rest = [card for card in lying if card.id not in shown]
    found += [_library_channel(card, _lying(loose.get(card.id, ()), to_id("po", card.id))) for card in rest]
    return sorted(found, key=lambda each: str(each.title).casefold())


def channel(house: Parts, who: Asker, own: str, *, with_episodes: bool) -> PodcastChannel:
    """The podcast with an id of ours, that of a subscription or of an item."""
    try:
        followed = house.podcasts.subscriptions.get(who, own)
    except NotFound:
        return _of_library(house, who, own, with_episodes=with_episodes)
    episodes = house.podcasts.episodes.of_podcasts(who, [own])[own] if with_episodes else []
    played = _played(house, who, episodes)
    listed = _told(episodes, played)
    if home := _home(episodes, played):
        below = [
            card.id for card in _items(house, who, ItemQuery(parent=home, limit=MAX_LIMIT)) if card.id not in played
        ]
        listed += _lying(house.library.items.sheets(who, below), to_id("po", own))
    return _channel(followed, listed)


def newest(house: Parts, who: Asker, count: int) -> list[PodcastEpisode]:
    """The newest episodes of all podcasts."""
    episodes = house.podcasts.episodes.page(who, limit=count).items
    played = _played(house, who, episodes)
    page = house.library.items.page(who, replace(_EPISODES, limit=count))
    cards = [card for card in page.items if not card.missing]
    known = set(house.podcasts.episodes.by_items(who, [card.id for card in cards]))
    sheets = house.library.items.sheets(who, [card.id for card in cards if card.id not in known])
    found = [*_told(episodes, played), *(_lying_alone(each) for each in sheets)]
    return sorted(found, key=lambda each: each.publish_date or "", reverse=True)[:count]


def episode(house: Parts, who: Asker, own: str) -> PodcastEpisode:
    """The episode with an id of ours, that of a feed or of an item."""
    try:
        found = house.podcasts.episodes.get(who, own)
    except NotFound:
        by_item = house.podcasts.episodes.by_items(who, [own])
        if own not in by_item:
            return _of_item(house, who, own)
        found = by_item[own]
    return _told([found], _played(house, who, [found]))[0]


def _of_item(house: Parts, who: Asker, own: str) -> PodcastEpisode:
    for sheet in house.library.items.sheets(who, [own]):
        if sheet.kind == "podcast" and sheet.level == "episode":
            return _lying_alone(sheet)
    raise NotFound("There is no such episode.", hint="It may have been removed; list the podcasts again.")


def _of_library(house: Parts, who: Asker, own: str, *, with_episodes: bool) -> PodcastChannel:
    for card in house.library.items.cards(who, [own]):
        if card.kind == "podcast" and card.level == "podcast":
            query = ItemQuery(parent=own, limit=MAX_LIMIT)
            below = [each.id for each in _items(house, who, query)] if with_episodes else []
            return _library_channel(card, _lying(house.library.items.sheets(who, below), to_id("po", own)))
    raise NotFound("There is no such podcast.", hint="It may have been removed; list the podcasts again.")


def _followed(house: Parts, who: Asker) -> Iterable[Subscription]:
    cursor = ""
    while True:
        page = house.podcasts.subscriptions.page(who, cursor, MAX_LIMIT)
        yield from page.items
        if not (cursor := page.next or ""):
            return


def _items(house: Parts, who: Asker, query: ItemQuery) -> Iterable[ItemCard]:
    while True:
        page = house.library.items.page(who, query)
        yield from (card for card in page.items if not card.missing)
        if not page.next:
            return
        query = replace(query, cursor=page.next)


def _played(house: Parts, who: Asker, episodes: Sequence[Episode]) -> dict[str, ItemSheet]:
    """item's id → the item of those episodes that are here."""
    ids = [each.item_id for each in episodes if each.item_id]
    return {sheet.id: sheet for sheet in house.library.items.sheets(who, ids)}


def _home(episodes: Sequence[Episode], played: dict[str, ItemSheet]) -> str:
    """The item of the podcast whose episodes these are; empty while none of them is here."""
    sheets = (played.get(each.item_id or "") for each in episodes)
    return next((sheet.parent.id for sheet in sheets if sheet is not None and sheet.parent), "")


def _loose(house: Parts, who: Asker, known: set[str]) -> dict[str, list[ItemSheet]]:
    """podcast's item → its episodes that no feed knows."""
    ids = [card.id for card in _items(house, who, _EPISODES) if card.id not in known]
    found: dict[str, list[ItemSheet]] = defaultdict(list)
    for sheet in house.library.items.sheets(who, ids):
        if sheet.parent is not None:
            found[sheet.parent.id].append(sheet)
    return found


def _channel(followed: Subscription, episodes: list[PodcastEpisode]) -> PodcastChannel:
    return PodcastChannel(
        id=to_id("po", followed.id),
        url=followed.url,
        title=followed.title,
        description=followed.summary or UNSET,
        cover_art=to_id("po", followed.id) if followed.has_cover else UNSET,
        status="error" if followed.failing else "completed" if followed.checked_at_ms else "new",
        error_message=followed.failing or UNSET,
        episode=episodes,
    )


def _library_channel(card: ItemCard, episodes: list[PodcastEpisode]) -> PodcastChannel:
    return PodcastChannel(
        id=to_id("po", card.id),
        url="",
        title=card.title,
        cover_art=to_id("po", card.id) if card.artwork else UNSET,
        status="completed",
        episode=episodes,
    )


def _told(episodes: Sequence[Episode], played: dict[str, ItemSheet]) -> list[PodcastEpisode]:
    return [_episode(each, played.get(each.item_id or "")) for each in episodes]


def _episode(told: Episode, sheet: ItemSheet | None) -> PodcastEpisode:
    """An episode of a feed, with what its file tells where it is here."""
    known = asdict(translate.song(sheet)) if sheet is not None else {"is_dir": False, "type": "podcast"}
    more = {
        "id": to_id("ep", told.id),
        "title": told.title,
        "parent": to_id("po", told.feed_id),
        "album": told.podcast,
        "cover_art": to_id("po", told.feed_id),
        "year": _year(told.published_ms) or UNSET,
        "duration": known.get("duration") or translate.seconds(told.duration_ms) or UNSET,
        "size": known.get("size") or told.media_bytes or UNSET,
        "content_type": known.get("content_type") or told.media_type or UNSET,
    }
    # Scanned or not: without an item there is nothing to play yet.
    status = "downloading" if told.state == "here" and sheet is None else _STATUS[told.state]
    return PodcastEpisode(
        **{**known, **more},
        stream_id=to_id("so", sheet.id) if sheet is not None else UNSET,
        channel_id=to_id("po", told.feed_id),
        description=told.summary or UNSET,
        status=status,
        publish_date=translate.moment(told.published_ms),
    )


def _lying(sheets: Iterable[ItemSheet], channel_id: str) -> list[PodcastEpisode]:
    """Episodes that no feed knows, as part of a channel."""
    found = []
    for sheet in sheets:
        known = {**asdict(translate.song(sheet)), "id": to_id("ep", sheet.id), "parent": channel_id}
        date = f"{sheet.date}T00:00:00.000Z" if len(sheet.date) == 10 else UNSET
        episode_ = PodcastEpisode(
            **{**known, "cover_art": channel_id},
            stream_id=to_id("so", sheet.id),
            channel_id=channel_id,
            status="completed",
            publish_date=date,
        )
        found.append(episode_)
    return found


def _lying_alone(sheet: ItemSheet) -> PodcastEpisode:
    return _lying([sheet], to_id("po", sheet.parent.id if sheet.parent else sheet.id))[0]


def _year(at_ms: int) -> int:
    moment = translate.moment(at_ms)
    return int(moment[:4]) if isinstance(moment, str) else 0
