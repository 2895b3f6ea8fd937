"""Now playing: what is shown between reports, how it ends, and when a play is a listen."""

from typing import Any

import pytest
from tests.core.players.conftest import LENGTH_MS, Stage, players_over
from tests.support.library_room import person

from medley.core.players import NowPlaying, PlayReport
from medley.core.players._model import State
from medley.kernel.errors import InvalidInput, NotFound

SECOND, MINUTE = 1_000, 60_000


def tell(stage: Stage, state: State = "playing", position_ms: int = 0, **more) -> None:
    told = {"item_id": stage.tracks[0], "device": "phone", **more}
    stage.players.playing.report(stage.room.me, PlayReport(state=state, position_ms=position_ms, **told))


def shown(stage: Stage) -> list[NowPlaying]:
    return stage.players.playing.all(stage.room.me)


def plays(stage: Stage, number: int = 0) -> int:
    return stage.room.item(stage.tracks[number]).mine.play_count


def test_a_position_goes_on_between_reports(stage: Stage) -> None:
    tell(stage, "starting")
    begun = stage.clock.now_ms()
    stage.clock.advance(10 * SECOND)
    (now,) = shown(stage)
    assert (now.position_ms, now.state, now.started_at_ms) == (10 * SECOND, "starting", begun)
    tell(stage, "playing", 12 * SECOND, rate=2.0)
    stage.clock.advance(10 * SECOND)
    (now,) = shown(stage)
    assert (now.position_ms, now.rate, now.started_at_ms) == (32 * SECOND, 2.0, begun)
    tell(stage, "paused", 33 * SECOND)
    stage.clock.advance(10 * MINUTE)
    (now,) = shown(stage)
    assert (now.position_ms, now.state) == (33 * SECOND, "paused")


def test_it_ends_when_told_and_by_itself(stage: Stage) -> None:
    tell(stage)
    tell(stage, item_id=stage.tracks[1], device="kitchen")
    assert {each.device for each in shown(stage)} == {"phone", "kitchen"}
    tell(stage, "stopped", item_id=stage.tracks[1], device="kitchen")
    assert [each.device for each in shown(stage)] == ["phone"]
    stage.clock.advance(LENGTH_MS)
    assert shown(stage)[0].position_ms == LENGTH_MS  # a slow player is given some time, and no more than the item has
    stage.clock.advance(5 * MINUTE)
    assert not shown(stage)
    tell(stage, "paused")
    stage.clock.advance(31 * MINUTE)
    assert not shown(stage)


def test_a_second_process_sees_the_same(stage: Stage) -> None:
    tell(stage)
    stage.clock.advance(5 * SECOND)
    assert players_over(stage.room).playing.all(stage.room.me) == shown(stage)


def test_others_see_their_own_and_administrators_what_they_may(stage: Stage) -> None:
    bob = person("bob", role="user")
    tell(stage)
    stage.players.playing.report(bob, PlayReport(item_id=stage.tracks[1], device="car"))
    assert [each.user_id for each in stage.players.playing.all(bob)] == ["bob"]
    assert {each.user_id for each in shown(stage)} == {"ann", "bob"}
    assert not stage.players.playing.all(person("ada", sources=[]))
    with pytest.raises(NotFound):
        stage.players.playing.report(person("gus", sources=[]), PlayReport(item_id=stage.tracks[0], device="tv"))


def test_half_an_item_is_a_listen_once(stage: Stage) -> None:
    tell(stage, "starting")
    for position in range(15, 240, 15):
        stage.clock.advance(15 * SECOND)
        tell(stage, "playing", position * SECOND)
        assert plays(stage) == (1 if position >= 120 else 0)
    tell(stage, "stopped", 239 * SECOND)
    assert plays(stage) == 1
    tell(stage, "starting")
    stage.clock.advance(200 * SECOND)
    tell(stage, "stopped", 200 * SECOND)
    assert plays(stage) == 2


def test_a_repeated_track_counts_again_without_being_told_to_start(stage: Stage) -> None:
    for _ in range(2):
        tell(stage, "playing", 0)
        stage.clock.advance(150 * SECOND)
        tell(stage, "playing", 150 * SECOND)
    assert plays(stage) == 2


def test_leaps_pauses_and_wishes_are_no_listening(stage: Stage) -> None:
    tell(stage, "starting")
    stage.clock.advance(SECOND)
    tell(stage, "playing", 230 * SECOND)  # a leap
    assert plays(stage) == 0
    tell(stage, "paused", 230 * SECOND)
    stage.clock.advance(20 * MINUTE)
    tell(stage, "stopped", 235 * SECOND)
    assert plays(stage) == 0
    tell(stage, "starting", count=False)
    stage.clock.advance(200 * SECOND)
    tell(stage, "stopped", 200 * SECOND, count=False)
    assert plays(stage) == 0


def test_nonsense_is_refused(stage: Stage) -> None:
    wrongs: list[dict[str, Any]] = [{"position_ms": -1}, {"rate": 0.0}, {"rate": float("nan")}]
    for wrong in [*wrongs, {"device": ""}, {"device": "a\0"}]:
        with pytest.raises(InvalidInput):
            tell(stage, **wrong)
    assert not shown(stage)
