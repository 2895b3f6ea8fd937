"""Brings recorded events to the reactions that asked for them.

Each reaction has a position on the log of its own. An event that makes it fail is put aside and tried again later,
more and more rarely, while the reaction goes on with the next one; after `PARK_AFTER` failures it stays parked until
a person asks again. Several postmen, in any number of processes, may work on one database at once.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Connection, ForeignKey, Integer, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from medley.kernel.clock import Clock, SystemClock
from medley.kernel.database import Database, Ident, Name, table, upsert
from medley.kernel.errors import MedleyError
from medley.kernel.events import Event, Reaction, event_table, read_events

PARK_AFTER = 10
_BATCH = 100
_POLL_S = 0.2
_TURN_S = 0.25  # a reaction gives the writer's place back after this long
_FIRST_PAUSE_MS = 1_000
_LONGEST_PAUSE_MS = 3_600_000

position_table = table(
    "reaction",
    Column("name", Ident, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
failure_table = table(
    "reaction_failure",
    Column("reaction", Ident, ForeignKey(position_table.c.name, ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, ForeignKey(event_table.c.seq), primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Name, nullable=False),
    Column("again_at", BigInteger, nullable=False, index=True),
    Column("parked", Boolean, nullable=False),
)

_log = logging.getLogger(__name__)


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a reaction could not digest; `again_at` is when it is tried next, unless it is parked."""

    reaction: str
    seq: int
    attempts: int
    error: str
    again_at: int
    parked: bool


