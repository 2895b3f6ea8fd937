"""Bookmarks: one per person and item, and nobody else's business."""

import pytest
from tests.core.players.conftest import Stage
from tests.support.library_room import person
from tests.support.tiny_media import retag

from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id


def test_bookmarks_come_newest_first_and_are_replaced(stage: Stage) -> None:
    bookmarks, me, ids = stage.players.bookmarks, stage.room.me, stage.tracks
    first = bookmarks.put(me, ids[0], 1_000, "the solo")
    stage.clock.advance(10)
    second = bookmarks.put(me, ids[1], 2_000)
    assert bookmarks.all(me) == [second, first]
    stage.clock.advance(10)
    again = bookmarks.put(me, ids[0], 3_000, "later\0")
    assert (again.comment, again.created_at_ms) == ("later", first.created_at_ms)
    assert bookmarks.all(me) == [again, second]
    assert bookmarks.all(person("bob")) == []
    assert bookmarks.all(person("ann", sources=[])) == []
    bookmarks.remove(me, ids[0])
    assert bookmarks.all(me) == [second]
    with pytest.raises(NotFound):
        bookmarks.remove(me, ids[0])
    with pytest.raises(NotFound):
        bookmarks.put(me, new_id(), 0)
    with pytest.raises(NotFound):
        bookmarks.put(person("ann", sources=[]), ids[0], 0)
    with pytest.raises(InvalidInput):
        bookmarks.put(me, ids[0], -1)


def test_two_items_that_became_one_have_one_bookmark(stage: Stage) -> None:
    bookmarks, me, ids = stage.players.bookmarks, stage.room.me, stage.tracks
    bookmarks.put(me, ids[3], 1_000)
    stage.clock.advance(10)
    bookmarks.put(me, ids[4], 2_000)
    fifth = stage.room.media / "music" / "The Band" / "The Album" / "05 Song 5.flac"
    retag(fifth, title="Song 4", tracknumber="4")
    stage.room.scan(stage.source)
    assert [(each.item_id, each.position_ms) for each in bookmarks.all(me)] == [(ids[3], 2_000)]
    bookmarks.put(me, ids[4], 3_000)  # by the id that an app still holds
    assert [(each.item_id, each.position_ms) for each in bookmarks.all(me)] == [(ids[3], 3_000)]
    bookmarks.remove(me, ids[4])
    assert bookmarks.all(me) == []
