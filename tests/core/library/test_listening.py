"""Sessions of listening: what they move, what they count, and what an old one cannot undo."""

import pytest
from msgspec.structs import replace
from tests.support.library_room import Room, person
from tests.support.tiny_media import track

from medley.core.library import ListeningSession, ProgressReport
from medley.core.library._listening import OPEN_MS
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id

HOUR = 3_600_000


@pytest.fixture
def book(room: Room, database: Database) -> str:
    """The id of a book of ten hours."""
    source = room.source("audiobook")
    track(room.media / "audiobook" / "Jane Writer" / "A Book" / "A Book.mp3", 1, title="A Book", album="A Book")
    room.scan(source)
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE item SET duration_ms = {10 * HOUR}")
    return room.card("A Book").id


def place(room: Room, book: str) -> int:
    return room.library.progress.view(room.me, book).mine.position_ms


def told(book: str, **changes) -> ListeningSession:
    """A session as an app that was offline keeps it."""
    usual = ListeningSession(
        id="play-1",
        item_id=book,
        day="2023-11-14",
        method="local",
        player="app",
        device={"clientName": "Phone"},
        began_at=0,
        position_ms=HOUR,
        length_ms=0,
        heard_ms=HOUR,
        started_at_ms=0,
        changed_at_ms=1_699_000_000_000,
    )
    return replace(usual, **changes)


def test_a_report_moves_the_place_and_adds_to_the_time(room: Room, book: str) -> None:
    listening = room.library.listening
    session = listening.start(room.me, book, device={"clientName": "Phone"})
    room.clock.advance(15_000)  # type: ignore[attr-defined]
    listening.heard(room.me, session.id, 15_000, 15_000)
    listening.heard(room.me, session.id, 40_000, 20_000)
    assert (listening.get(room.me, session.id).heard_ms, place(room, book)) == (35_000, 40_000)
    assert room.library.progress.view(room.me, book).history[0].device == "Phone"
    listening.close(room.me, session.id)
    for after in (listening.get, listening.close):
        with pytest.raises(NotFound):
            after(room.me, session.id)
    found, total = listening.page(room.me)
    assert (total, found[0].heard_ms, found[0].position_ms) == (1, 35_000, 40_000)


def test_who_has_seconds_left_is_done(room: Room, book: str) -> None:
    session = room.library.listening.start(room.me, book)
    room.library.listening.heard(room.me, session.id, 10 * HOUR - 11_000, 1)
    assert not room.library.progress.view(room.me, book).mine.finished  # though it is more than 95 %
    room.library.listening.heard(room.me, session.id, 10 * HOUR - 10_000, 1)
    assert room.library.progress.view(room.me, book).mine.finished


def test_a_player_that_did_nothing_erases_no_place(room: Room, book: str) -> None:
    room.library.progress.report(room.me, book, ProgressReport(position_ms=HOUR))
    session = room.library.listening.start(room.me, book)
    room.library.listening.heard(room.me, session.id, 0, 0)
    assert place(room, book) == HOUR


def test_an_older_device_never_erases_progress(room: Room, book: str, clock: FixedClock) -> None:
    now = clock.now_ms()
    room.library.progress.report(room.me, book, ProgressReport(position_ms=5 * HOUR))
    assert room.library.listening.merge(room.me, told(book, changed_at_ms=now - 1)) is False
    assert place(room, book) == 5 * HOUR
    assert [each.position_ms for each in room.library.progress.view(room.me, book).history] == [5 * HOUR, HOUR]
    assert room.library.listening.days(room.me) == {"2023-11-14": HOUR}


def test_a_newer_event_wins_and_is_told_once(room: Room, book: str, clock: FixedClock) -> None:
    room.library.progress.report(room.me, book, ProgressReport(position_ms=5 * HOUR))
    clock.advance(60_000)
    session = told(book, changed_at_ms=clock.now_ms() - 1_000)
    assert room.library.listening.merge(room.me, session) is True
    assert room.library.listening.merge(room.me, session) is False
    assert room.library.listening.merge(room.me, replace(session, position_ms=1, changed_at_ms=1)) is False
    assert place(room, book) == HOUR
    assert room.library.listening.page(room.me)[1] == 1


