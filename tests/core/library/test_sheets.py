"""Sheets: what lists of other protocols show of many items, in a fixed number of queries."""

import pytest
from tests.support.asking import statements
from tests.support.library_room import Room, person
from tests.support.shelves import stock_music

from medley.core.library import ItemSheet, ProgressReport


@pytest.fixture
def stocked(room: Room) -> Room:
    stock_music(room, room.source("music"), 12)
    return room


def sheet(room: Room, item_id: str) -> ItemSheet:
    (found,) = room.library.items.sheets(room.me, [item_id])
    return found


def test_a_track(stocked: Room):
    card = stocked.cards("music", "track")[0]
    item = stocked.item(card.id)
    told = sheet(stocked, card.id)
    assert (told.id, told.title, told.number, told.group) == (card.id, card.title, card.number, 1)
    assert told.parent is not None
    assert told.top is not None
    assert [told.top.id, told.parent.id] == [crumb.id for crumb in item.path_titles]
    assert told.fields == item.fields == {"bpm": 90, "moods": ["Calm"]}
    assert told.genres == item.genres
    assert [(each.name, each.role) for each in told.people] == [(each.name, each.role) for each in item.people]
    assert told.people[0].item_id == told.top.id
    assert told.people[1].item_id == ""
    assert [each.role for each in told.parent_people] == ["album_artist"]
    assert told.parent_fields["labels"] == ["A Label"]
    file = told.file
    assert file is not None
    assert file.technical is not None
    assert file.path.endswith(f"/{file.name}")
    assert (file.technical.bitrate, file.technical.streams[0].sample_rate) == (800_000, 44_100)


def test_an_album_counts_what_is_in_it(stocked: Room):
    album = stocked.cards("music", "album")[0]
    tracks = stocked.cards(parent=album.id)
    for track in tracks[:2]:
        stocked.library.progress.report(stocked.me, track.id, ProgressReport(finished=True))
    told = sheet(stocked, album.id)
    assert (told.child_count, told.duration_ms, told.mine.play_count) == (3, 600_000, 2)
    assert told.mine.played_at_ms == stocked.clock.now_ms()
    assert told.file is None
    assert [(each.role, each.item_id) for each in told.people] == [
        ("album_artist", told.parent.id if told.parent else "")
    ]


def test_opinions_are_ones_own_and_the_average_is_everybodys(stocked: Room):
    track, bob = stocked.cards("music", "track")[0], person("bob")
    stocked.library.progress.think(stocked.me, track.id, {"rating": 8, "favourite": True})
    stocked.library.progress.think(bob, track.id, {"rating": 4})
    mine = sheet(stocked, track.id)
    (theirs,) = stocked.library.items.sheets(bob, [track.id])
    assert (mine.mine.rating, theirs.mine.rating) == (8, 4)
    assert mine.mine.favourite_at_ms == stocked.clock.now_ms()
    assert theirs.mine.favourite_at_ms == 0
    assert mine.average_rating == theirs.average_rating == 6


def test_order_repeats_and_what_is_not_there(stocked: Room):
    first, second, third = (card.id for card in stocked.cards("music", "track")[:3])
    stocked.library.trash.put(stocked.me, third)
    asked = [second, first, "nothing", third, second]
    assert [each.id for each in stocked.library.items.sheets(stocked.me, asked)] == [second, first, second]
    assert stocked.library.items.sheets(person("bob", []), asked) == []


def test_many_cost_as_many_queries_as_one(stocked: Room):
    for level in ("artist", "album", "track"):
        ids = [card.id for card in stocked.cards("music", level, limit=100)]
        assert len(ids) >= 4
        counted = []
        for some in (ids[:1], ids):
            with statements() as said:
                stocked.library.items.sheets(stocked.me, some)
            counted.append(len(said))
        assert counted[0] == counted[1] <= 10
