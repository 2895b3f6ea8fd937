"""The worker's side of the job table: what to start, and how it went."""

from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.jobs import Job, State, change_job, job_table, read_job

_ENDED: tuple[State, ...] = ("done", "failed", "cancelled")


class JobLedger:
    """Notes of a worker about jobs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def waiting(self, kinds: list[str], limit: int) -> list[Job]:
        """Queued jobs that may start now, in the order in which they should."""
        query = (
            select(job_table)
            .where(
                job_table.c.state == "queued",
                job_table.c.kind.in_(kinds),
                job_table.c.ready_at <= self._clock.now_ms(),
            )
            .order_by(job_table.c.priority.desc(), job_table.c.created_at, job_table.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Job(**dict(row)) for row in connection.execute(query).mappings()]  # type: ignore[arg-type]

    def running(self) -> list[str]:
        """The ids of jobs that run, or ran when their worker died."""
        with self._database.read() as connection:
            return list(connection.scalars(select(job_table.c.id).where(job_table.c.state == "running")))

    def cancelling(self) -> list[str]:
        """The ids of running jobs that somebody wants to end."""
        wanted = select(job_table.c.id).where(job_table.c.state == "running", job_table.c.cancelling)
        with self._database.read() as connection:
            return list(connection.scalars(wanted))

    def start(self, job_id: str) -> Job | None:
        """Note that the job starts; None when it is not to run any more."""
        with self._database.write() as connection:
            job = self._find(connection, job_id)
            if job is None or job.state in _ENDED:
                return None
            now = self._clock.now_ms()
            if job.cancelling:  # asked for while the worker was down
                change_job(connection, job_id, now, state="cancelled", cancelling=False, ended_at=now)
                return None
            return change_job(
                connection,
                job_id,
                now,
                state="running",
                attempts=job.attempts + 1,
                started_at=job.started_at or now,
                heartbeat_at=now,
            )

    def progress(self, job_id: str, done: int, total: int, message: str) -> None:
        with self._database.write() as connection:
            now = self._clock.now_ms()
            change_job(connection, job_id, now, done=done, total=total, message=message, heartbeat_at=now)

    def beat(self, job_ids: list[str]) -> None:
        """Note that the worker of these jobs is alive."""
        with self._database.write() as connection:
            mine = job_table.c.id.in_(job_ids)
            connection.execute(update(job_table).where(mine).values(heartbeat_at=self._clock.now_ms()))

    def end(self, job_id: str, state: State, *, result: Any = None, error: str = "") -> None:
        """Note that the job is over."""
        with self._database.write() as connection:
            now = self._clock.now_ms()
            values = {"state": state, "result": msgspec.to_builtins(result), "error": error, "ended_at": now}
            change_job(connection, job_id, now, **values, cancelling=False)

    def again(self, job_id: str, *, delay_ms: int = 0, error: str = "", failed: bool = False) -> None:
        """Put the job back into the queue, unless it has ended; `failed` counts as one of its failures."""
        with self._database.write() as connection:
            job = self._find(connection, job_id)
            if job is None or job.state in _ENDED:
                return
            now = self._clock.now_ms()
            failures = job.failures + int(failed)
            change_job(connection, job_id, now, state="queued", ready_at=now + delay_ms, error=error, failures=failures)

    def last_asked_at(self, dedupe: str) -> int | None:
        """When a job with this `dedupe` was last asked for, in ms since 1970."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(job_table.c.created_at)).where(job_table.c.dedupe == dedupe))

    def prune(self, older_than_ms: int) -> list[str]:
        """Forget jobs that ended before `older_than_ms`, and name them."""
        old = (job_table.c.state.in_(_ENDED), job_table.c.ended_at < older_than_ms)
        with self._database.write() as connection:
            ids = list(connection.scalars(select(job_table.c.id).where(*old).limit(1000)))
            connection.execute(delete(job_table).where(job_table.c.id.in_(ids)))
        return ids

    def can_write(self) -> bool:
        """Whether this thread may note something now: not while it is inside a transaction of its own."""
        return not self._database.is_writing()

    @staticmethod
    def _find(connection: Connection, job_id: str) -> Job | None:
        known = connection.scalar(select(job_table.c.id).where(job_table.c.id == job_id))
        return None if known is None else read_job(connection, job_id, lock=True)
