"""Browsing: lists, details, the home page, words and people."""

from typing import Annotated, Literal

from fastapi import Query

from medley.core.library import Counted, HomeRow, ItemCard, ItemDetail, ItemQuery, ListCount
from medley.kernel.pages import Page
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import Home, TrashCount
from medley.protocols.native._wire.asks import (
    ItemFilters,
    ItemId,
    ItemPageFilters,
    PageOf,
    PeopleFilters,
    ShortText,
    WordFilters,
)

Few = Annotated[int, Query(ge=1, le=500)]


def list_items(house: House, who: Who, filters: Annotated[ItemPageFilters, Query()]) -> Page[ItemCard]:
    """A page of items, filtered and sorted."""
    return house.library.items.page(who, ItemQuery(**filters.model_dump()))


def list_similar(house: House, who: Who, item_id: ItemId, limit: Few = 50) -> list[ItemCard]:
    """What goes with an item, the closest first: by genre, people, years, and what is heard together here."""
    return house.library.items.cards(who, house.library.mixes.similar(who, item_id, limit))


def list_top(house: House, who: Who, item_id: ItemId, limit: Few = 50) -> list[ItemCard]:
    """What is played most of an artist, by everybody here."""
    kind = house.library.items.get(who, item_id).kind
    return house.library.items.cards(who, house.library.mixes.top(who, kind, limit, artist_id=item_id))


def count_items(
    house: House, who: Who, filters: Annotated[ItemFilters, Query()], letters: bool = False, years: bool = False
) -> ListCount:
    """How long the list is; with `letters` where each begins, with `years` which it has, whatever `year` says."""
    return house.library.items.count(who, ItemQuery(**filters.model_dump()), letters=letters, years=years)


def get_item(house: House, who: Who, item_id: ItemId) -> ItemDetail:
    """Everything about one item."""
    return house.library.items.get(who, item_id)


def trash_item(house: House, who: Who, item_id: ItemId) -> None:
    """Move an item and everything below it to the trash."""
    house.library.trash.put(who, item_id)


def restore_item(house: House, who: Who, item_id: ItemId) -> None:
    """Take an item back out of the trash."""
    house.library.trash.restore(who, item_id)


def list_trash(house: House, who: Who, page: Annotated[PageOf, Query()]) -> Page[ItemCard]:
    """What lies in the trash, the newest first."""
    return house.library.trash.page(who, page.cursor, page.limit)


def count_trash(house: House, who: Who) -> TrashCount:
    """How much lies in the trash."""
    return TrashCount(house.library.trash.count(who))


def delete_item(house: House, who: Who, item_id: ItemId) -> None:
    """Delete an item in the trash for good, with all that people did with it. Its files stay on the disk."""
    house.library.trash.delete(who, item_id)


def empty_trash(house: House, who: Who) -> None:
    """Delete everything in the trash for good. Files stay on the disk."""
    house.library.trash.empty(who)


def tag_item(house: House, who: Who, item_id: ItemId, name: ShortText) -> None:
    """Put a tag on an item."""
    house.library.words.tag(who, item_id, name)


def untag_item(house: House, who: Who, item_id: ItemId, name: ShortText) -> None:
    """Take a tag off an item."""
    house.library.words.untag(who, item_id, name)


def get_home(house: House, who: Who) -> Home:
    """The home page: go on, next up, newest of each kind."""
    rows: list[HomeRow] = house.library.items.home(who)
    return Home(rows)


def list_words(
    house: House,
    who: Who,
    word_type: Literal["genre", "tag", "series"],
    page: Annotated[WordFilters, Query()],
    below: bool = False,
) -> Page[Counted]:
    """Genres, tags or series that occur; `q` is how they begin, `below` counts what is of narrower genres too."""
    return house.library.words.all(
        who, word_type, kind=page.kind, starting=page.q, below=below, cursor=page.cursor, limit=page.limit
    )


def list_people(house: House, who: Who, page: Annotated[PeopleFilters, Query()]) -> Page[Counted]:
    """People who are credited; `q` is how their names begin."""
    return house.library.words.people(
        who, role=page.role, kind=page.kind, starting=page.q, cursor=page.cursor, limit=page.limit
    )


def get_person(house: House, who: Who, person_id: ItemId) -> Counted:
    """One person; their items are those with the filter `person`."""
    return house.library.words.person(who, person_id)
