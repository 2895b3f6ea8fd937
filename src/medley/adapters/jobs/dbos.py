"""Runs the jobs of the job table as durable DBOS workflows. Only a worker process imports this module."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from medley.kernel.clock import Clock, SystemClock
from medley.kernel.database import Database
from medley.kernel.errors import MedleyError, Unavailable
from medley.kernel.job_ledger import JobLedger
from medley.kernel.jobs import Cancelled, Job, JobKind, Jobs

from ._context import RunningJob, StopSign
from ._engine import Engine

_LOOK_EVERY_S = 0.2
_LOOK_ANYWAY_S = 1.0
_BEAT_EVERY_S = 10.0
_PRUNE_EVERY_S = 3600.0
_KEEP_MS = 30 * 24 * 3600 * 1000
_WINDOW = 200  # handed over at once; the rest waits in the table, where a more urgent job can still overtake it
_MOST_STARTS = 100
_FIRST_PAUSE_MS = 2_000

_log = logging.getLogger(__name__)


class JobRunner:
    """Runs `kinds`; the row of a job is the truth, DBOS remembers how far its workflow is."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        kinds: Iterable[JobKind],
        data_dir: Path,
        *,
        worker: str = "worker",
        clock: Clock | None = None,
        poll_s: float = 1.0,
    ) -> None:
        """`worker` is a name that this process has again after a restart and no other has at the same time.

        `poll_s` is how often each kind looks for its next job: the longest a job waits, and the price of idling.
        """
        self._jobs = jobs
        self._clock = clock or SystemClock()
        self._ledger = JobLedger(database, self._clock)
        self._database = database
        self._kinds = {kind.name: kind for kind in kinds}
        self._engine = Engine(database.url, data_dir, worker, poll_s)
        self._signs: dict[str, StopSign] = {}
        self._schedules: list[tuple[str, float, str]] = []
        self._down = threading.Event()
        self._feeder = threading.Thread(target=self._feed, name="job-feeder", daemon=True)
        self._next_beat = self._next_prune = 0.0

    def every(self, kind: str, seconds: float, title: str = "") -> None:
        """Ask for a job of `kind` whenever the last one so asked for is that old; it may never overlap itself."""
        self._schedules.append((kind, seconds, title or kind))

    def start(self) -> None:
        """Resume the jobs that ran when the worker died, then take new ones."""
        self._engine.start(self._work, self._kinds.values())
        self._take_back_lost()
        self._feeder.start()

    def stop(self, grace_s: float = 10.0) -> None:
        """Ask running jobs to stop and wait for them; they go on at the next start."""
        self._down.set()
        for sign in list(self._signs.values()):
            sign.raise_it("shutdown")
        deadline = time.monotonic() + grace_s
        while self._signs and time.monotonic() < deadline:
            time.sleep(0.02)
        self._feeder.join(grace_s)
        self._engine.stop()

    def _work(self, job_id: str) -> None:
        job = self._insist(lambda: self._ledger.start(job_id))
        if job is None:
            return
        kind = self._kinds.get(job.kind)
        if kind is None:  # resumed here, although only another worker can do it now
            self._insist(lambda: self._ledger.again(job_id))
            return
        sign = self._signs[job_id] = StopSign(kind.timeout_s)
        if self._down.is_set():
            sign.raise_it("shutdown")
        try:
            self._insist(self._run(job, kind, sign))
        finally:
            del self._signs[job_id]

    def _run(self, job: Job, kind: JobKind, sign: StopSign) -> Callable[[], None]:
        """Run the job and say what is to be noted about it."""
        if job.attempts > _MOST_STARTS:
            error = f"The worker stopped {_MOST_STARTS} times while it did this job, so it is not tried any more."
            return lambda: self._ledger.end(job.id, "failed", error=error)
        context = RunningJob(job, sign, self._ledger, self._engine.step)
        try:
            result = kind.run(context)
            context.say()
        except Cancelled:
            return self._stopped(job, kind, sign)
        except Exception as error:
            _log.warning("The job %s (%s) failed", job.title, job.id, exc_info=error)
            return self._failed(job, kind, error)
        return lambda: self._ledger.end(job.id, "done", result=result)

    def _stopped(self, job: Job, kind: JobKind, sign: StopSign) -> Callable[[], None]:
        if sign.reason == "shutdown":
            return lambda: self._ledger.again(job.id)
        if sign.reason == "timeout":
            return self._failed(job, kind, Unavailable(f"It took longer than {kind.timeout_s:g} seconds."))
        return lambda: self._ledger.end(job.id, "cancelled")

    def _failed(self, job: Job, kind: JobKind, error: Exception) -> Callable[[], None]:
        sentence = f"{error} {error.hint}".strip() if isinstance(error, MedleyError) else _plain(error)
        # What Medley explains will be just as wrong next time, unless something was only missing for now.
        hopeless = isinstance(error, MedleyError) and not isinstance(error, Unavailable)
        if hopeless or job.failures >= kind.retries:
            return lambda: self._ledger.end(job.id, "failed", error=sentence)
        pause = _FIRST_PAUSE_MS * 4**job.failures
        return lambda: self._ledger.again(job.id, delay_ms=pause, error=sentence, failed=True)

    def _insist(self, note: Callable[[], Any]) -> Any:
        """Write something down even if the disk is full for a while."""
        while True:
            try:
                return note()
            except (Unavailable, DBAPIError) as error:
                _log.warning("A job's state cannot be written yet: %s", error)
                if self._down.wait(2):
                    raise

    def _feed(self) -> None:
        seen, look_anyway = None, 0.0
        while not self._down.wait(_LOOK_EVERY_S):
            try:
                version = self._database.data_version()
                if version != seen or time.monotonic() >= look_anyway:
                    seen, look_anyway = version, time.monotonic() + _LOOK_ANYWAY_S
                    self._look()
            except Exception as error:
                _log.warning("Jobs wait: %s", error)

    def _look(self) -> None:
        self._pass_on_cancellations()
        self._ask_for_what_is_due()
        self._hand_over()
        self._keep_house()

    def _hand_over(self) -> None:
        waiting = self._ledger.waiting(list(self._kinds), _WINDOW)
        known = self._engine.states([job.id for job in waiting])
        for job in waiting:
            if job.id not in known:
                self._engine.enqueue(job)
            elif not known[job.id]:
                self._engine.rewind(job)

    def _take_back_lost(self) -> None:
        """Queue rows that say "running" although DBOS has nothing to resume, as after a restored backup."""
        running = self._ledger.running()
        known = self._engine.states(running)
        for job_id in running:
            if not known.get(job_id, False):
                self._ledger.again(job_id)

    def _pass_on_cancellations(self) -> None:
        for job_id in self._ledger.cancelling() if self._signs else ():
            if sign := self._signs.get(job_id):
                sign.raise_it("cancelled")

    def _ask_for_what_is_due(self) -> None:
        for kind, seconds, title in self._schedules:
            last = self._ledger.last_asked_at(f"every:{kind}")
            if last is None or self._clock.now_ms() - last >= seconds * 1000:
                self._jobs.request(kind, {}, title=title, dedupe=f"every:{kind}")

    def _keep_house(self) -> None:
        now = time.monotonic()
        if self._signs and now >= self._next_beat:
            self._next_beat = now + _BEAT_EVERY_S
            self._ledger.beat(list(self._signs))
        if now >= self._next_prune:
            self._next_prune = now + _PRUNE_EVERY_S
            self._engine.forget(self._ledger.prune(self._clock.now_ms() - _KEEP_MS))


def _plain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
