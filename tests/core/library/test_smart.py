"""Smart playlists: what rules choose, when they are filled anew, and whose they are."""

import json
from typing import Any

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import track

from medley.kernel.clock import FixedClock
from medley.kernel.errors import Conflict, InvalidInput, NotFound

DAY = 86_400_000
SONGS = [  # artist, album, number, genre, year
    ("Ann", "First", 1, "Rock", 1981),
    ("Ann", "First", 2, "Rock", 1981),
    ("Ann", "Second", 1, "Jazz", 1992),
    ("Bob", "Third", 1, "Folk Rock", 2003),
    ("Bob", "Third", 2, "Folk Rock", 2003),
]


@pytest.fixture
def shelf(room: Room) -> dict[str, str]:
    """title → id; titles are “Ann First 1” and so on."""
    source = room.source("music")
    for tone, (artist, album, number, genre, year) in enumerate(SONGS, 1):
        names = {"artist": artist, "albumartist": artist, "album": album, "genre": genre, "date": str(year)}
        path = room.media / "music" / artist / album / f"0{number}.flac"
        track(path, tone, title=f"{artist} {album} {number}", tracknumber=str(number), **names)
    room.scan(source)
    return {card.title: card.id for card in room.cards("music", "track")}


def chosen(room: Room, *rules: dict[str, Any], **more: Any) -> list[str]:
    made = room.library.playlists.create(room.me, "Smart", rules={"all": list(rules), **more})
    found = titles(room, made.id)
    room.library.playlists.remove(room.me, made.id)
    return found


def titles(room: Room, list_id: str, who=None) -> list[str]:
    return [each.item.title for each in room.library.playlists.entries(who or room.me, list_id).items]


def hear(room: Room, item_id: str) -> None:
    with room.database.write() as connection:
        room.library.progress.heard(connection, room.me, item_id, room.clock.now_ms(), "phone")


def test_every_operator_and_type_of_field(room: Room, shelf: dict[str, str], clock: FixedClock) -> None:
    hear(room, shelf["Ann First 1"])
    hear(room, shelf["Ann First 1"])
    room.library.progress.think(room.me, shelf["Bob Third 2"], {"favourite": True, "rating": 8})
    other = room.library.playlists.create(room.me, "Other", [shelf["Bob Third 1"], shelf["Ann First 2"]])
    ann, bob = ["Ann First 1", "Ann First 2", "Ann Second 1"], ["Bob Third 1", "Bob Third 2"]
    for rule, expected in (
        ({"is": {"artist": "ann"}}, ann),
        ({"isNot": {"artist": "Ann"}}, bob),
        ({"is": {"albumArtist": "Bob"}}, bob),
        ({"contains": {"genre": "rock"}}, [*ann[:2], *bob]),
        ({"notContains": {"genre": "rock"}}, ann[2:]),
        ({"is": {"genre": "ROCK"}}, ann[:2]),
        ({"startsWith": {"album": "s"}}, ann[2:]),
        ({"endsWith": {"title": " 2"}}, [ann[1], bob[1]]),
        ({"contains": {"title": "%"}}, []),
        ({"gt": {"year": 1981}}, [ann[2], *bob]),
        ({"lt": {"year": "1992"}}, ann[:2]),
        ({"inTheRange": {"year": [1980, 1992]}}, ann),
        ({"is": {"tracknumber": 2}}, [ann[1], bob[1]]),
        ({"gt": {"playCount": 1}}, ann[:1]),
        ({"is": {"playcount": 0}}, [*ann[1:], *bob]),
        ({"is": {"loved": True}}, bob[1:]),
        ({"is": {"loved": "false"}}, [*ann, bob[0]]),
        ({"gt": {"rating": 3}}, bob[1:]),
        ({"is": {"rating": 4}}, bob[1:]),
        ({"inTheLast": {"lastPlayed": 1}}, ann[:1]),
        ({"notInTheLast": {"lastPlayed": 1}}, [*ann[1:], *bob]),
        ({"after": {"dateAdded": "2001-01-01"}}, [*ann, *bob]),
        ({"before": {"dateAdded": "2001-01-01"}}, []),
        ({"before": {"date": "1990"}}, ann[:2]),
        ({"is": {"filetype": "flac"}}, [*ann, *bob]),
        ({"contains": {"filepath": "bob/third"}}, bob),
        ({"gt": {"size": 10_000_000}}, []),
        ({"is": {"compilation": True}}, []),
        ({"is": {"compilation": False}}, [*ann, *bob]),
        ({"is": {"hascoverart": False}}, [*ann, *bob]),
        ({"contains": {"mood": "x"}}, []),
        ({"isNot": {"comment": "x"}}, [*ann, *bob]),
        ({"lt": {"bpm": 200}}, []),
        ({"lt": {"duration": 60}}, [*ann, *bob]),
        ({"inPlaylist": {"id": other.id}}, [ann[1], bob[0]]),
        ({"notInPlaylist": {"id": f"pl-{other.id}"}}, [ann[0], ann[2], bob[1]]),
        (
            {"any": [{"is": {"title": ann[0]}}, {"all": [{"is": {"artist": "Bob"}}, {"is": {"tracknumber": 1}}]}]},
            [ann[0], bob[0]],
        ),
    ):
        assert chosen(room, rule) == expected, rule


