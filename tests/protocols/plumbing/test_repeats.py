"""Answers given again from memory: the same as the application's, and only for as long as they would be.

The application here counts how often it is asked; a guard before it knows one word, which may be taken back.
"""

import os
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tests.support.serving import running

from medley.kernel.errors import MedleyError
from medley.kernel.files import Root
from medley.protocols.plumbing import STILL, FileRange, protected, repeats

BODY = bytes(range(256)) * 64
ETAG_OF_ANOTHER = '"another"'
DATE_OF_LATER = "Fri, 01 Jan 2100 00:00:00 GMT"
DATE_OF_EARLIER = "Sat, 01 Jan 2000 00:00:00 GMT"
RANGE = {"range": "bytes=10-19"}


@dataclass
class Door:
    """A door with one folder of files, and how it was used."""

    folder: Path
    url: str = ""
    asked: int = 0
    withdrawn: bool = False
    words: set[str] = field(default_factory=lambda: {"word"})

    def app(self) -> Any:
        async def file(request: Request) -> Response:
            self.asked += request.url.path != "/healthz"  # which the server asks itself, to see that it is up
            if {
                request.headers.get("x-word"),
                request.cookies.get("word"),
                request.query_params.get("word"),
            } & self.words:
                return self._answer(request)
            return Response("no", 401)

        return protected(Starlette(routes=[Route("/{name:path}", file, methods=["GET", "DELETE"])]))

    def _answer(self, request: Request) -> Response:
        if "unguarded" not in request.query_params:
            request.scope[STILL] = lambda: not self.withdrawn
        try:
            opened = Root(self.folder).open(request.path_params["name"])
        except MedleyError:
            return Response("no such file", 404)
        return FileRange(opened, "video/mp4", repeatable="once" not in request.query_params)

    def get(self, path: str = "/film.mp4", method: str = "GET", word: str = "word", **headers: str) -> httpx.Response:
        return httpx.request(method, self.url + path, headers={"x-word": word, **RANGE, **headers})


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A server that remembers for as long as a test takes."""
    monkeypatch.setattr(repeats, "LIFE_S", 3600.0)
    (tmp_path / "film.mp4").write_bytes(BODY)
    door = Door(tmp_path)
    with running(door.app()) as door.url:
        yield door


def test_one_question_for_many_ranges(door: Door) -> None:
    for start in range(0, 100, 10):
        answer = door.get(range=f"bytes={start}-{start + 9}")
        assert (answer.status_code, answer.content) == (206, BODY[start : start + 10])
        assert answer.headers["content-range"] == f"bytes {start}-{start + 9}/{len(BODY)}"
    assert door.asked == 1


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers",
    [
        {"range": ""},
        {"range": "bytes=0-0"},
        {"range": "bytes=100-"},
        {"range": "bytes=-7"},
        {"range": "bytes=0-9,5-20"},
        {"range": f"bytes={len(BODY)}-"},
        {"range": "lines=1-2"},
        {"if-none-match": "ETAG"},
        {"if-none-match": ETAG_OF_ANOTHER},
        {"if-match": ETAG_OF_ANOTHER},
        {"if-match": "ETAG"},
        {"if-modified-since": DATE_OF_LATER},
        {"if-unmodified-since": DATE_OF_EARLIER},
        {"if-range": "ETAG"},
        {"if-range": "W/ETAG"},
        {"if-range": DATE_OF_EARLIER},
    ],
    ids=str,
)
def test_from_memory_as_from_the_application(door: Door, method: str, headers: dict[str, str]) -> None:
    etag = door.get().headers["etag"]
    headers = {name: value.replace("ETAG", etag) for name, value in headers.items()}
    asked = door.asked
    remembered = door.get(method=method, **headers)
    assert door.asked == asked, "the application was asked"
    fresh = door.get("/film.mp4?once", method=method, **headers)
    assert door.asked == asked + 1
    assert remembered.status_code == fresh.status_code
    assert remembered.content == fresh.content
    assert dict(remembered.headers) | {"date": ""} == dict(fresh.headers) | {"date": ""}


def test_several_ranges_are_left_to_the_application(door: Door) -> None:
    door.get()
    answer = door.get(range="bytes=0-9,1000-1009")
    assert answer.headers["content-type"].startswith("multipart/byteranges")
    assert BODY[1000:1010] in answer.content
    assert door.asked == 2


def test_beyond_four_gibibytes(door: Door) -> None:
    with open(door.folder / "big.mkv", "wb") as file:  # sparse: it takes no room
        file.seek(5 * 2**30)
        file.write(b"the end")
    door.get("/big.mkv")
    answer = door.get("/big.mkv", range=f"bytes={5 * 2**30}-")
    assert (answer.content, door.asked) == (b"the end", 1)


# -- who asks


def test_anybody_else_is_asked_for(door: Door) -> None:
    assert door.get().status_code == 206
    assert door.get(word="guess").status_code == 401
    assert door.get(word="").status_code == 401
    assert httpx.get(f"{door.url}/film.mp4", headers=RANGE).status_code == 401
    assert door.asked == 4


def test_an_address_with_a_key_is_remembered_as_a_whole(door: Door) -> None:
    for key, status in (("word", 206), ("word", 206), ("guess", 401), ("word&", 206)):
        assert httpx.get(f"{door.url}/film.mp4?word={key}", headers=RANGE).status_code == status
    assert door.asked == 3


def test_credentials_in_a_second_line_of_a_header_count(door: Door) -> None:
    def status(*cookies: str) -> bytes:
        host, port = door.url.removeprefix("http://").split(":")
        lines = "".join(f"Cookie: {each}\r\n" for each in cookies)
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"GET /film.mp4 HTTP/1.1\r\nHost: x\r\n{lines}Range: bytes=0-9\r\n\r\n".encode())
            return connection.recv(65536)[9:12]

    assert status("theme=dark", "word=word") == b"206"
    assert status("word=word", "theme=dark") == b"206"
    assert status("theme=dark") == b"401"
    assert status("theme=dark", "word=guess") == b"401"


def test_what_the_guard_takes_back_is_taken_back_at_once(door: Door) -> None:
    assert door.get().status_code == 206
    door.withdrawn, door.words = True, set()
    assert door.get().status_code == 401


@pytest.mark.parametrize("path", ["/film.mp4?unguarded", "/film.mp4?once"])
def test_nothing_is_remembered_without_guard_and_handler(door: Door, path: str) -> None:
    door.get(path)
    door.get(path)
    assert door.asked == 2


def test_only_reading_is_repeated(door: Door) -> None:
    door.get()
    door.get(method="DELETE")
    assert door.asked == 2


def test_a_proxy_that_sends_files_is_asked_every_time(door: Door) -> None:
    with running(door.app(), accel={str(door.folder): "/_media"}) as door.url:
        assert [door.get().headers["x-accel-redirect"] for _ in range(2)] == ["/_media/film.mp4"] * 2
    assert door.asked == 2


# -- what is sent


def test_a_file_that_is_written_to_is_another_at_once(door: Door) -> None:
    before = door.get()
    (door.folder / "film.mp4").write_bytes(BODY[::-1])
    after = door.get()
    assert after.content == BODY[::-1][10:20]
    assert after.headers["etag"] != before.headers["etag"]


def test_a_file_in_place_of_another_is_seen_at_once(door: Door) -> None:
    door.get()
    (door.folder / "new").write_bytes(BODY[::-1])
    os.utime(door.folder / "new", ns=(1, (door.folder / "film.mp4").stat().st_mtime_ns))
    (door.folder / "new").replace(door.folder / "film.mp4")
    assert door.get().content == BODY[::-1][10:20]


def test_a_file_that_is_gone_is_gone_at_once(door: Door) -> None:
    door.get()
    (door.folder / "film.mp4").unlink()
    assert door.get().status_code == 404


def test_nothing_outlives_its_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was moved changes nothing about the open file: only asking again tells."""
    monkeypatch.setattr(repeats, "LIFE_S", 0.3)
    (tmp_path / "season").mkdir()
    (tmp_path / "season" / "film.mp4").write_bytes(BODY)
    door = Door(tmp_path)
    with running(door.app()) as door.url:
        assert door.get("/season/film.mp4").status_code == 206
        (tmp_path / "season").rename(tmp_path / "elsewhere")
        time.sleep(0.3)
        assert door.get("/season/film.mp4").status_code == 404


def test_the_moment_is_short() -> None:
    assert repeats.LIFE_S <= 2


def test_it_forgets_rather_than_grow(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "_MOST", 2)
    for _ in range(2):
        for word in ("one", "two", "three"):
            door.words.add(word)
            assert door.get(word=word).content == BODY[10:20]
    assert door.asked > 3
