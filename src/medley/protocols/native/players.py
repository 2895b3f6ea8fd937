"""Players: what is played now, the play queue, bookmarks."""

from medley.core.library import ItemCard
from medley.core.players import PlayReport
from medley.kernel.pages import Page, encode_cursor
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._wire.answers import BookmarkView, PlayingView, QueueView
from medley.protocols.native._wire.asks import ItemId, NewBookmark, PageQuery, Playing, SaveQueue, start_of


def report_playing(house: House, who: Who, ask: Playing) -> None:
    """Tell what a player does; half an item or four minutes of it are counted as a listen."""
    house.players.playing.report(who, PlayReport(**ask.model_dump()))


def list_playing(house: House, who: Who) -> list[PlayingView]:
    """What is played now: one's own, and everybody's for an administrator."""
    found = house.players.playing.all(who)
    items = _cards(house, who, [each.item_id for each in found])
    names = {user.id: user.name for user in house.identity.users()} if found else {}
    return [PlayingView.of(each, names.get(each.user_id, ""), items[each.item_id]) for each in found]


def get_queue(house: House, who: Who) -> QueueView:
    """One's play queue as it was last saved, on whatever device."""
    return QueueView.of(house.players.queues.get(who))


def save_queue(house: House, who: Who, ask: SaveQueue) -> QueueView:
    """Replace one's play queue; without items it is cleared."""
    queues = house.players.queues
    queues.save(who, ask.item_ids, current=ask.current, position_ms=ask.position_ms, changed_by=ask.device)
    return QueueView.of(queues.get(who))


def list_queue(house: House, who: Who, page: PageQuery) -> Page[ItemCard]:
    """A page of what is in one's play queue, in its order."""
    start = start_of(page.cursor)
    queue = house.players.queues.get(who).item_ids
    wanted = queue[start : start + page.limit]
    items = _cards(house, who, wanted)
    end = start + len(wanted)
    return Page([items[each] for each in wanted], encode_cursor([end]) if end < len(queue) else None)


def list_bookmarks(house: House, who: Who) -> list[BookmarkView]:
    """One's bookmarks, the last changed first."""
    found = house.players.bookmarks.all(who)
    items = _cards(house, who, [each.item_id for each in found])
    return [BookmarkView.of(each, items[each.item_id]) for each in found]


def put_bookmark(house: House, who: Who, item_id: ItemId, ask: NewBookmark) -> BookmarkView:
    """Set one's bookmark of an item, in place of the one before."""
    made = house.players.bookmarks.put(who, item_id, ask.position_ms, ask.comment)
    return BookmarkView.of(made, _cards(house, who, [made.item_id])[made.item_id])


def remove_bookmark(house: House, who: Who, item_id: ItemId) -> None:
    """Take one's bookmark of an item away."""
    house.players.bookmarks.remove(who, item_id)


def _cards(house: Parts, who: Who, item_ids: list[str]) -> dict[str, ItemCard]:
    return {card.id: card for card in house.library.items.cards(who, list(dict.fromkeys(item_ids)))}
