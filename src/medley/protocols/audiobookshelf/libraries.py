"""Libraries: what there is of books and podcasts, in pages."""

from typing import Any

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import Work, WorkQuery
from medley.protocols.audiobookshelf import _filters as filters
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask, seconds
from medley.protocols.audiobookshelf._ids import Shelf, shelf_of, shelves, to_base64
from medley.protocols.audiobookshelf._mine import progress_of
from medley.protocols.audiobookshelf._pages import page
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import server as wire
from medley.protocols.audiobookshelf._wire.base import Page
from medley.protocols.audiobookshelf._wire.media import LibraryItemMinified

_ICONS = {"audiobook": "audiobookshelf", "book": "books-1", "podcast": "podcast"}
_MANY = 10


def list_libraries(house: Parts, who: Asker, _ask: Ask) -> dict[str, Any]:
    """The libraries that one may see."""
    return {"libraries": [view(shelf, order) for order, shelf in enumerate(shelves(house, who), start=1)]}


def get_library(house: Parts, who: Asker, ask: Ask) -> Any:
    """One library; with `include=filterdata` what its lists can be narrowed by."""
    shelf = _shelf(house, who, ask)
    if "filterdata" not in ask.words("include"):
        return view(shelf)
    mine = [each for each in house.library.works.lists(who, "playlist") if each.owner_id == who.user_id]
    gone = WorkQuery(source=shelf.source.id, kind=shelf.kind, filter="gone", limit=1)
    return {
        "filterdata": _filterdata(house, who, shelf),
        "issues": house.library.works.page(who, gone).total,
        "numUserPlaylists": len(mine),
        "customMetadataProviders": [],
        "library": view(shelf),
    }


