"""Work that outlives the request that asked for it.

Anybody may ask for a job and watch it; only a worker runs one (`medley.adapters.jobs`). The table here is what people
see: what waits, what runs and how far it is, what went wrong. Asking inside a room's own transaction makes the job
exist exactly when that transaction commits.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, Protocol, TypeVar

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from medley.kernel.clock import Clock
from medley.kernel.database import Database, Ident, Json, Name, id_column, table
from medley.kernel.errors import Conflict, NotFound
from medley.kernel.events import Event, record
from medley.kernel.ids import new_id
from medley.kernel.pages import DEFAULT_LIMIT, Page, check_limit, decode_cursor, encode_cursor

P = ParamSpec("P")
R = TypeVar("R")

State = Literal["queued", "running", "done", "failed", "cancelled"]

_POLL_S = 0.1

job_table = table(
    "job",
    id_column(),
    Column("kind", Ident, nullable=False),
    Column("title", Name, nullable=False),
    Column("arguments", Json, nullable=False),
    Column("state", Ident, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("message", Name, nullable=False),
    Column("result", Json),
    Column("error", Name, nullable=False),
    Column("dedupe", Ident, nullable=False),
    Column("attempts", Integer, nullable=False),  # how often it was started, crashes included
    Column("failures", Integer, nullable=False),  # how often it failed since somebody last asked for it
    Column("round", Integer, nullable=False),  # how often a person asked for it again
    Column("ready_at", BigInteger, nullable=False),  # not before this time
    Column("cancelling", Boolean, nullable=False),
    Column("requested_by", Ident),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("heartbeat_at", BigInteger),
)
_open = job_table.c.state.in_(("queued", "running"))
_one_at_a_time = and_(job_table.c.dedupe != "", _open)
Index("ix_job_state_id", job_table.c.state, job_table.c.id)
Index(
    "uq_job_open_dedupe",
    job_table.c.dedupe,
    unique=True,
    sqlite_where=_one_at_a_time,
    postgresql_where=_one_at_a_time,
)


class JobChanged(Event, frozen=True, kw_only=True):
    """A job was asked for, moved on, or ended."""

    id: str
    kind: str
    state: State
    done: int = 0
    total: int = 0
    message: str = ""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One job as people see it; times are milliseconds since 1970 UTC, `total` 0 means not known yet."""

    id: str
    kind: str
    title: str
    arguments: dict[str, Any]
    state: State
    priority: int
    done: int
    total: int
    message: str
    result: Any
    error: str
    dedupe: str
    attempts: int
    failures: int
    round: int
    ready_at: int
    cancelling: bool
    requested_by: str | None
    created_at: int
    started_at: int | None
    ended_at: int | None
    heartbeat_at: int | None


class Cancelled(Exception):
    """The job was told to stop; let it pass, the runner knows what to do."""


