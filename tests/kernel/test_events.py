"""Events reach their reactions exactly once, whatever happens in between."""

import threading
from contextlib import suppress

import pytest
from sqlalchemy import BigInteger, Column, Connection, func, insert, select
from tests.support.processes import start_python, until

from medley.kernel.clock import FixedClock
from medley.kernel.database import Database, id_column, table
from medley.kernel.events import Event, Reaction, record
from medley.kernel.postman import PARK_AFTER, Postman

seen = table("test_seen", id_column(), Column("number", BigInteger, nullable=False))


class Counted(Event, frozen=True, kw_only=True):
    number: int
    name: str = ""


class Ignored(Event, frozen=True, kw_only=True):
    pass


def _note(connection: Connection, event: Event) -> None:
    assert isinstance(event, Counted)
    connection.execute(insert(seen), {"id": str(event.number), "number": event.number})


def _record(database: Database, *numbers: int) -> None:
    for number in numbers:
        with database.write() as connection:
            record(connection, Counted(number=number))


def _seen(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.scalars(select(seen.c.number).order_by(seen.c.number)))


def test_an_event_comes_back_as_it_went(database: Database) -> None:
    event = Counted(number=7, name="千尋")
    with database.write() as connection:
        seq = record(connection, event)
    assert Postman(database, []).tail(0) == [(seq, event)]
    assert Postman(database, []).head() == seq


def test_no_event_without_its_transaction(database: Database) -> None:
    with suppress(ZeroDivisionError), database.write() as connection:
        record(connection, Counted(number=1))
        _ = 1 / 0
    assert Postman(database, []).tail(0) == []


def test_two_rooms_cannot_name_an_event_alike() -> None:
    with pytest.raises(TypeError, match="both name an event JobChanged"):

        class JobChanged(Event):
            pass


def test_each_event_is_digested_once_by_each_reaction_that_wants_it(database: Database) -> None:
    heard: list[Event] = []
    reactions = [Reaction("note", (Counted,), run=_note), Reaction("hear", (Counted, Ignored), after=heard.append)]
    _record(database, 1, 2)
    with database.write() as connection:
        record(connection, Ignored())
    assert Postman(database, reactions).deliver() == 5
    assert Postman(database, reactions).deliver() == 0
    assert _seen(database) == [1, 2]
    assert heard == [Counted(number=1), Counted(number=2), Ignored()]


def test_a_failing_event_blocks_neither_later_ones_nor_other_reactions(database: Database, clock: FixedClock) -> None:
    bad = {2}

    def choosy(connection: Connection, event: Event) -> None:
        _note(connection, event)
        assert isinstance(event, Counted)
        if event.number in bad:
            raise ValueError("indigestible")

    heard: list[Event] = []
    postman = Postman(
        database, [Reaction("choosy", (Counted,), run=choosy), Reaction("hear", (Counted,), after=heard.append)], clock
    )
    _record(database, 1, 2, 3)
    postman.deliver()
    assert _seen(database) == [1, 3]  # what the failed one had written is undone
    assert len(heard) == 3
    [failure] = postman.failures()
    assert (failure.reaction, failure.attempts, failure.error) == ("choosy", 1, "ValueError: indigestible")
    bad.clear()
    assert postman.deliver() == 0  # not yet
    clock.advance(1000)
    assert postman.deliver() == 1
    assert (_seen(database), postman.failures()) == ([1, 2, 3], [])


def test_what_never_works_is_parked_and_can_be_asked_for_again(database: Database, clock: FixedClock) -> None:
    calls: list[Event] = []

    def never(event: Event) -> None:
        calls.append(event)
        if len(calls) <= PARK_AFTER:
            raise ValueError("no")

    postman = Postman(database, [Reaction("never", (Counted,), after=never)], clock)
    _record(database, 1)
    for _ in range(PARK_AFTER + 5):
        postman.deliver()
        clock.advance(3_600_000)
    assert len(calls) == PARK_AFTER
    assert postman.failures()[0].parked
    postman.unpark()
    assert postman.deliver() == 1
    assert postman.failures() == []


def test_two_postmen_share_the_work_without_doubling(database: Database) -> None:
    _record(database, *range(150))
    postmen = [Postman(database, [Reaction("note", (Counted,), run=_note)]) for _ in range(4)]
    threads = [threading.Thread(target=postman.deliver) for postman in postmen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _seen(database) == list(range(150))
    assert postmen[0].failures() == []  # a second delivery would break the primary key


def test_numbers_become_visible_in_their_order(database: Database) -> None:
    """A reader that remembers the highest number it saw must never miss a lower one that commits later."""
    stop, gaps = threading.Event(), []

    def read_along() -> None:
        position, postman = 0, Postman(database, [])
        told: list[int] = []
        while not stop.is_set() or postman.tail(position):
            for seq, event in postman.tail(position):
                assert isinstance(event, Counted)
                position = seq
                told.append(event.number)
        gaps.extend(set(range(80)) - set(told))

    reader = threading.Thread(target=read_along)
    reader.start()
    writers = [threading.Thread(target=_record, args=(database, *range(n * 20, n * 20 + 20))) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    assert gaps == []


def test_watch_delivers_soon_after_a_commit(database: Database) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=Postman(database, [Reaction("note", (Counted,), run=_note)]).watch, args=(stop,))
    thread.start()
    _record(database, 1)
    until(lambda: _seen(database) == [1], 5, what="the delivery")
    _record(database, 2)
    until(lambda: _seen(database) == [1, 2], 5, what="the second delivery")
    stop.set()
    thread.join(5)


def test_prune_keeps_what_somebody_still_needs(database: Database, clock: FixedClock) -> None:
    def fail(event: Event) -> None:
        raise ValueError

    _record(database, 1, 2)
    slow = Postman(database, [Reaction("slow", (Counted,), after=lambda event: None)], clock)
    assert slow.prune(2**60) == 0
    Postman(database, [Reaction("bad", (Counted,), after=fail)], clock).deliver()
    slow.deliver()
    assert slow.prune(0) == 0
    assert slow.prune(2**60) == 0  # put aside by "bad", which will want them
    _record(database, 3)
    slow.deliver()
    assert slow.prune(2**60) == 1
    _record(database, 4)
    assert slow.head() == 4  # a number is never used twice


_KILLED = """
import os, threading, random, time
from medley.adapters.databases import open_database
from medley.kernel.events import Reaction
from medley.kernel.postman import Postman
from tests.kernel import test_events as shared
database = open_database(sys.argv[1])
def slowly(connection, event):
    shared._note(connection, event)
    time.sleep(0.002)
threading.Timer(random.uniform(0.05, 0.25), lambda: os.kill(os.getpid(), 9)).start()
Postman(database, [Reaction("note", (shared.Counted,), run=slowly)]).deliver()
"""


def test_exactly_once_across_kills(database: Database) -> None:
    _record(database, *range(300))
    for _ in range(6):
        assert start_python(_KILLED, database.url).wait() in (-9, 0)
    until(lambda: Postman(database, [Reaction("note", (Counted,), run=_note)]).deliver() == 0)
    assert _seen(database) == list(range(300))
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(seen)) == 300
    assert Postman(database, []).failures() == []  # a doubled effect would have been refused by the primary key
