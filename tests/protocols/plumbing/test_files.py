"""Ranges as a client sees them: a black box of RFC 9110, through the real server."""

import email
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.support.serving import running

from medley.kernel.files import Root
from medley.protocols.plumbing import FileRange, protected

BODY = bytes(range(256)) * 4096  # 1 MiB
BIG = 5 * 2**30
MARK = b"beyond four gibibytes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    (folder / "film.mp4").write_bytes(BODY)
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "Größe & co.mp4").write_bytes(b"x")
    with open(folder / "big.mkv", "wb") as file:  # sparse: it takes no room
        file.seek(2**32 + 1000)
        file.write(MARK)
        file.truncate(BIG)
    return folder


def make_app(folder: Path) -> Starlette:
    root = Root(folder)

    def serve_file(request: Request) -> Response:
        name = request.path_params["name"]
        return FileRange(root.open(name), "video/mp4", attachment=request.query_params.get("as"))

    return Starlette(routes=[Route("/{name}", serve_file)])


@pytest.fixture(scope="module", params=["granian", "asgi"])
def client(request: pytest.FixtureRequest, folder: Path) -> Iterator[httpx.Client]:
    app = protected(make_app(folder))
    if request.param == "asgi":
        yield TestClient(app)
        return
    with running(app) as address, httpx.Client(base_url=address) as client:
        yield client


def test_whole(client: httpx.Client) -> None:
    answer = client.get("/film.mp4")
    assert (answer.status_code, answer.content) == (200, BODY)
    assert answer.headers["content-length"] == str(len(BODY))
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["etag"].startswith('"')
    assert "last-modified" in answer.headers
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-499", 0, 500),
        ("bytes=500-999", 500, 1000),
        ("bytes=1048575-", len(BODY) - 1, len(BODY)),
        ("bytes=1000-", 1000, len(BODY)),
        ("bytes=-1", len(BODY) - 1, len(BODY)),
        ("bytes=-9999999", 0, len(BODY)),
        ("bytes=100-99999999", 100, len(BODY)),
        ("bytes=0-10,5-20", 0, 21),
        ("bytes=0-0,9999999-", 0, 1),
    ],
)
def test_single_ranges(client: httpx.Client, wanted: str, start: int, stop: int) -> None:
    answer = client.get("/film.mp4", headers={"range": wanted})
    assert answer.status_code == 206
    assert answer.content == BODY[start:stop]
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(BODY)}"
    assert answer.headers["content-length"] == str(stop - start)
    assert "transfer-encoding" not in answer.headers


def test_several_ranges(client: httpx.Client) -> None:
    answer = client.get("/film.mp4", headers={"range": "bytes=0-9,1000-1009,-10"})
    assert answer.status_code == 206
    assert answer.headers["content-length"] == str(len(answer.content))
    message = email.message_from_bytes(
        b"Content-Type: " + answer.headers["content-type"].encode() + b"\r\n\r\n" + answer.content
    )
    parts = [
        (part["content-range"], part.get_content_type(), part.get_payload(decode=True))
        for part in message.walk()
        if not part.is_multipart()
    ]
    size = len(BODY)
    assert [each[0] for each in parts] == [
        f"bytes 0-9/{size}",
        f"bytes 1000-1009/{size}",
        f"bytes {size - 10}-{size - 1}/{size}",
    ]
    assert {each[1] for each in parts} == {"video/mp4"}
    assert BODY[1000:1010] in answer.content


def test_unsatisfiable(client: httpx.Client) -> None:
    for wanted in ("bytes=1048576-", "bytes=-0", "bytes=9999999-99999999"):
        answer = client.get("/film.mp4", headers={"range": wanted})
        assert answer.status_code == 416
        assert answer.headers["content-range"] == f"bytes */{len(BODY)}"
        assert answer.content == b""


@pytest.mark.parametrize(
    "wanted", ["items=0-1", "bytes=5-1", "bytes=abc", "bytes=" + ",".join(f"{n * 999}-{n * 999}" for n in range(17))]
)
def test_what_is_no_range_gets_everything(client: httpx.Client, wanted: str) -> None:
    answer = client.get("/film.mp4", headers={"range": wanted})
    assert (answer.status_code, answer.content) == (200, BODY)


