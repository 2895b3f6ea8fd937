"""Asking for jobs and watching them."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, InvalidInput, NotFound
from medley.kernel.job_ledger import JobLedger
from medley.kernel.jobs import JobChanged, Jobs
from medley.kernel.postman import Postman


@pytest.fixture
def jobs(database: Database, clock: FixedClock) -> Jobs:
    return Jobs(database, clock)


@pytest.fixture
def ledger(database: Database, clock: FixedClock) -> JobLedger:
    return JobLedger(database, clock)


def test_a_requested_job_waits(jobs: Jobs, clock: FixedClock) -> None:
    job = jobs.get(jobs.request("scan", {"source": "x"}, title="Scan films", priority=3, requested_by="me"))
    assert (job.kind, job.arguments, job.title, job.priority) == ("scan", {"source": "x"}, "Scan films", 3)
    assert (job.state, job.requested_by, job.created_at, job.ended_at) == ("queued", "me", clock.now_ms(), None)


def test_it_exists_only_if_the_callers_transaction_commits(jobs: Jobs, database: Database) -> None:
    with suppress(ZeroDivisionError), database.write() as connection:
        jobs.request("scan", {}, title="Scan", connection=connection)
        _ = 1 / 0
    assert jobs.list().items == []


def test_an_equal_open_job_is_not_doubled(jobs: Jobs, ledger: JobLedger) -> None:
    later = jobs.get(jobs.request("scan", {}, title="Scan", delay_ms=5_000))
    assert later.ready_at == later.created_at + 5_000
    first = jobs.request("scan", {}, title="Scan", dedupe="films")
    assert jobs.request("scan", {}, title="Scan", dedupe="films") == first
    ledger.start(first)
    assert jobs.request("scan", {}, title="Scan", dedupe="films") == first
    ledger.end(first, "done")
    assert jobs.request("scan", {}, title="Scan", dedupe="films") != first


def test_equal_requests_at_once_make_one_job(jobs: Jobs) -> None:
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.append(jobs.request("scan", {}, title="Scan", dedupe="films")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_without_dedupe_every_request_counts(jobs: Jobs) -> None:
    assert jobs.request("scan", {}, title="Scan") != jobs.request("scan", {}, title="Scan")


def test_lists_by_state_newest_first_in_pages(jobs: Jobs) -> None:
    ids = [jobs.request("scan", {}, title=f"{number}") for number in range(7)]
    jobs.cancel(ids[3])
    first = jobs.list(["queued"], limit=4)
    second = jobs.list(["queued"], cursor=first.next, limit=4)
    told = [job.id for job in first.items + second.items]
    assert told == sorted(set(ids) - {ids[3]}, reverse=True)
    assert second.next is None
    with pytest.raises(InvalidInput):
        jobs.list(cursor="nonsense")


def test_cancelling(jobs: Jobs, ledger: JobLedger) -> None:
    waiting, running, ended = (jobs.request("scan", {}, title="Scan") for _ in range(3))
    ledger.start(running)
    ledger.start(ended)
    ledger.end(ended, "done")
    assert jobs.cancel(waiting).state == "cancelled"
    assert (jobs.cancel(running).state, ledger.cancelling()) == ("running", [running])
    assert jobs.cancel(ended).state == "done"
    assert ledger.start(waiting) is None


def test_a_job_cancelled_while_its_worker_was_down_does_not_start_again(jobs: Jobs, ledger: JobLedger) -> None:
    job_id = jobs.request("scan", {}, title="Scan")
    ledger.start(job_id)
    jobs.cancel(job_id)
    assert ledger.start(job_id) is None
    assert jobs.get(job_id).state == "cancelled"


def test_retry_keeps_the_id(jobs: Jobs, ledger: JobLedger) -> None:
    job_id = jobs.request("scan", {}, title="Scan")
    ledger.start(job_id)
    ledger.end(job_id, "failed", error="No disk.")
    again = jobs.retry(job_id)
    assert (again.id, again.state, again.error, again.round) == (job_id, "queued", "", 1)
    with pytest.raises(Conflict, match="is queued"):
        jobs.retry(job_id)


def test_retry_does_not_double_an_open_twin(jobs: Jobs) -> None:
    first = jobs.request("scan", {}, title="Scan", dedupe="films")
    jobs.cancel(first)
    jobs.request("scan", {}, title="Scan", dedupe="films")
    with pytest.raises(Conflict, match="already asked"):
        jobs.retry(first)


@pytest.mark.parametrize("ask", [Jobs.get, Jobs.cancel, Jobs.retry])
def test_an_unknown_job(jobs: Jobs, ask: Callable[[Jobs, str], object]) -> None:
    with pytest.raises(NotFound):
        ask(jobs, "0" * 26)


def test_the_urgent_and_the_older_go_first_and_the_delayed_wait(
    jobs: Jobs, ledger: JobLedger, clock: FixedClock
) -> None:
    wanted: list[str] = []
    for title, priority in (("low", 0), ("high", 5), ("younger", 5), ("delayed", 9)):
        wanted.append(jobs.request("scan", {}, title=title, priority=priority))
        clock.advance(1)
    low, high, younger, delayed = wanted
    ledger.again(delayed, delay_ms=1000)
    jobs.request("other", {}, title="other", priority=99)
    assert [job.id for job in ledger.waiting(["scan"], 10)] == [high, younger, low]
    clock.advance(1000)
    assert ledger.waiting(["scan"], 1)[0].id == delayed


def test_watchers_hear_of_every_change(jobs: Jobs, ledger: JobLedger, database: Database) -> None:
    job_id = jobs.request("scan", {}, title="Scan")
    ledger.start(job_id)
    ledger.progress(job_id, 5, 10, "half")
    ledger.end(job_id, "done", result={"added": 3})
    heard = [event for _, event in Postman(database, []).tail(0)]
    assert [(event.state, event.done, event.message) for event in heard if isinstance(event, JobChanged)] == [
        ("queued", 0, ""),
        ("running", 0, ""),
        ("running", 5, "half"),
        ("done", 5, "half"),
    ]
    assert jobs.get(job_id).result == {"added": 3}


def test_wait_answers_when_it_ended_or_time_is_up(jobs: Jobs, ledger: JobLedger) -> None:
    job_id = jobs.request("scan", {}, title="Scan")
    assert jobs.wait(job_id, 0.05).state == "queued"
    ledger.start(job_id)
    threading.Timer(0.2, lambda: ledger.end(job_id, "done")).start()
    assert jobs.wait(job_id, 20).state == "done"


def test_prune_forgets_only_what_ended_long_ago(jobs: Jobs, ledger: JobLedger, clock: FixedClock) -> None:
    old, open_one = (jobs.request("scan", {}, title="Scan") for _ in range(2))
    jobs.cancel(old)
    clock.advance(1000)
    recent = jobs.request("scan", {}, title="Scan")
    jobs.cancel(recent)
    assert ledger.prune(clock.now_ms() - 500) == [old]
    assert {job.id for job in jobs.list().items} == {open_one, recent}