class Postman:
    """Delivers the log to `reactions`."""

    def __init__(self, database: Database, reactions: Iterable[Reaction], clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()
        self._reactions = {reaction.name: reaction for reaction in reactions}
        self._introduced = False

    def deliver(self) -> int:
        """Bring every reaction up to date; the answer is how many events were digested."""
        self._introduce()
        count = sum(self._retry(reaction) for reaction in self._reactions.values())
        for reaction in self._reactions.values():
            while (step := self._advance(reaction)) is not None:
                count += step
        return count

    def watch(self, stop: threading.Event) -> None:
        """Deliver whenever somebody has committed, until `stop` is set. Trouble with the database is waited out."""
        seen, next_retry = None, 0.0
        while not stop.is_set():
            try:
                version = self._database.data_version()
                if version != seen or time.monotonic() >= next_retry:
                    self.deliver()
                    seen, next_retry = version, time.monotonic() + _FIRST_PAUSE_MS / 1000
            except (MedleyError, DBAPIError) as error:
                _log.warning("Events wait: %s", error)
                stop.wait(2)
            stop.wait(_POLL_S)

    def tail(self, after_seq: int, limit: int = 100) -> list[tuple[int, Event]]:
        """Events after the number `after_seq`, oldest first, for a live stream."""
        with self._database.read() as connection:
            return read_events(connection, after_seq, limit)

    def head(self) -> int:
        """The number of the newest event, 0 when there never was one."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(event_table.c.seq))) or 0

    def failures(self) -> list[Failure]:
        """What could not be delivered, parked ones included."""
        with self._database.read() as connection:
            rows = connection.execute(select(failure_table).order_by(failure_table.c.seq)).mappings()
            return [Failure(**{str(key): value for key, value in row.items()}) for row in rows]

    def unpark(self) -> None:
        """Try everything that was put aside again, now."""
        with self._database.write() as connection:
            connection.execute(update(failure_table).values(parked=False, again_at=0))

    def prune(self, older_than_ms: int) -> int:
        """Forget events that happened before `older_than_ms` (ms since 1970) and that every reaction has digested."""
        self._introduce()
        with self._database.write() as connection:
            waiting = [self._first_waiting(connection, reaction) for reaction in self._reactions.values()]
            old = event_table.c.happened_at < older_than_ms
            unfailed = event_table.c.seq.not_in(select(failure_table.c.seq))
            floor = min((seq for seq in waiting if seq is not None), default=None)
            undelivered = [] if floor is None else [event_table.c.seq < floor]
            return connection.execute(delete(event_table).where(old, unfailed, *undelivered)).rowcount

    def _introduce(self) -> None:
        if self._introduced:
            return
        with self._database.write() as connection:
            rows = [{"name": name, "seq": 0} for name in self._reactions]
            upsert(connection, position_table, rows, ["name"])
        self._introduced = True

    def _advance(self, reaction: Reaction) -> int | None:
        """Digest one batch; None when there was nothing to do."""
        with self._database.read() as connection:  # looking does not take the writer's place
            if not self._waiting(connection, reaction, 1):
                return None
        return self._advance_inside(reaction) if reaction.run else self._advance_outside(reaction)

    def _advance_inside(self, reaction: Reaction) -> int:
        run, until, count = reaction.run, time.monotonic() + _TURN_S, 0
        assert run is not None
        with self._database.write() as connection:
            last = None
            for seq, event in self._waiting(connection, reaction, _BATCH, lock=True):
                count += self._try(connection, reaction, seq, lambda event=event: run(connection, event))
                last = seq
                if time.monotonic() > until:
                    break
            if last is not None:
                self._move(connection, reaction, last)
        return count

    def _advance_outside(self, reaction: Reaction) -> int:
        after = reaction.after
        assert after is not None
        with self._database.read() as connection:
            waiting = self._waiting(connection, reaction, 1)
        count = 0
        for seq, event in waiting:
            error = _outcome(lambda event=event: after(event))
            with self._database.write() as connection:
                if error is not None:
                    self._put_aside(connection, reaction, seq, error)
                self._move(connection, reaction, seq)
            count += error is None
        return count

    def _retry(self, reaction: Reaction) -> int:
        due = (
            select(failure_table.c.seq)
            .where(
                failure_table.c.reaction == reaction.name,
                ~failure_table.c.parked,
                failure_table.c.again_at <= self._clock.now_ms(),
            )
            .order_by(failure_table.c.seq)
            .limit(_BATCH)
        )
        with self._database.read() as connection:
            seqs = list(connection.scalars(due))
        return sum(self._retry_one(reaction, seq) for seq in seqs)

    def _retry_one(self, reaction: Reaction, seq: int) -> bool:
        mine = (failure_table.c.reaction == reaction.name, failure_table.c.seq == seq)
        with self._database.write() as connection:
            # Whoever holds the row does the work; another postman finds it gone.
            if connection.scalar(select(failure_table.c.seq).where(*mine).with_for_update(skip_locked=True)) is None:
                return False
            event = read_events(connection, seq - 1, 1, [kind.__name__ for kind in reaction.to])[0][1]
            run, after = reaction.run, reaction.after
            effect = (lambda: run(connection, event)) if run else (lambda: after(event) if after else None)
            digested = self._try(connection, reaction, seq, effect)
            if digested:
                connection.execute(delete(failure_table).where(*mine))
            return digested

    def _try(self, connection: Connection, reaction: Reaction, seq: int, effect: Callable[[], None]) -> bool:
        savepoint = connection.begin_nested()
        error = _outcome(effect)
        if error is None:
            savepoint.commit()
            return True
        if isinstance(error, DBAPIError) and self._database.explain(error) is not None:
            raise error  # the disk or the server is in trouble, not this event
        savepoint.rollback()
        self._put_aside(connection, reaction, seq, error)
        return False

    def _put_aside(self, connection: Connection, reaction: Reaction, seq: int, error: Exception) -> None:
        key = (failure_table.c.reaction == reaction.name, failure_table.c.seq == seq)
        attempts = (connection.scalar(select(failure_table.c.attempts).where(*key)) or 0) + 1
        pause = min(_FIRST_PAUSE_MS * 4 ** (attempts - 1), _LONGEST_PAUSE_MS)
        row: dict[str, Any] = {
            "reaction": reaction.name,
            "seq": seq,
            "attempts": attempts,
            "error": f"{type(error).__name__}: {error}",
            "again_at": self._clock.now_ms() + pause,
            "parked": attempts >= PARK_AFTER,
        }
        upsert(connection, failure_table, [row], ["reaction", "seq"], ["attempts", "error", "again_at", "parked"])
        _log.warning("The reaction %s failed on event %d: %s", reaction.name, seq, error, exc_info=error)

    def _waiting(
        self, connection: Connection, reaction: Reaction, limit: int, *, lock: bool = False
    ) -> list[tuple[int, Event]]:
        query = select(position_table.c.seq).where(position_table.c.name == reaction.name)
        position = connection.scalar(query.with_for_update() if lock else query) or 0
        return read_events(connection, position, limit, [kind.__name__ for kind in reaction.to])

    def _first_waiting(self, connection: Connection, reaction: Reaction) -> int | None:
        found = self._waiting(connection, reaction, 1)
        return found[0][0] if found else None

    @staticmethod
    def _move(connection: Connection, reaction: Reaction, seq: int) -> None:
        # Never backwards: another postman may have been faster.
        ahead = (position_table.c.name == reaction.name, position_table.c.seq < seq)
        connection.execute(update(position_table).where(*ahead).values(seq=seq))


def _outcome(effect: Callable[[], None]) -> Exception | None:
    try:
        effect()
    except Exception as error:
        return error
    return None
