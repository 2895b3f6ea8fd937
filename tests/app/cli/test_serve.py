import json
import signal
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.app.conftest import Medley, part_of
from tests.support.processes import next_line, until

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def films(tmp_path: Path) -> Path:
    folder = tmp_path / "Films"
    folder.mkdir()
    return folder


def get(url: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read()


def test_it_serves_the_page_and_the_api_and_tells_the_set_up_code(medley: Medley, starting: Start, films: Path):
    serve = starting("serve", films, "--port", 0, "--json")
    said = json.loads(next_line(serve))
    assert len(said["setup_code"]) >= 6
    assert get(f"{said['url']}/healthz")[0] == 200
    assert json.loads(get(f"{said['url']}/api/v1/server")[1])["name"] == "Medley"
    until(lambda: medley("scan", "--wait", "--json").json()[0]["state"] == "done", 60, what="the scan")
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(30) == 0


def test_a_killed_web_process_answers_again_on_its_port(medley: Medley, starting: Start):
    serve = starting("serve", "--role", "web", "--port", 0)
    while line := next_line(serve):
        if "http://" in line:
            break
    assert line, "it never told its address"
    first = part_of(serve.pid, "web")
    assert first is not None
    first.kill()
    until(lambda: (now := part_of(serve.pid, "web")) and now.pid != first.pid, 30, what="a second web process")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--role", "boss"], "There is no role “boss”.", "all, web, worker"),
        (["--source", "films"], "is not KIND=FOLDER", "--source music=/srv/music"),
        (["--source", "=x"], "is not KIND=FOLDER", "--source music=/srv/music"),
        (["--port", "70000"], "server.port", "medley settings"),
        (["--log", "loud"], "log", "medley settings"),
    ],
)
def test_what_makes_no_sense_is_told_at_once(medley: Medley, arguments: list[str], message: str, hint: str):
    said = medley("serve", *arguments)
    assert said.code == 2
    assert message in said.err
    assert hint in said.err
    assert "Traceback" not in said.err


def test_an_unknown_kind_is_told_with_those_there_are(medley: Medley, films: Path):
    said = medley("serve", "--role", "worker", "--source", f"movies={films}")
    assert said.code == 2
    assert "There is no kind “movies”" in said.err
    assert "film" in said.err


def test_plurals_are_kinds_too(medley: Medley, starting: Start, films: Path):
    starting("serve", "--role", "worker", "--source", f"films={films}")
    until(lambda: (medley.data / "worker.lock").exists(), 40, what="the worker's start")
    jobs = medley("jobs", "--all", "--json").json()
    assert "Scan Films" in {job["title"] for job in jobs}


def test_a_data_folder_below_a_file_is_told(medley: Medley, tmp_path: Path):
    (tmp_path / "file").touch()
    said = medley("serve", "--role", "worker", "--data", tmp_path / "file" / "data")
    assert said.code == 2
    assert "cannot be written" in said.err
    assert "--data" in said.err
