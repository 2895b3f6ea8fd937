"""The home page of a library: shelves of what one goes on with, what is new, and what one might like."""

from typing import Any

from medley.core.identity import Asker
from medley.core.library import Group, Work, WorkQuery
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf import authors, series
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._ids import Shelf, shelf_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._people import opened
from medley.protocols.audiobookshelf.libraries import newest_episodes
from medley.protocols.audiobookshelf.me import goes_on, with_podcasts

_USUAL = 10


def personalized(house: Parts, who: Asker, ask: Ask) -> list[dict[str, Any]]:
    """The shelves of a library; empty ones are left out."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    limit = ask.number("limit", _USUAL, most=100) or _USUAL
    mine = [each for each in opened(house, who) if each.kind == shelf.kind and each.source_id == shelf.source.id]
    if shelf.media_type == "podcast":
        made = _of_podcasts(house, who, shelf, mine, limit)
    else:
        made = _of_books(house, who, shelf, mine, limit)
    return [each for each in made if each["entities"]]


def _row(id_: str, label: str, type_: str, entities: list[Any], limit: int) -> dict[str, Any]:
    return {
        "id": id_,
        "label": label,
        "labelStringKey": "Label" + label.replace(" ", ""),
        "type": type_,
        "entities": entities[:limit],
        "total": len(entities),
    }


def _of_books(house: Parts, who: Asker, shelf: Shelf, mine: list[Work], limit: int) -> list[dict[str, Any]]:
    groups = house.library.works.series(who, shelf.source.id, shelf.kind)
    people = authors.views(shelf, authors.groups(house, who, shelf))
    reads = shelf.kind == "book"
    newest = sorted(groups, key=lambda each: -each.added_at_ms)[:limit]
    return [
        _row(
            "continue-reading" if reads else "continue-listening",
            "Continue Reading" if reads else "Continue Listening",
            "book",
            _begun(house, who, mine, limit),
            limit,
        ),
        _row("continue-series", "Continue Series", "book", _next_in_series(house, who, groups, mine, limit), limit),
        _row("recently-added", "Recently Added", "book", _listed(house, who, shelf, limit, sort="added"), limit),
        _row("recent-series", "Recent Series", "series", list(series.views(house, who, shelf.id, newest)), limit),
        _row("discover", "Discover", "book", _discovered(house, who, shelf, limit), limit),
        _row(
            "read-again" if reads else "listen-again",
            "Read Again" if reads else "Listen Again",
            "book",
            _done(house, who, mine, limit),
            limit,
        ),
        _row("newest-authors", "Newest Authors", "authors", sorted(people, key=lambda each: -each.added_at), limit),
    ]


def _of_podcasts(house: Parts, who: Asker, shelf: Shelf, mine: list[Work], limit: int) -> list[dict[str, Any]]:
    newest = with_podcasts(house, who, newest_episodes(house, who, shelf, limit))
    added = _listed(house, who, shelf, limit, sort="added")
    return [
        _row("continue-listening", "Continue Listening", "episode", _begun(house, who, mine, limit), limit),
        _row("newest-episodes", "Newest Episodes", "episode", newest, limit),
        _row("recently-added", "Recently Added", "podcast", added, limit),
        _row("listen-again", "Listen Again", "episode", _done(house, who, mine, limit), limit),
    ]


def _begun(house: Parts, who: Asker, mine: list[Work], limit: int) -> list[Any]:
    return with_podcasts(house, who, [each for each in mine if goes_on(each)][:limit])


def _done(house: Parts, who: Asker, mine: list[Work], limit: int) -> list[Any]:
    return with_podcasts(house, who, [each for each in mine if each.mine and each.mine.finished][:limit])


def _listed(house: Parts, who: Asker, shelf: Shelf, limit: int, **query: Any) -> list[Any]:
    wanted = WorkQuery(source=shelf.source.id, kind=shelf.kind, limit=limit, descending=True, **query)
    found = house.library.works.get(who, house.library.works.page(who, wanted).ids)
    return [items.minified(each) for each in found]


def _discovered(house: Parts, who: Asker, shelf: Shelf, limit: int) -> list[Any]:
    return _listed(house, who, shelf, limit, sort="random", filter="state", value="not_started")


def _next_in_series(house: Parts, who: Asker, groups: list[Group], mine: list[Work], limit: int) -> list[Any]:
    """Of each series of which a book is finished and none is begun, the first book that is left."""
    done = {each.id: each.mine.happened_at_ms for each in mine if each.mine and each.mine.finished}
    begun = {each.id for each in mine if each.mine and not each.mine.finished}
    aside = set(house.library.listening.aside(who))
    wanted: dict[str, tuple[int, str]] = {}
    for group in groups:
        members = [item_id for item_id, _ in group.members]
        last = max((done[each] for each in members if each in done), default=0)
        left = [each for each in members if each not in done]
        if last and left and group.id not in aside and not begun.intersection(members):
            wanted.setdefault(left[0], (last, next(number for each, number in group.members if each == left[0])))
    found = items.by_id(house.library.works.get(who, sorted(wanted, key=lambda each: -wanted[each][0])[:limit]))
    return [
        items.minified(work, series_sequence=wanted[each][1] or None, prev_book_in_progress_last_update=wanted[each][0])
        for each, work in found.items()
    ]