class JobContext(Protocol):
    """What a running job is handed."""

    @property
    def id(self) -> str: ...

    @property
    def arguments(self) -> dict[str, Any]: ...

    @property
    def stopping(self) -> bool:
        """Whether the job should end soon: cancelled, out of time, or the worker goes down."""
        ...

    def check(self) -> None:
        """Raise `Cancelled` when the job should end; call it between pieces of work."""
        ...

    def report(self, done: int, total: int, message: str = "") -> None:
        """Say how far it is; cheap, shown at most twice a second. Ignored inside a `Database.write`."""
        ...

    def step(self, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a coarse step once: after a crash or a retry its result is remembered instead of being made again.

        The result must be plain JSON data (a tuple comes back as a list); the steps of a job must come in the same
        order each time.
        """
        ...


@dataclass(frozen=True, slots=True)
class JobKind:
    """How one kind of job is done.

    `run` may be called again from its beginning after a crash, with the same id: it commits its own progress and
    finds out itself what is left to do. Its result, plain JSON data, is kept with the job.
    """

    name: str
    run: Callable[[JobContext], Any]
    retries: int = 2  # after a failure; a crash is not one
    concurrency: int = 1
    timeout_s: float | None = None


class Jobs:
    """Asks for jobs and watches them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def request(
        self,
        kind: str,
        arguments: Mapping[str, Any],
        *,
        title: str,
        priority: int = 0,
        dedupe: str = "",
        connection: Connection | None = None,
        requested_by: str | None = None,
        delay_ms: int = 0,
    ) -> str:
        """Ask for a job and get its id; a higher `priority` goes first. It does not start before `delay_ms` are over.

        Where a job with the same non-empty `dedupe` waits or runs, that one's id is the answer and nothing is added.
        With `connection` the job is part of the caller's transaction.
        """
        row = {
            **_FRESH,
            "id": new_id(),
            "kind": kind,
            "title": title,
            "arguments": dict(arguments),
            "priority": priority,
            "dedupe": dedupe,
            "requested_by": requested_by,
            "created_at": self._clock.now_ms(),
            "ready_at": self._clock.now_ms() + delay_ms if delay_ms else 0,
        }
        with nullcontext(connection) if connection is not None else self._database.write() as chosen:
            return self._insert(chosen, row)

    def get(self, job_id: str) -> Job:
        """The job as it is now; `NotFound` when there is none."""
        with self._database.read() as connection:
            return read_job(connection, job_id)

    def list(self, states: Sequence[State] = (), cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[Job]:
        """Jobs in any of `states` (all when empty), the newest first."""
        query = select(job_table).order_by(job_table.c.id.desc()).limit(check_limit(limit) + 1)
        if states:
            query = query.where(job_table.c.state.in_(states))
        if cursor is not None:
            query = query.where(job_table.c.id < str(decode_cursor(cursor, 1)[0]))
        with self._database.read() as connection:
            found = [_job(row) for row in connection.execute(query).mappings()]
        more = encode_cursor([found[limit - 1].id]) if len(found) > limit else None
        return Page(found[:limit], more)

    def cancel(self, job_id: str) -> Job:
        """End a waiting job at once; ask a running one to stop. One that has ended stays as it is."""
        now = self._clock.now_ms()
        with self._database.write() as connection:
            job = read_job(connection, job_id, lock=True)
            if job.state == "queued":
                return change_job(connection, job_id, now, state="cancelled", ended_at=now)
            if job.state == "running":
                return change_job(connection, job_id, now, cancelling=True)
            return job

    def retry(self, job_id: str) -> Job:
        """Queue a failed or cancelled job again, under the same id."""
        with self._database.write() as connection:
            job = read_job(connection, job_id, lock=True)
            if job.state not in ("failed", "cancelled"):
                raise Conflict(
                    f"The job {job.title!r} is {job.state} and cannot be tried again.",
                    hint="Only a failed or cancelled job can.",
                )
            if job.dedupe and self._open_twin(connection, job.dedupe):
                raise Conflict(f"The job {job.title!r} was already asked for again.", hint="Wait for that one.")
            return change_job(connection, job_id, self._clock.now_ms(), **{**_FRESH, "round": job.round + 1})

    def wait(self, job_id: str, timeout_s: float) -> Job:
        """The job once it has ended, or as it is after `timeout_s` seconds."""
        deadline = time.monotonic() + timeout_s
        while True:
            job = self.get(job_id)
            if job.state not in ("queued", "running") or time.monotonic() >= deadline:
                return job
            time.sleep(_POLL_S)

    def _insert(self, connection: Connection, row: dict[str, Any]) -> str:
        make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        statement = make(job_table).on_conflict_do_nothing().returning(job_table.c.id)
        # Twice is enough: a twin that ended between the two statements no longer stands in the way.
        for _ in range(3):
            if row["dedupe"] and (twin := self._open_twin(connection, row["dedupe"])):
                return twin
            if connection.scalar(statement, row) is not None:
                record(connection, JobChanged(id=row["id"], kind=row["kind"], state="queued"), now_ms=row["created_at"])
                return row["id"]
        raise Conflict(f"The job {row['title']!r} could not be queued.", hint="Try again in a moment.")

    @staticmethod
    def _open_twin(connection: Connection, dedupe: str) -> str | None:
        return connection.scalar(select(job_table.c.id).where(job_table.c.dedupe == dedupe, _one_at_a_time))


_FRESH: dict[str, Any] = {
    "state": "queued",
    "done": 0,
    "total": 0,
    "message": "",
    "result": None,
    "error": "",
    "attempts": 0,
    "failures": 0,
    "round": 0,
    "ready_at": 0,
    "cancelling": False,
    "started_at": None,
    "ended_at": None,
    "heartbeat_at": None,
}


def read_job(connection: Connection, job_id: str, *, lock: bool = False) -> Job:
    """The job in the caller's transaction; `lock` keeps others from changing it meanwhile."""
    query = select(job_table).where(job_table.c.id == job_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such job.", hint="It may have been cleared away; list the jobs again.")
    return _job(row)


def change_job(connection: Connection, job_id: str, now_ms: int, **values: Any) -> Job:
    """Set columns of a job and tell everybody who watches."""
    connection.execute(update(job_table).where(job_table.c.id == job_id).values(**values))
    job = read_job(connection, job_id)
    changed = JobChanged(id=job.id, kind=job.kind, state=job.state, done=job.done, total=job.total, message=job.message)
    record(connection, changed, now_ms=now_ms)
    return job


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(**dict(row))
