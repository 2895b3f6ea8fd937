"""Playlists and collections: their order, what moves, whose they are."""

import pytest
from tests.core.library.test_lists import stock
from tests.support.library_room import Room, person

from medley.kernel.errors import Forbidden, InvalidInput, NotFound


@pytest.fixture
def stocked(room: Room) -> Room:
    stock(room, room.source("film"), 40)
    return room


def order(room: Room, list_id: str, type_: str = "playlists") -> list[str]:
    lists, found, cursor = getattr(room.library, type_), [], ""
    while True:
        page = lists.entries(room.me, list_id, cursor, limit=7)
        found += [entry.item.id for entry in page.items]
        if not page.next:
            return found
        cursor = page.next


def entry(room: Room, list_id: str, number: int) -> str:
    return room.library.playlists.entries(room.me, list_id, limit=200).items[number].entry_id


def test_order_is_kept_through_every_change(stocked: Room) -> None:
    ids, lists, me = [card.id for card in stocked.cards("film")], stocked.library.playlists, stocked.me
    mine = lists.create(me, "Mine", ids[:20])
    assert order(stocked, mine.id) == ids[:20]
    lists.add(me, mine.id, [ids[0], ids[30]])
    assert order(stocked, mine.id) == [*ids[:20], ids[0], ids[30]]
    lists.add(me, mine.id, ids[21:24], before=entry(stocked, mine.id, 0))
    expected = [*ids[21:24], *ids[:20], ids[0], ids[30]]
    assert order(stocked, mine.id) == expected
    lists.move(me, mine.id, entry(stocked, mine.id, 5), entry(stocked, mine.id, 1))
    expected.insert(1, expected.pop(5))
    assert order(stocked, mine.id) == expected
    lists.move(me, mine.id, entry(stocked, mine.id, 0), None)
    expected.append(expected.pop(0))
    lists.take_out(me, mine.id, entry(stocked, mine.id, 3))
    expected.pop(3)
    assert order(stocked, mine.id) == expected
    seen = lists.get(me, mine.id)
    assert (seen.count, seen.mine) == (len(expected), True)


def test_halving_places_never_runs_out(stocked: Room) -> None:
    ids, lists, me = [card.id for card in stocked.cards("film")], stocked.library.playlists, stocked.me
    mine = lists.create(me, "Mine", ids[:5])
    expected = ids[:5]
    for _ in range(80):  # the last goes before the second, again and again
        lists.move(me, mine.id, entry(stocked, mine.id, 4), entry(stocked, mine.id, 1))
        expected.insert(1, expected.pop(4))
    assert order(stocked, mine.id) == expected
    for number in range(60):
        lists.add(me, mine.id, [ids[number % 40]], before=entry(stocked, mine.id, 1))
        expected.insert(1, ids[number % 40])
    assert order(stocked, mine.id) == expected


def test_lists_are_their_owners(stocked: Room) -> None:
    ids, lists, me, bob = [c.id for c in stocked.cards("film")], stocked.library.playlists, stocked.me, person("bob")
    mine = lists.create(me, "Mine", ids[:2])
    for refused in (lists.get, lists.entries, lists.remove):
        with pytest.raises(NotFound):
            refused(bob, mine.id)
    lists.change(me, mine.id, shared=True, name=" Ours  now ")
    assert lists.get(bob, mine.id).name == "Ours now"
    for refused in (
        lambda: lists.remove(bob, mine.id),
        lambda: lists.add(bob, mine.id, ids[:1]),
        lambda: lists.change(bob, mine.id, name="His"),
        lambda: lists.take_out(bob, mine.id, entry(stocked, mine.id, 0)),
        lambda: lists.move(bob, mine.id, entry(stocked, mine.id, 0), None),
    ):
        with pytest.raises(Forbidden):
            refused()
    with pytest.raises(NotFound):
        stocked.library.collections.get(me, mine.id)
    with pytest.raises(InvalidInput):
        lists.create(me, "   ")
    lists.remove(me, mine.id)
    assert not lists.all(me).items


def test_collections_hold_a_thing_once_and_are_kept_by_few(stocked: Room) -> None:
    ids, lists, me = [card.id for card in stocked.cards("film")], stocked.library.collections, stocked.me
    house = lists.create(me, "House", [ids[0], ids[1], ids[0]])
    lists.add(me, house.id, [ids[1], ids[2]])
    assert order(stocked, house.id, "collections") == ids[:3]
    guest = person("gus", role="guest")
    assert lists.get(guest, house.id).count == 3
    with pytest.raises(Forbidden):
        lists.add(guest, house.id, ids[4:5])
    with pytest.raises(Forbidden):
        lists.create(guest, "Own")


def test_many_changes_are_one(stocked: Room) -> None:
    room, (first, second) = stocked, [card.id for card in stocked.cards("film")][:2]
    playlists = room.library.playlists
    made = playlists.create(room.me, "Mix", [first, second, first], comment="For the road")
    assert (made.comment, made.created_at_ms, made.changed_at_ms) == (
        "For the road",
        room.clock.now_ms(),
        room.clock.now_ms(),
    )
    places = playlists.places(room.me, made.id)
    assert [each.item_id for each in places] == [first, second, first]
    changed = playlists.change(room.me, made.id, comment="", drop=[places[0].entry_id, places[2].entry_id], add=[first])
    assert (changed.comment, changed.count) == ("", 2)
    assert [each.item_id for each in playlists.places(room.me, made.id)] == [second, first]
    with pytest.raises(NotFound):
        playlists.change(room.me, made.id, name="Other", drop=["nothing"], add=[first])
    assert playlists.get(room.me, made.id) == changed
    playlists.change(room.me, made.id, add=[second, second], whole=True)
    assert [each.item_id for each in playlists.places(room.me, made.id)] == [second, second]
