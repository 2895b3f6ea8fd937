"""Genres are a tree: Rock holds Punk."""

import pytest
from tests.support.library_room import Room
from tests.support.tiny_media import track

from medley.core.library import ItemQuery

TAGGED = {"One": "Punk", "Two": "Hard Rock", "Three": "Rock", "Four": "Acid House", "Five": "Krach", "Six": "Oi!"}


@pytest.fixture
def shop(room: Room) -> Room:
    source = room.source("music")
    for number, (title, genre) in enumerate(TAGGED.items(), 1):
        tags = {"title": title, "artist": "Ann", "album": "Blue", "tracknumber": str(number), "genre": genre}
        track(room.media / f"music/{number}.mp3", number, **tags)
    room.scan(source)
    return room


def counted(shop: Room, *, below: bool) -> dict[str, int]:
    """Genre → how many items: the tracks, and the album."""
    return {each.name: each.count for each in shop.library.words.all(shop.me, "genre", below=below).items}


def titles(shop: Room, genre: str, *, below: bool) -> list[str]:
    ids = {each.name: each.id for each in shop.library.words.all(shop.me, "genre", below=True).items}
    query = ItemQuery(kind="music", level="track", genre=ids[genre], genre_below=below)
    return [card.title for card in shop.library.items.page(shop.me, query).items]


def test_a_genre_counts_what_is_of_narrower_ones(shop: Room) -> None:
    assert counted(shop, below=False) == dict.fromkeys(TAGGED.values(), 2)
    of_electronic, of_rock = (
        ("Acid House", "Club", "Electronic", "House"),
        {"Hard Rock": 2, "Oi!": 2, "Punk": 3, "Rock": 5},
    )
    assert counted(shop, below=True) == {"Krach": 2, **dict.fromkeys(of_electronic, 2), **of_rock}


def test_a_genre_lists_what_is_of_narrower_ones(shop: Room) -> None:
    assert titles(shop, "Rock", below=False) == ["Three"]
    assert sorted(titles(shop, "Rock", below=True)) == ["One", "Six", "Three", "Two"]
    assert titles(shop, "Electronic", below=True) == ["Four"]
    assert titles(shop, "Electronic", below=False) == []
