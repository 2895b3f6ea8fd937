"""Listens are counted once; an account that goes takes everything along."""

import pytest
from tests.core.players.conftest import Stage
from tests.support.library_room import person

from medley.core.identity.events import UserRemoved
from medley.core.players import Heard, PlayQueue, PlayReport
from medley.kernel.errors import NotFound
from medley.kernel.events import record
from medley.kernel.ids import new_id
from medley.kernel.postman import Postman

HOUR = 3_600_000


def test_what_is_told_twice_counts_once(stage: Stage) -> None:
    listens, me, (first, second, *_) = stage.players.listens, stage.room.me, stage.tracks
    now = stage.clock.now_ms()
    offline = [
        Heard(item_id=first, happened_at_ms=now - 3 * HOUR, device="phone"),
        Heard(item_id=second, happened_at_ms=now - 2 * HOUR, device="phone"),
        Heard(item_id=first, happened_at_ms=now - HOUR, device="phone"),
    ]
    assert listens.add(me, offline) == 3
    assert listens.add(me, offline) == 0
    assert stage.room.item(first).mine.play_count == 2
    assert stage.room.item(second).mine.play_count == 1
    assert stage.room.item(first).mine.played_at_ms == now - HOUR
    assert listens.add(me, [Heard(item_id=first, happened_at_ms=now - 9 * HOUR)]) == 1
    mine = stage.room.item(first).mine
    assert (mine.play_count, mine.played_at_ms, mine.finished) == (3, now - HOUR, True)
    assert listens.add(me, [Heard(item_id=first, happened_at_ms=now + HOUR)]) == 1
    assert stage.room.item(first).mine.played_at_ms == now


def test_one_unknown_item_leaves_all_uncounted(stage: Stage) -> None:
    with pytest.raises(NotFound):
        stage.players.listens.add(stage.room.me, [Heard(item_id=stage.tracks[0]), Heard(item_id=new_id())])
    assert stage.room.item(stage.tracks[0]).mine.play_count == 0


def test_a_removed_account_leaves_nothing(stage: Stage) -> None:
    players, ids, bob = stage.players, stage.tracks, person("bob")
    for who in (stage.room.me, bob):
        players.queues.save(who, ids)
        players.bookmarks.put(who, ids[0], 1)
        players.playing.report(who, PlayReport(item_id=ids[0], device="phone"))
        players.listens.add(who, [Heard(item_id=ids[0], happened_at_ms=5)])
    with stage.room.database.write() as connection:
        record(connection, UserRemoved(user_id="bob"))
    Postman(stage.room.database, players.reactions(), stage.clock).deliver()
    assert players.queues.get(bob) == PlayQueue()
    assert players.bookmarks.all(bob) == []
    assert {each.user_id for each in players.playing.all(stage.room.me)} == {"ann"}
    assert players.queues.get(stage.room.me).item_ids == ids
    assert players.listens.add(stage.room.me, [Heard(item_id=ids[0], happened_at_ms=5)]) == 0
    assert players.listens.add(bob, [Heard(item_id=ids[0], happened_at_ms=5)]) == 1
