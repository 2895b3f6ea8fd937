"""Jobs run, stop, fail, come back and survive the death of their worker."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, func, insert, select
from tests.conftest import DIALECTS
from tests.support.processes import start_python, until

from medley.adapters.jobs.dbos import JobRunner
from medley.kernel.clock import SystemClock
from medley.kernel.database import Database, id_column, table
from medley.kernel.errors import NotFound, Unavailable
from medley.kernel.ids import new_id
from medley.kernel.job_ledger import JobLedger
from medley.kernel.jobs import JobContext, JobKind, Jobs

_LONG_S = 30

trace = table("test_trace", id_column(), Column("number", BigInteger, nullable=False))

Start = Callable[..., JobRunner]


BOTH = pytest.mark.parametrize("database", DIALECTS, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """SQLite, for most of this does not depend on the dialect; with `BOTH` each in turn."""
    postgresql = getattr(request, "param", "sqlite") == "postgresql"
    return request.getfixturevalue("postgresql_database" if postgresql else "sqlite_database")


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database, SystemClock())


@pytest.fixture
def start(database: Database, jobs: Jobs, tmp_path: Path) -> Iterator[Start]:
    running: list[JobRunner] = []

    def start(*kinds: JobKind, every: tuple[str, float] | None = None) -> JobRunner:
        runner = JobRunner(database, jobs, kinds, tmp_path, poll_s=0.1)
        if every:
            runner.every(*every)
        runner.start()
        running.append(runner)
        return runner

    yield start
    for runner in running:
        runner.stop()


def _wait_for_stop(context: JobContext) -> None:
    deadline = time.monotonic() + _LONG_S
    while time.monotonic() < deadline:
        context.check()
        time.sleep(0.02)


@BOTH
def test_a_job_runs_and_leaves_its_result(start: Start, jobs: Jobs) -> None:
    def add(context: JobContext) -> dict[str, int]:
        context.report(1, 2, "half way")
        return {"sum": context.arguments["a"] + context.arguments["b"]}

    start(JobKind("add", add))
    job = jobs.wait(jobs.request("add", {"a": 1, "b": 2}, title="Add"), _LONG_S)
    assert (job.state, job.result, job.attempts, job.error) == ("done", {"sum": 3}, 1, "")
    assert (job.done, job.total, job.message) == (1, 2, "half way")
    assert job.started_at is not None
    assert job.ended_at is not None


def test_reporting_inside_a_transaction_waits_for_its_end(start: Start, jobs: Jobs, database: Database) -> None:
    def work(context: JobContext) -> None:
        with database.write() as connection:
            connection.execute(insert(trace), {"id": new_id(), "number": 1})
            context.report(1, 1, "written")

    start(JobKind("work", work))
    job = jobs.wait(jobs.request("work", {}, title="Work"), _LONG_S)
    assert (job.state, job.done) == ("done", 1)


@BOTH
def test_a_failure_is_tried_again_and_finished_steps_are_kept(start: Start, jobs: Jobs) -> None:
    made: list[str] = []

    def fetch() -> list[int]:
        made.append("fetch")
        return [1, 2]

    def use(numbers: list[int]) -> int:
        made.append("use")
        if made.count("use") < 2:
            raise OSError("the line broke")
        return sum(numbers)

    def work(context: JobContext) -> int:
        return context.step("use", use, context.step("fetch", fetch))

    start(JobKind("work", work, retries=2))
    job = jobs.wait(jobs.request("work", {}, title="Work"), _LONG_S)
    assert (job.state, job.result, job.failures) == ("done", 3, 1)
    assert made == ["fetch", "use", "use"]


def test_after_the_last_retry_it_has_failed_and_a_person_may_ask_again(start: Start, jobs: Jobs) -> None:
    broken = [True]

    def work(context: JobContext) -> str:
        if broken:
            raise Unavailable("The disk is gone.", hint="Plug it in.")
        return "fine"

    start(JobKind("work", work, retries=0))
    job_id = jobs.request("work", {}, title="Work")
    job = jobs.wait(job_id, _LONG_S)
    assert (job.state, job.error) == ("failed", "The disk is gone. Plug it in.")
    broken.clear()
    jobs.retry(job_id)
    job = jobs.wait(job_id, _LONG_S)
    assert (job.state, job.result, job.error, job.round) == ("done", "fine", "", 1)


def test_what_cannot_get_better_is_not_tried_again(start: Start, jobs: Jobs) -> None:
    def work(context: JobContext) -> None:
        raise NotFound("There is no such film.")

    start(JobKind("work", work, retries=5))
    job = jobs.wait(jobs.request("work", {}, title="Work"), _LONG_S)
    assert (job.state, job.attempts) == ("failed", 1)


def test_a_running_job_can_be_cancelled(start: Start, jobs: Jobs) -> None:
    start(JobKind("long", _wait_for_stop))
    job_id = jobs.request("long", {}, title="Long")
    until(lambda: jobs.get(job_id).state == "running", what="the start")
    jobs.cancel(job_id)
    assert jobs.wait(job_id, 10).state == "cancelled"


def test_a_job_that_takes_too_long_is_stopped(start: Start, jobs: Jobs) -> None:
    start(JobKind("long", _wait_for_stop, retries=0, timeout_s=0.3))
    job = jobs.wait(jobs.request("long", {}, title="Long"), 10)
    assert (job.state, job.error) == ("failed", "It took longer than 0.3 seconds.")


def test_concurrency_and_priority_hold(start: Start, jobs: Jobs) -> None:
    order: list[str] = []
    together, most = [0], [0]
    lock = threading.Lock()

    def work(context: JobContext) -> None:
        with lock:
            order.append(context.arguments["name"])
            together[0] += 1
            most[0] = max(most[0], together[0])
        time.sleep(0.05)
        with lock:
            together[0] -= 1

    asked = [("low", 0), ("high", 5), ("middle", 3), ("high too", 5)]
    ids = [jobs.request("work", {"name": name}, title=name, priority=priority) for name, priority in asked]
    start(JobKind("work", work))
    for job_id in ids:
        assert jobs.wait(job_id, _LONG_S).state == "done"
    assert order == ["high", "high too", "middle", "low"]
    assert most == [1]


def test_stopping_the_worker_lets_jobs_go_on_later(start: Start, jobs: Jobs) -> None:
    done: list[str] = []

    def first_step() -> str:
        done.append("first")
        return "kept"

    def work(context: JobContext) -> str:
        kept = context.step("first", first_step)
        if len(done) < 2:
            done.append("waiting")
            _wait_for_stop(context)
        return kept

    runner = start(JobKind("work", work))
    job_id = jobs.request("work", {}, title="Work")
    until(lambda: "waiting" in done, what="the wait")
    runner.stop()
    assert (jobs.get(job_id).state, jobs.get(job_id).failures) == ("queued", 0)
    start(JobKind("work", work))
    assert jobs.wait(job_id, _LONG_S).result == "kept"
    assert done == ["first", "waiting"]


def test_a_schedule_asks_again_and_again(start: Start, jobs: Jobs) -> None:
    runs: list[float] = []
    start(JobKind("tick", lambda context: runs.append(time.monotonic())), every=("tick", 0.5))
    until(lambda: len(runs) >= 3, what="the third run")


def test_a_row_whose_workflow_is_lost_is_taken_up_again(start: Start, jobs: Jobs, database: Database) -> None:
    job_id = jobs.request("work", {}, title="Work")
    JobLedger(database, SystemClock()).start(job_id)  # as in a catalogue restored from a copy
    start(JobKind("work", lambda context: "done at last"))
    assert jobs.wait(job_id, _LONG_S).result == "done at last"


_WORKER = """
import threading
from pathlib import Path
from sqlalchemy import func, insert, select
from medley.adapters.databases import open_database
from medley.adapters.jobs.dbos import JobRunner
from medley.kernel.clock import SystemClock
from medley.kernel.ids import new_id
from medley.kernel.jobs import JobKind, Jobs
from tests.adapters.jobs.test_dbos import trace
database = open_database(sys.argv[1])
def prepare():
    print("prepared", flush=True)
    return 20
