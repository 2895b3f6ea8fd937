"""Play queues: the same on every device, whatever became of their items."""

import pytest
from tests.core.players.conftest import Stage
from tests.support.library_room import person
from tests.support.tiny_media import retag

from medley.core.players import PlayQueue
from medley.kernel.errors import InvalidInput, TooLarge
from medley.kernel.ids import new_id


def test_a_queue_is_taken_along_and_the_last_save_wins(stage: Stage) -> None:
    queues, me, ids = stage.players.queues, stage.room.me, stage.tracks
    assert queues.get(me) == PlayQueue()
    queues.save(me, ids, current=2, position_ms=1234, changed_by="phone")
    assert queues.get(me) == PlayQueue(
        item_ids=ids, current=2, position_ms=1234, changed_at_ms=stage.clock.now_ms(), changed_by="phone"
    )
    stage.clock.advance(5)
    queues.save(me, [ids[3], ids[3]], current=1, changed_by="car")
    now = queues.get(me)
    assert (now.item_ids, now.current, now.changed_by) == ([ids[3], ids[3]], 1, "car")
    assert queues.get(person("bob")) == PlayQueue()
    queues.save(me, [])
    assert queues.get(me) == PlayQueue()


def test_thousands_of_entries_are_one_row(stage: Stage) -> None:
    many = stage.tracks * 3_000
    stage.players.queues.save(stage.room.me, many, current=14_999)
    found = stage.players.queues.get(stage.room.me)
    assert (found.item_ids, found.current) == (many, 14_999)
    with pytest.raises(TooLarge):
        stage.players.queues.save(stage.room.me, stage.tracks * 5_000)


def test_what_one_may_not_see_is_left_out_and_the_next_is_current(stage: Stage) -> None:
    queues, me, ids = stage.players.queues, stage.room.me, stage.tracks
    queues.save(me, [new_id(), *ids[:3], new_id(), ids[3]], current=4, position_ms=99)
    found = queues.get(me)
    assert (found.item_ids, found.current, found.position_ms) == (ids[:4], 3, 0)
    queues.save(me, ids, current=1, position_ms=77)
    stage.room.library.trash.put(me, ids[0])
    found = queues.get(me)
    assert (found.item_ids, found.current, found.position_ms) == (ids[1:], 0, 77)
    stage.room.library.trash.put(me, ids[1])
    found = queues.get(me)
    assert (found.item_ids, found.current, found.position_ms) == (ids[2:], 0, 0)
    assert queues.get(person("ann", sources=[])).item_ids == []


def test_an_item_that_became_another_stays_in_the_queue(stage: Stage) -> None:
    queues, me, ids = stage.players.queues, stage.room.me, stage.tracks
    queues.save(me, ids, current=4, position_ms=55)
    fifth = stage.room.media / "music" / "The Band" / "The Album" / "05 Song 5.flac"
    retag(fifth, title="Song 4", tracknumber="4")
    stage.room.scan(stage.source)
    found = queues.get(me)
    assert (found.item_ids, found.current, found.position_ms) == ([*ids[:4], ids[3]], 4, 55)


def test_a_current_entry_must_be_one(stage: Stage) -> None:
    for wrong in (-1, 5):
        with pytest.raises(InvalidInput):
            stage.players.queues.save(stage.room.me, stage.tracks, current=wrong)