def test_conditions(client: httpx.Client) -> None:
    first = client.get("/film.mp4", headers={"range": "bytes=0-0"})
    etag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"if-none-match": etag}, {"if-none-match": f"W/{etag}"}, {"if-modified-since": date}):
        answer = client.get("/film.mp4", headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    ranged = {"range": "bytes=0-9"}
    assert client.get("/film.mp4", headers={**ranged, "if-range": etag}).status_code == 206
    assert client.get("/film.mp4", headers={**ranged, "if-range": date}).status_code == 206
    assert client.get("/film.mp4", headers={**ranged, "if-range": f"W/{etag}"}).status_code == 200
    assert client.get("/film.mp4", headers={**ranged, "if-range": '"older"'}).status_code == 200
    assert client.get("/film.mp4", headers={"if-match": '"older"'}).status_code == 412


def test_head(client: httpx.Client) -> None:
    for headers in ({}, {"range": "bytes=0-9"}):
        answer = client.head("/film.mp4", headers=headers)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-length"] == str(len(BODY))


def test_an_empty_file(client: httpx.Client) -> None:
    answer = client.get("/empty.mp4")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "0"
    assert client.get("/empty.mp4", headers={"range": "bytes=0-"}).status_code == 416


def test_beyond_four_gibibytes(client: httpx.Client) -> None:
    start = 2**32 + 1000
    answer = client.get("/big.mkv", headers={"range": f"bytes={start}-{start + len(MARK) - 1}"})
    assert (answer.status_code, answer.content) == (206, MARK)
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(MARK) - 1}/{BIG}"
    assert client.head("/big.mkv").headers["content-length"] == str(BIG)


def test_names_of_attachments(client: httpx.Client) -> None:
    answer = client.get("/film.mp4", params={"as": 'Grö"ße\r\n.mp4'})
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename=\"Gr__e__.mp4\"; filename*=UTF-8''Gr%C3%B6%22%C3%9Fe%0D%0A.mp4"
    ) or answer.headers["content-disposition"].startswith("attachment")


def test_media_is_never_compressed(client: httpx.Client) -> None:
    answer = client.get("/film.mp4", headers={"accept-encoding": "zstd, br, gzip", "range": "bytes=0-4999"})
    assert "content-encoding" not in answer.headers
    assert len(answer.content) == 5000


def test_the_file_that_was_opened_is_the_one_that_is_sent(tmp_path: Path) -> None:
    """Swapping a folder for a link between our check and the server's opening leads nowhere."""
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "film").write_bytes(b"public")
    root = Root(tmp_path / "media")

    def swap(_request: Request) -> Response:
        answer = FileRange(root.open("film"), "video/mp4")
        (tmp_path / "media" / "film").unlink()
        (tmp_path / "media" / "film").symlink_to(tmp_path / "secret")
        return answer

    with running(Starlette(routes=[Route("/film", swap)])) as address:
        assert httpx.get(f"{address}/film").content == b"public"


def test_descriptors_do_not_pile_up(folder: Path) -> None:
    with running(make_app(folder)) as address, httpx.Client(base_url=address) as client:
        client.get("/film.mp4", headers={"range": "bytes=0-0"})
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(50):
            client.get("/film.mp4", headers={"range": "bytes=0-0"})
        assert len(os.listdir("/proc/self/fd")) <= before + 3


def test_a_proxy_that_sends_files_is_told_where_they_are(folder: Path) -> None:
    with running(make_app(folder), accel={str(folder): "/_media"}) as address:
        answer = httpx.get(f"{address}/Größe & co.mp4", headers={"range": "bytes=0-0"})
        assert answer.status_code == 200
        assert answer.headers["x-accel-redirect"] == "/_media/Gr%C3%B6%C3%9Fe%20%26%20co.mp4"
        assert answer.headers["content-type"] == "video/mp4"
        assert answer.content == b""