def scan(context):
    total = context.step("prepare", prepare)
    with database.read() as connection:
        done = connection.scalar(select(func.count()).select_from(trace))
    for number in range(done, total):
        with database.write() as connection:
            connection.execute(insert(trace), {"id": new_id(), "number": number})
        context.report(number + 1, total)
        if number + 1 == int(sys.argv[3]):
            threading.Event().wait()  # for the kill
    return total
runner = JobRunner(database, Jobs(database, SystemClock()), [JobKind("scan", scan)], Path(sys.argv[2]), poll_s=0.1)
runner.start()
threading.Event().wait()
"""


@BOTH
def test_a_job_resumes_after_kill_nine(database: Database, jobs: Jobs, tmp_path: Path) -> None:
    job_id = jobs.request("scan", {}, title="Scan")
    spoken: list[Any] = []
    for target in (4, 12):
        worker = start_python(_WORKER, database.url, tmp_path, target)
        until(lambda target=target: _count(database) == target, _LONG_S, what=f"number {target}")
        worker.kill()
        spoken.append(worker.communicate()[0])
        assert jobs.get(job_id).state == "running"
    worker = start_python(_WORKER, database.url, tmp_path, 0)
    job = jobs.wait(job_id, _LONG_S)
    worker.kill()
    spoken.append(worker.communicate()[0])
    assert (job.state, job.result, job.attempts, job.failures) == ("done", 20, 3, 0)
    assert spoken == ["prepared\n", "", ""]  # the finished step is remembered, and nothing else is printed
    with database.read() as connection:
        assert sorted(connection.scalars(select(trace.c.number))) == list(range(20))


def _count(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(trace)) or 0


def test_the_face_does_not_load_the_engine() -> None:
    source = "import medley.kernel.jobs, medley.adapters.jobs, medley.adapters.databases\n"
    loaded = start_python(source + "print('dbos' in sys.modules, 'psycopg' in sys.modules, 'alembic' in sys.modules)")
    assert loaded.communicate()[0].strip() == "False False False"