def test_sorts_and_limits(room: Room, shelf: dict[str, str], clock: FixedClock) -> None:
    every = {"gt": {"year": 0}}
    assert chosen(room, every, sort="-year,title", limit=3) == ["Bob Third 1", "Bob Third 2", "Ann Second 1"]
    assert chosen(room, every, sort="year,-title", order="asc", limit=2) == ["Ann First 2", "Ann First 1"]
    assert chosen(room, every, sort="artist,album,tracknumber", order="desc")[0] == "Bob Third 2"
    first = chosen(room, every, sort="random")
    assert set(first) == set(shelf)
    assert chosen(room, every, sort="random") == first
    orders = set()
    for _ in range(6):
        clock.advance(DAY)
        orders.add(tuple(chosen(room, every, sort="random")))
    assert len(orders) > 1


def test_it_is_filled_anew_when_it_is_opened(room: Room, shelf: dict[str, str], clock: FixedClock) -> None:
    lists, me = room.library.playlists, room.me
    mine = lists.create(me, "Loved", rules={"all": [{"is": {"loved": True}}]}, shared=True)
    assert (mine.smart, mine.count) == (True, 0)
    room.library.progress.think(me, shelf["Ann First 2"], {"favourite": True})
    bob = person("bob", role="user")
    room.library.progress.think(bob, shelf["Bob Third 1"], {"favourite": True})
    clock.advance(60_000)
    assert titles(room, mine.id, bob) == ["Ann First 2"]  # what its owner loves
    assert titles(room, mine.id, person("eve", sources=[])) == []
    assert [each.item_id for each in lists.places(me, mine.id)] == [shelf["Ann First 2"]]
    changed = lists.change(me, mine.id, rules={"all": [{"is": {"artist": "Bob"}}]}, name="Bobs")
    assert (changed.name, changed.count) == ("Bobs", 2)
    assert room.library.smart_lists.rules(bob, mine.id) == {"all": [{"is": {"artist": "Bob"}}]}
    for refused in (
        lambda: lists.add(me, mine.id, [shelf["Ann First 1"]]),
        lambda: lists.change(me, mine.id, whole=True),
        lambda: lists.take_out(me, mine.id, lists.places(me, mine.id)[0].entry_id),
        lambda: lists.change(me, lists.create(me, "Hand").id, rules={"all": [{"is": {"loved": True}}]}),
    ):
        with pytest.raises(Conflict):
            refused()
    with pytest.raises(NotFound):
        room.library.smart_lists.rules(me, lists.create(me, "By hand").id)
    with pytest.raises(InvalidInput):
        room.library.collections.create(me, "House", rules={"all": [{"is": {"loved": True}}]})


def test_its_owner_gets_a_full_list_of_what_they_may_see(room: Room, shelf: dict[str, str]) -> None:
    other = room.source("music", "elsewhere")
    for number in (1, 2):
        names = {"artist": "Aaa", "albumartist": "Aaa", "album": "Away"}
        track(room.media / "elsewhere" / "Aaa" / f"0{number}.flac", 60 + number, title=f"Aaa {number}", **names)
    room.scan(other)
    mine = next(each.id for each in room.library.sources.all() if each.id != other)
    cid = person("cid", sources=[mine], role="user")
    made = room.library.playlists.create(
        cid, "Two", rules={"all": [{"contains": {"title": "a"}}], "limit": 2}, shared=True
    )
    assert titles(room, made.id, cid) == ["Ann First 1", "Ann First 2"]
    room.clock.advance(60_000)  # type: ignore[attr-defined]
    assert titles(room, made.id) == ["Ann First 1", "Ann First 2"]  # whoever looks


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({}, "all"),
        ({"all": []}, "all"),
        ({"all": [{"is": {"colour": "red"}}]}, "colour"),
        ({"all": [{"equals": {"title": "x"}}]}, "equals"),
        ({"all": [{"gt": {"title": "x"}}]}, "gt"),
        ({"all": [{"is": {"year": "soon"}}]}, "year"),
        ({"all": [{"is": {"year": True}}]}, "year"),
        ({"all": [{"is": {"loved": 7}}]}, "loved"),
        ({"all": [{"inTheRange": {"year": [1]}}]}, "year"),
        ({"all": [{"before": {"lastplayed": "yesterday"}}]}, "lastplayed"),
        ({"all": [{"inPlaylist": {"id": "x"}}]}, "id"),
        ({"all": [{"is": {"loved": True}}], "sort": "colour"}, "colour"),
        ({"all": [{"is": {"loved": True}}], "limit": -1}, "limit"),
        ({"all": [{"is": {"loved": True}}], "shuffle": True}, "shuffle"),
        ({"all": [{"is": {"title": "\ud800"}}]}, "kept"),
        ({"all": [{"is": {"loved": True}}], "comment": "\0"}, "zero"),
    ],
)
def test_what_is_not_understood_is_named(lite_room: Room, rules: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        lite_room.library.playlists.create(lite_room.me, "Smart", rules=rules)
    assert named in f"{caught.value.message} {caught.value.hint}"
    assert lite_room.library.playlists.all(lite_room.me).items == []


def test_a_file_of_rules_is_read(lite_room: Room) -> None:
    rules = {
        "name": "Recent",
        "comment": "x",
        "all": [{"inTheLast": {"lastPlayed": 30}}],
        "sort": "lastPlayed",
        "limit": 100,
    }
    assert lite_room.library.smart_lists.read(json.dumps(rules)) == rules
    for wrong in ("", "[]", "{", '{"all": "x"}'):
        with pytest.raises(InvalidInput):
            lite_room.library.smart_lists.read(wrong)
