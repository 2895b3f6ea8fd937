"""`medley serve` as a family of processes. The worker alone is enough to see what the supervisor does."""

import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.app.conftest import Medley, family_of, part_of
from tests.support.processes import until

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def films(tmp_path: Path) -> Path:
    folder = tmp_path / "Films"
    folder.mkdir()
    return folder


def working(pid: int) -> psutil.Process:
    """The worker, once it holds its place."""
    until(lambda: part_of(pid, "worker"), 40, what="the worker's start")
    found = part_of(pid, "worker")
    assert found is not None
    return found


def has_database(medley: Medley) -> bool:
    return (medley.data / "worker.lock").exists()


def test_a_worker_that_is_killed_is_started_again(medley: Medley, starting: Start):
    serve = starting("serve", "--role", "worker")
    first = working(serve.pid)
    until(lambda: has_database(medley), 40, what="the worker's first work")
    first.kill()
    until(lambda: (now := part_of(serve.pid, "worker")) and now.pid != first.pid, 40, what="a second worker")
    assert serve.poll() is None


def test_sigterm_ends_everything_and_is_no_failure(medley: Medley, starting: Start):
    serve = starting("serve", "--role", "worker")
    working(serve.pid)
    until(lambda: has_database(medley), 40, what="the worker's first work")
    family = family_of(serve.pid)
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(30) == 0
    assert not psutil.wait_procs(family, 10)[1]


def test_nothing_outlives_a_killed_supervisor(medley: Medley, starting: Start):
    serve = starting("serve", "--role", "worker")
    working(serve.pid)
    until(lambda: has_database(medley), 40, what="the worker's first work")
    family = family_of(serve.pid)
    serve.kill()
    assert not psutil.wait_procs(family, 20)[1]


def test_two_workers_of_one_data_folder_are_refused(medley: Medley, starting: Start):
    serve = starting("serve", "--role", "worker")
    working(serve.pid)
    until(lambda: has_database(medley), 40, what="the worker's first work")
    second = medley("serve", "--role", "worker")
    assert second.code == 2
    assert "Another worker" in second.err


def test_no_password_stands_on_a_command_line(medley: Medley, starting: Start, tmp_path: Path):
    (medley.data).mkdir()
    (medley.data / "medley.toml").write_text(f'database = "{tmp_path}/secret.sqlite"\n')
    serve = starting("serve", "--role", "worker")
    worker = working(serve.pid)
    assert "secret" not in " ".join(worker.cmdline())
    until(lambda: (tmp_path / "secret.sqlite").exists(), 40, what="the database")


def test_a_taken_port_is_told_and_ends_everything(medley: Medley):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = medley("serve", "--port", taken.getsockname()[1])
    assert said.code == 2
    assert "cannot be used" in said.err
    assert "--port" in said.err


def test_a_source_that_is_not_there_is_told(medley: Medley, films: Path):
    said = medley("serve", "--role", "worker", films.parent / "Nothing")
    assert said.code == 2
    assert "There is no folder" in said.err
