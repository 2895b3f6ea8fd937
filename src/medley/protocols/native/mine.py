"""What somebody did with an item, and thinks of it."""

from medley.core.library import Mine, ProgressReport, ProgressView
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.asks import ItemId, Opinion, Played, Progress


def report_progress(house: House, who: Who, item_id: ItemId, ask: Progress) -> Mine:
    """Tell where one is; the newest event wins, not the newest request."""
    return house.library.progress.report(who, item_id, ProgressReport(**ask.model_dump()))


def get_progress(house: House, who: Who, item_id: ItemId) -> ProgressView:
    """Where one is, and how one got there."""
    return house.library.progress.view(who, item_id)


def mark_played(house: House, who: Who, item_id: ItemId, ask: Played) -> None:
    """Mark an item and everything below it as finished, or as never begun."""
    house.library.progress.mark(who, item_id, finished=ask.finished)


def give_opinion(house: House, who: Who, item_id: ItemId, ask: Opinion) -> Mine:
    """Set favourite and rating; a rating of null takes it back; what is left out stays."""
    return house.library.progress.think(who, item_id, ask.model_dump(include=ask.model_fields_set))