def get_filterdata(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """What the library's lists can be narrowed by."""
    return _filterdata(house, who, _shelf(house, who, ask))


def view(shelf: Shelf, order: int = 1) -> wire.LibraryView:
    """A library of theirs."""
    source = shelf.source
    folder = wire.Folder(id=source.id, full_path=f"/{source.name}", library_id=shelf.id, added_at=source.scanned_at_ms)
    return wire.LibraryView(
        id=shelf.id,
        name=shelf.name,
        folders=[folder],
        display_order=order,
        icon=_ICONS[shelf.kind],
        media_type=shelf.media_type,
        last_scan=source.scanned_at_ms or None,
        created_at=source.scanned_at_ms,
        last_update=source.scanned_at_ms,
    )


def _filterdata(house: Parts, who: Asker, shelf: Shelf) -> dict[str, Any]:
    names = house.library.works.names(who, shelf.source.id, shelf.kind)
    return {
        "authors": [{"id": each.id, "name": each.name} for each in names.authors],
        "genres": names.genres,
        "tags": names.tags,
        "series": [{"id": each.id, "name": each.name} for each in names.series],
        "narrators": [each.name for each in names.narrators],
        "languages": names.languages,
        "publishers": names.publishers,
        "publishedDecades": [str(each) for each in names.decades],
        "bookCount": _total(house, who, shelf) if shelf.media_type == "book" else 0,
        "authorCount": len(names.authors),
        "seriesCount": len(names.series),
        "podcastCount": _total(house, who, shelf) if shelf.media_type == "podcast" else 0,
        "numIssues": 0,
        "loadedAt": house.clock.now_ms(),
    }


def _total(house: Parts, who: Asker, shelf: Shelf) -> int:
    return house.library.works.page(who, WorkQuery(source=shelf.source.id, kind=shelf.kind, limit=1)).total


def list_items(house: Parts, who: Asker, ask: Ask) -> Page:
    """A page of a library: filtered, sorted; the books of a series as one where `collapseseries` asks for it."""
    shelf = _shelf(house, who, ask)
    query = filters.query(shelf, ask)
    found = house.library.works.page(who, query)
    collapse = ask.flag("collapseseries") and shelf.media_type == "book" and query.filter != "series"
    if collapse:
        shown, total = _collapsed(house, who, shelf, query)
    else:
        shown, total = house.library.works.get(who, found.ids), found.total
    told = ask.words("include") & {"progress", "userMediaProgress"} or collapse
    return page(
        ask,
        _views(house, who, shelf, shown, query, collapse=collapse, progress=bool(told)),
        total,
        media_type=shelf.media_type,
        collapseseries=ask.flag("collapseseries"),
        offset=ask.number("limit") * ask.number("page"),
    )


def _views(
    house: Parts, who: Asker, shelf: Shelf, works: list[Work], query: WorkQuery, *, collapse: bool, progress: bool
) -> list[LibraryItemMinified]:
    series = (
        {each.id: each for each in house.library.works.series(who, shelf.source.id, shelf.kind)} if collapse else {}
    )
    found = []
    for work in works:
        more: dict[str, Any] = {}
        if progress:
            more["user_media_progress"] = more["media_progress"] = progress_of(work, who.user_id)
        if query.filter == "series":
            more["series_sequence"] = next((each.number for each in work.series if each.id == query.value), None)
        if collapse and work.series and len(series[work.series[0].id].members) > 1:
            group = series[work.series[0].id]
            more["collapsed_series"] = {
                "id": group.id,
                "name": group.name,
                "nameIgnorePrefix": items.without_article(group.name),
                "numBooks": len(group.members),
                "libraryItemIds": [item_id for item_id, _ in group.members],
            }
        found.append(items.minified(work, **more))
    return found


def _collapsed(house: Parts, who: Asker, shelf: Shelf, query: WorkQuery) -> tuple[list[Work], int]:
    """A page of the list in which each series is its first book alone."""
    every = house.library.works.page(who, replace(query, limit=0, offset=0)).ids
    hidden: set[str] = set()
    present = set(every)
    for group in house.library.works.series(who, shelf.source.id, shelf.kind):
        members = [item_id for item_id, _ in group.members if item_id in present and item_id not in hidden]
        hidden.update(members[1:])
    shown = [item_id for item_id in every if item_id not in hidden]
    end = query.offset + query.limit if query.limit else None
    return house.library.works.get(who, shown[query.offset : end]), len(shown)


def list_narrators(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """Who reads the books of a library."""
    shelf = _shelf(house, who, ask)
    groups = house.library.works.people(who, shelf.source.id, shelf.kind, "narrator")
    return {
        "narrators": [{"id": to_base64(each.name), "name": each.name, "numBooks": len(each.members)} for each in groups]
    }


def stats(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """What a library comes to."""
    shelf = _shelf(house, who, ask)
    works, source, kind = house.library.works, shelf.source.id, shelf.kind
    longest = WorkQuery(source=source, kind=kind, sort="duration", descending=True, limit=_MANY)
    largest = WorkQuery(source=source, kind=kind, sort="size", descending=True, limit=_MANY)
    page = works.page(who, longest)
    every = works.totals(who, source, kind)
    authors = works.people(who, source, kind, "author")
    return {
        "totalItems": page.total,
        "totalAuthors": len(authors),
        "totalGenres": len(every.genres),
        "totalDuration": seconds(every.duration_ms),
        "totalSize": every.size,
        "numAudioTracks": every.files,
        "longestItems": [
            {"id": each.id, "title": each.title, "duration": seconds(each.duration_ms)}
            for each in works.get(who, page.ids)
        ],
        "largestItems": [
            {"id": each.id, "title": each.title, "size": each.size}
            for each in works.get(who, works.page(who, largest).ids)
        ],
        "authorsWithCount": [
            {"id": each.id, "name": each.name, "count": len(each.members)}
            for each in sorted(authors, key=lambda each: -len(each.members))[:_MANY]
        ],
        "genresWithCount": [{"genre": name, "count": count} for name, count in every.genres],
    }


def list_recent_episodes(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """The newest episodes of all podcasts of a library."""
    shelf = _shelf(house, who, ask)
    limit, page = ask.number("limit", 25) or 25, ask.number("page")
    episodes = newest_episodes(house, who, shelf, limit, page * limit)
    above = items.by_id(house.library.works.get(who, list({each.parent_id for each in episodes if each.parent_id})))
    beside = [(each, above[each.parent_id]) for each in episodes if each.parent_id and each.parent_id in above]
    found = [items.recent_episode(each, podcast) for each, podcast in beside]
    return {"episodes": [each for each in found if each is not None], "limit": limit, "page": page}


def newest_episodes(house: Parts, who: Asker, shelf: Shelf, limit: int, offset: int = 0) -> list[Work]:
    """Episodes, the last published first."""
    if shelf.media_type != "podcast":
        return []
    query = WorkQuery(
        source=shelf.source.id, kind=shelf.kind, level="episode", sort="date", descending=True,
        limit=limit, offset=offset,
    )  # fmt: skip
    return house.library.works.get(who, house.library.works.page(who, query).ids)


def list_titles(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """The podcasts of a library by title."""
    shelf = _shelf(house, who, ask)
    found = house.library.works.page(who, WorkQuery(source=shelf.source.id, kind=shelf.kind, limit=0))
    works = house.library.works.get(who, found.ids) if shelf.media_type == "podcast" else []
    return {"podcasts": [{"libraryItemId": each.id, "title": each.title} for each in works]}


def scan(house: Parts, who: Asker, ask: Ask) -> None:
    """Look through the library's source now."""
    house.library.sources.scan(_shelf(house, who, ask).source.id, requested_by=who.user_id)


def _shelf(house: Parts, who: Asker, ask: Ask) -> Shelf:
    return shelf_of(house, who, ask.part("library_id"))
