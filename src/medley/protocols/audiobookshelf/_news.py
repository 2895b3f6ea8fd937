"""Our events → theirs."""

from collections.abc import Iterator
from typing import Any

from medley.core.identity import Asker
from medley.core.library import Work
from medley.core.library.events import ItemsAdded, ItemsChanged, ItemsRemoved, ProgressChanged, SourceChanged
from medley.kernel.events import Event
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ids import KINDS, shelves
from medley.protocols.audiobookshelf._mine import progress_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._people import user_of
from medley.protocols.audiobookshelf.items import all_expanded
from medley.protocols.audiobookshelf.libraries import view

News = list[tuple[str, Any]]

_CHUNK = 10


def told(house: Parts, who: Asker, event: Event, token: str) -> News:
    """What `who`, who came with `token`, is told of an event, each with its name."""
    if isinstance(event, ProgressChanged):
        return _progress(house, who, event, token)
    if isinstance(event, ItemsRemoved):
        return [("item_removed", {"id": item_id, "libraryId": None}) for item_id in event.item_ids]
    if isinstance(event, SourceChanged):
        changed = [each for each in shelves(house, who) if each.source.id == event.source_id]
        return [("library_updated", view(each)) for each in changed]
    if isinstance(event, ItemsAdded):
        return list(_items(house, who, event.item_ids, "added"))
    return list(_items(house, who, event.item_ids, "updated")) if isinstance(event, ItemsChanged) else []


def _progress(house: Parts, who: Asker, event: ProgressChanged, token: str) -> News:
    for work in house.library.works.get(who, [event.item_id]):
        if work.kind not in KINDS:
            return []
        if (data := progress_of(work, who.user_id)) is not None:
            update = {"id": data.id, "sessionId": None, "deviceDescription": None, "data": data}
            return [("user_item_progress_updated", update)]
    return [("user_updated", user_of(house, who, token))]


def _items(house: Parts, who: Asker, item_ids: list[str], verb: str) -> Iterator[tuple[str, Any]]:
    """Items one by one, or ten at a time; an episode is news of its podcast."""
    works = [each for each in house.library.works.get(who, item_ids, "whole") if each.kind in KINDS]
    tops = [each for each in works if each.parent_id is None]
    episodes = [each for each in works if each.parent_id is not None]
    known = {each.id for each in tops}
    above = house.library.works.get(who, list({each.parent_id for each in episodes if each.parent_id} - known))
    yield from _chunked(house, who, tops, verb)
    yield from _chunked(house, who, above, "updated")
    if verb == "added":
        podcasts = items.by_id([*tops, *above])
        for each in episodes:
            made, podcast = items.episode(each), podcasts.get(each.parent_id or "")
            if made is not None and podcast is not None:
                fields = {name: getattr(made, name) for name in made.__struct_fields__}
                yield "episode_added", {**_camel(fields, made), "libraryItem": items.expanded(podcast)}


def _chunked(house: Parts, who: Asker, works: list[Work], verb: str) -> Iterator[tuple[str, Any]]:
    for start in range(0, len(works), _CHUNK):
        shown = all_expanded(house, who, works[start : start + _CHUNK])
        yield (f"item_{verb}", shown[0]) if len(works) == 1 else (f"items_{verb}", shown)


def _camel(fields: dict[str, Any], made: Any) -> dict[str, Any]:
    return dict(zip(made.__struct_encode_fields__, fields.values(), strict=True))