def test_a_clock_that_is_ahead_wins_nothing_later(room: Room, book: str, clock: FixedClock) -> None:
    room.library.listening.merge(room.me, told(book, changed_at_ms=clock.now_ms() + 10 * HOUR))
    clock.advance(1_000)
    room.library.progress.report(room.me, book, ProgressReport(position_ms=2 * HOUR))
    assert place(room, book) == 2 * HOUR


def test_nobody_touches_the_sessions_of_others(room: Room, book: str) -> None:
    listening, bob, blind = room.library.listening, person("bob"), person("bob", sources=[])
    session = listening.start(room.me, book)
    assert listening.holder(session.id) == room.me.user_id
    for attempt in (
        lambda: listening.get(bob, session.id),
        lambda: listening.heard(bob, session.id, 1, 1),
        lambda: listening.close(bob, session.id),
        lambda: listening.start(blind, book),
        lambda: listening.merge(blind, told(book)),
        lambda: listening.holder(new_id()),
    ):
        with pytest.raises(NotFound):
            attempt()
    # the same id, told by somebody else, is another session
    listening.merge(bob, told(book, id=session.id))
    assert listening.get(room.me, session.id).heard_ms == 0
    assert listening.page(bob)[1] == 1


def test_a_session_that_nobody_reports_on_is_over(room: Room, book: str, clock: FixedClock) -> None:
    session = room.library.listening.start(room.me, book)
    clock.advance(OPEN_MS + 1)
    with pytest.raises(NotFound):
        room.library.listening.heard(room.me, session.id, 1, 1)
    with pytest.raises(NotFound):
        room.library.listening.holder(session.id)


@pytest.mark.parametrize(
    "wrong", [{"id": ""}, {"id": "x" * 81}, {"id": "a/b"}, {"position_ms": -1}, {"heard_ms": 1 << 60}]
)
def test_what_makes_no_sense_is_refused(room: Room, book: str, wrong: dict) -> None:
    with pytest.raises(InvalidInput):
        room.library.listening.merge(room.me, told(book, **wrong))


def test_what_is_set_aside_comes_back_when_it_is_opened(room: Room, book: str, clock: FixedClock) -> None:
    room.library.progress.report(room.me, book, ProgressReport(position_ms=HOUR))
    room.library.listening.set_aside(room.me, book)
    assert room.library.listening.aside(room.me) == [book]
    assert room.library.works.one(room.me, book).mine.set_aside  # type: ignore[union-attr]
    assert room.library.listening.aside(person("bob")) == []
    clock.advance(1)
    room.library.progress.report(room.me, book, ProgressReport(position_ms=2 * HOUR))
    assert not room.library.works.one(room.me, book).mine.set_aside  # type: ignore[union-attr]
    room.library.listening.take_up(room.me, book)
    assert room.library.listening.aside(room.me) == []


def test_time_by_item_and_day(room: Room, book: str) -> None:
    listening = room.library.listening
    for number, day in enumerate(("2022-12-31", "2023-01-01", "2023-01-01")):
        listening.merge(room.me, told(book, id=f"s{number}", day=day, changed_at_ms=1_000 + number))
    assert listening.days(room.me) == {"2022-12-31": HOUR, "2023-01-01": 2 * HOUR}
    (heard,) = listening.items(room.me, ("2023-01-01", "2023-12-31"))
    assert (heard.item_id, heard.heard_ms, heard.sessions) == (book, 2 * HOUR, 2)
    assert listening.days(person("ann", sources=[])) == {}


def test_sessions_follow_an_item_and_go_with_it(room: Room, book: str) -> None:
    room.library.listening.merge(room.me, told(book))
    room.library.trash.put(room.me, book)
    assert room.library.listening.page(room.me) == ([], 0)
    room.library.trash.restore(room.me, book)
    assert room.library.listening.page(room.me)[1] == 1
    room.library.trash.put(room.me, book)
    room.library.trash.delete(room.me, book)
    with room.database.read() as connection:
        assert not list(connection.exec_driver_sql("SELECT * FROM listening_session"))
