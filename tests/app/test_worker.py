import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.processes import until

from medley.app.parts import REBUILD_JOB, Parts, build, prepare
from medley.app.settings import Settings
from medley.app.worker import Worker, alone, stand_in
from medley.kernel.errors import Conflict


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    (tmp_path / "Books").mkdir()
    (tmp_path / "Books" / "Ada Lovelace - Notes.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    made = build(Settings(data=str(tmp_path / "data")))
    prepare(made, [("book", str(tmp_path / "Books"))])
    yield made
    made.close()


def test_the_place_of_the_worker_is_held_by_one(tmp_path: Path):
    with alone(tmp_path / "new") as first, alone(tmp_path / "new") as second:
        assert (first, second) == (True, False)
    with alone(tmp_path / "new") as third:
        assert third


def test_where_no_worker_runs_its_jobs_are_done_here(parts: Parts):
    asked = parts.jobs.request(REBUILD_JOB, {}, title="Rebuild")
    with stand_in(parts):
        until(lambda: parts.jobs.get(asked).state == "done", 30, what="the job")


def test_where_a_worker_runs_it_is_left_its_jobs(parts: Parts):
    asked = parts.jobs.request(REBUILD_JOB, {}, title="Rebuild")
    with alone(parts.settings.folder), stand_in(parts):
        assert parts.jobs.wait(asked, 1.5).state == "queued"


def test_a_second_worker_is_refused(parts: Parts):
    with alone(parts.settings.folder), pytest.raises(Conflict, match="Another worker"):
        Worker(parts).run(threading.Event())


def test_a_worker_scans_what_is_there_notices_what_comes_and_stops(parts: Parts, tmp_path: Path):
    stop = threading.Event()
    working = threading.Thread(target=Worker(parts).run, args=(stop,))
    working.start()

    def books() -> int:
        return sum(source.counts.get("book/book", 0) for source in parts.library.sources.all())

    try:
        until(lambda: books() == 1, 40, what="the first book")
        (tmp_path / "Books" / "Jules Verne - Around the Moon.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n2")
        until(lambda: books() == 2, 60, what="the second book")
    finally:
        stop.set()
        working.join(30)
    assert not working.is_alive()
