"""Progress is a log in which the newest event wins; opinions; marking whole trees."""

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import film

from medley.core.identity import Asker
from medley.core.library import ProgressReport
from medley.kernel.clock import FixedClock
from medley.kernel.errors import InvalidInput


@pytest.fixture
def watched(room: Room) -> Room:
    root, source = room.media / "show", room.source("show")
    for season in (1, 2):
        for number in (1, 2):
            film(root / f"Tale/Season {season}/Tale S0{season}E0{number}.mkv", season * 9 + number)
    room.scan(source)
    return room


def test_the_newest_event_wins_not_the_newest_request(watched: Room, clock: FixedClock) -> None:
    progress, me, now = watched.library.progress, watched.me, clock.now_ms()
    [item, *_] = watched.cards("show", "episode")
    progress.report(
        me, item.id, ProgressReport(position_ms=600, duration_ms=1000, device="tv", happened_at_ms=now - 10)
    )
    late = ProgressReport(position_ms=100, duration_ms=1000, device="phone", happened_at_ms=now - 5000)
    assert progress.report(me, item.id, late).position_ms == 600
    view = progress.view(me, item.id)
    assert [(line.device, line.position_ms) for line in view.history] == [("tv", 600), ("phone", 100)]
    assert view.mine.fraction == 0.6
    assert progress.report(me, item.id, ProgressReport(position_ms=10)).position_ms == 10


def test_a_clock_far_ahead_does_not_win_for_ever(watched: Room, clock: FixedClock) -> None:
    progress, me = watched.library.progress, watched.me
    [item, *_] = watched.cards("show", "episode")
    ahead = clock.now_ms() + 10 * 365 * 86_400_000
    progress.report(me, item.id, ProgressReport(position_ms=999, happened_at_ms=ahead))
    clock.advance(1000)
    assert progress.report(me, item.id, ProgressReport(position_ms=5)).position_ms == 5


def test_finished_counts_plays(watched: Room, clock: FixedClock) -> None:
    progress, me = watched.library.progress, watched.me
    [item, *_] = watched.cards("show", "episode")
    for position, finished, plays in ((100, False, 0), (960, True, 1), (970, True, 1), (10, False, 1), (990, True, 2)):
        clock.advance(1000)
        mine = progress.report(me, item.id, ProgressReport(position_ms=position, duration_ms=1000))
        assert (mine.finished, mine.play_count) == (finished, plays)
    assert (
        progress.report(me, item.id, ProgressReport(position_ms=999, duration_ms=1000, finished=False)).finished
        is False
    )
    with pytest.raises(InvalidInput):
        progress.report(me, item.id, ProgressReport(fraction=1.5))


def test_a_whole_show_is_marked(watched: Room, clock: FixedClock) -> None:
    progress, me = watched.library.progress, watched.me
    show = watched.card("Tale", "show", "show")
    progress.mark(me, show.id, finished=True)
    assert all(card.mine.finished and card.mine.play_count == 1 for card in watched.cards("show", "episode"))
    clock.advance(1)
    progress.mark(me, watched.cards("show", "season")[0].id, finished=False)
    assert sorted(card.mine.finished for card in watched.cards("show", "episode")) == [False, False, True, True]
    assert not any(card.mine.finished for card in watched.library.items.page(person("bob"), _episodes()).items)


def test_what_holds_others_is_finished_with_the_last_of_them(watched: Room) -> None:
    library, me = watched.library, watched.me
    [show] = watched.cards("show")
    seasons = [card.id for card in watched.cards(parent=show.id)]

    def finished(asker: Asker = me) -> list[bool]:
        return [card.mine.finished for card in library.items.cards(asker, [show.id, *seasons])]

    assert finished() == [False, False, False]
    library.progress.mark(me, seasons[0], finished=True)
    assert finished() == [False, True, False]
    first, last = watched.cards(parent=seasons[1])
    library.progress.report(me, first.id, ProgressReport(fraction=1.0))
    library.progress.report(me, last.id, ProgressReport(fraction=0.5))
    assert finished() == [False, True, False]
    library.trash.put(me, last.id)
    assert finished() == [True, True, True]
    library.trash.restore(me, last.id)
    library.progress.report(me, last.id, ProgressReport(fraction=1.0))
    assert finished() == [True, True, True]
    assert finished(person("bob")) == [False, False, False]
    assert library.progress.think(me, show.id, {"rating": 9}).finished
    for episode in watched.cards("show", "episode"):
        library.trash.put(me, episode.id)
    assert finished() == [False, False, False]


def test_what_comes_next(watched: Room, clock: FixedClock) -> None:
    progress, me = watched.library.progress, watched.me
    first, second, third, _ = sorted(watched.cards("show", "episode"), key=lambda card: (card.group, card.number))
    progress.report(me, first.id, ProgressReport(position_ms=400, duration_ms=1000))
    rows = {row.key: [card.id for card in row.items] for row in watched.library.items.home(me)}
    assert rows["continue"] == [first.id]
    for each in (first, second):
        clock.advance(1000)
        progress.report(me, each.id, ProgressReport(fraction=1.0))
    rows = {row.key: [card.id for card in row.items] for row in watched.library.items.home(me)}
    assert "continue" not in rows
    assert rows["next"] == [third.id]
    show = watched.item(watched.card("Tale", "show", "show").id)
    assert show.next_up
    assert show.next_up.id == third.id


def test_opinions(watched: Room) -> None:
    progress, me = watched.library.progress, watched.me
    [item, *_] = watched.cards("show", "episode")
    assert progress.think(me, item.id, {"rating": 8}).rating == 8
    mine = progress.think(me, item.id, {"favourite": True})
    assert (mine.rating, mine.favourite) == (8, True)
    assert progress.think(me, item.id, {"rating": None}).rating is None
    assert watched.library.items.get(person("bob"), item.id).mine.favourite is False
    for rating in (-1, 11):
        with pytest.raises(InvalidInput):
            progress.think(me, item.id, {"rating": rating})


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 100_000])
def test_any_text_can_be_kept(watched: Room, text: str) -> None:
    [item, *_] = watched.cards("show", "episode")
    watched.library.progress.report(watched.me, item.id, ProgressReport(locator=text, device=text, position_ms=1 << 60))
    assert len(watched.library.progress.view(watched.me, item.id).history) == 1


def _episodes():
    from medley.core.library import ItemQuery

    return ItemQuery(kind="show", level="episode")
