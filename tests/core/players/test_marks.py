"""Marks: named places in an item, any number of them, and nobody else's business."""

import pytest
from tests.core.players.conftest import Stage
from tests.support.library_room import person
from tests.support.tiny_media import retag

from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id


def test_marks_stand_beside_each_other(stage: Stage) -> None:
    marks, me, item = stage.players.marks, stage.room.me, stage.tracks[0]
    second = marks.put(me, item, 2_000, "two")
    first = marks.put(me, item, 1_000, "one\0")
    assert marks.all(me) == [first, second]
    assert first.title == "one"
    stage.clock.advance(10)
    renamed = marks.put(me, item, 2_000, "zwei")
    assert (renamed.title, renamed.created_at_ms) == ("zwei", second.created_at_ms)
    assert marks.all(me) == [first, renamed]
    assert marks.all(person("bob")) == marks.all(person("ann", sources=[])) == []
    marks.remove(me, item, 1_000)
    assert marks.all(me) == [renamed]
    for wrong in (lambda: marks.remove(me, item, 1_000), lambda: marks.put(me, new_id(), 0, ""),
                  lambda: marks.put(person("ann", sources=[]), item, 0, "")):  # fmt: skip
        with pytest.raises(NotFound):
            wrong()
    with pytest.raises(InvalidInput):
        marks.put(me, item, -1, "")


def test_marks_follow_an_item_that_became_another(stage: Stage) -> None:
    marks, me, ids = stage.players.marks, stage.room.me, stage.tracks
    marks.put(me, ids[4], 2_000, "here")
    fifth = stage.room.media / "music" / "The Band" / "The Album" / "05 Song 5.flac"
    retag(fifth, title="Song 4", tracknumber="4")
    stage.room.scan(stage.source)
    assert [(each.item_id, each.position_ms) for each in marks.all(me)] == [(ids[3], 2_000)]
    marks.put(me, ids[3], 2_000, "there")
    marks.put(me, ids[4], 2_000, "by the id that an app still holds")
    assert len({each.title for each in marks.all(me)}) == 1
    marks.remove(me, ids[4], 2_000)
    assert marks.all(me) == []
