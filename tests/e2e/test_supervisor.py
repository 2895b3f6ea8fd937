"""What runs ends together, and nothing but a person's mistake keeps Medley from starting."""

import shutil
import socket
from pathlib import Path

from tests.support.processes import until
from tests.support.server import alive
from tests.support.tiny_media import track

from .conftest import Serve


def _worker_only(serve: Serve, media: Path):
    server = serve(role="worker")
    server.sources = [("music", media)]
    return server


def test_nothing_outlives_a_killed_supervisor(serve: Serve, tmp_path: Path) -> None:
    track(tmp_path / "media" / "Ann" / "One.mp3", title="One")
    server = serve()
    server.sources = [("music", tmp_path / "media")]
    server.start()
    server.child("worker")
    family = server.family()
    assert len(family) >= 3
    server.supervisor.kill()
    until(lambda: not alive(family), 5, what="the end of its children")
    server.start()
    server.set_up().close()
    server.wait_for_scans()


def test_a_worker_that_is_left_alone_gives_its_place_free(serve: Serve, tmp_path: Path) -> None:
    track(tmp_path / "media" / "Ann" / "One.mp3", title="One")
    server = _worker_only(serve, tmp_path / "media")
    server.start(answer=False)
    worker = server.child("worker")
    until(lambda: (server.data / "worker.lock").exists(), what="the worker's lock")
    server.supervisor.kill()
    until(lambda: not alive([worker]), 5, what="the end of the worker")
    assert server.medley("scan", "--wait").returncode == 0


def test_a_folder_that_is_away_does_not_keep_it_from_starting(serve: Serve, tmp_path: Path) -> None:
    track(tmp_path / "media" / "Ann" / "One.mp3", title="One")
    server = serve()
    server.sources = [("music", tmp_path / "media")]
    server.start()
    server.set_up().close()
    server.wait_for_scans()
    server.stop()
    shutil.move(tmp_path / "media", tmp_path / "elsewhere")
    server.start()
    with server.client() as owner:
        until(lambda: owner.get("/sources").json()[0]["state"] == "unreachable", what="the notice")
        assert owner.get("/items", params={"kind": "music", "level": "track"}).json()["items"]


def test_a_folder_that_never_was_is_told_and_ends_it(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    server.sources = [("music", tmp_path / "nowhere")]
    process = server.launch()
    assert process.wait(30) == 2
    until(lambda: "There is no folder" in server.output(), 5)


def test_a_port_in_use_is_told_and_ends_it(serve: Serve) -> None:
    server = serve()
    with socket.create_server(("127.0.0.1", server.port)):
        process = server.launch()
        assert process.wait(30) == 2
    until(lambda: str(server.port) in server.output(), 5)
