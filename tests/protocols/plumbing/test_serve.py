"""The bridge and the server around it: bodies, streams, disconnects, limits, stopping."""

import asyncio
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import brotli
import httpx
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.support.serving import running

from medley.kernel.errors import Unavailable
from medley.protocols.plumbing import Doors, protected
from medley.protocols.plumbing.finish import choose_coding

TEXT = "all work and no play " * 500
ended = threading.Event()


async def echo(request: Request) -> Response:
    body = await request.body()
    return JSONResponse({"length": len(body), "method": request.method})


async def about(request: Request) -> Response:
    client = request.client
    return JSONResponse(
        {
            "path": request.scope["path"],
            "raw": request.scope["raw_path"].decode(),
            "query": request.scope["query_string"].decode(),
            "client": client.host if client else None,
            "scheme": request.url.scheme,
            "test": request.headers.get("x-test"),
        }
    )


async def text(_request: Request) -> Response:
    return PlainTextResponse(TEXT, headers={"etag": '"strong"'})


async def facts(_request: Request) -> Response:
    return JSONResponse({"facts": ["x" * 100] * 30})


async def stream(_request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        ended.clear()
        try:
            for number in range(1000):
                yield f"{number}\n".encode()
                await asyncio.sleep(0.02)
        finally:
            ended.set()

    return StreamingResponse(pieces(), media_type="text/plain")


async def silent(_request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        ended.clear()
        try:
            yield b"one\n"
            await asyncio.sleep(3600)
        finally:
            ended.set()

    return StreamingResponse(pieces(), media_type="text/event-stream")


async def broken(_request: Request) -> Response:
    raise RuntimeError("broken")


async def empty(_request: Request) -> Response:
    return Response(status_code=204)


APP = Starlette(
    routes=[
        Route("/echo", echo, methods=["POST", "PUT"]),
        Route("/text", text),
        Route("/facts", facts),
        Route("/stream", stream),
        Route("/silent", silent),
        Route("/broken", broken),
        Route("/empty", empty),
        Route("/{rest:path}", about),
    ]
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(protected(APP)) as address:
        yield address


@pytest.mark.parametrize("size", [0, 1, 100_000, 2 * 1024 * 1024])
def test_bodies_arrive(address: str, size: int) -> None:
    assert httpx.post(f"{address}/echo", content=b"x" * size).json() == {"length": size, "method": "POST"}


def test_chunked_bodies_arrive(address: str) -> None:
    pieces = (b"x" * 1000 for _ in range(100))
    assert httpx.put(f"{address}/echo", content=pieces).json()["length"] == 100_000


def test_too_large_bodies_are_refused(address: str) -> None:
    size = 2 * 1024 * 1024 + 1
    answer = httpx.post(f"{address}/echo", content=b"x" * size)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/too-large"
    assert httpx.post(f"{address}/echo", content=iter([b"x" * size])).status_code == 413


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/a/b", "/a/b"),
        ("//a", "//a"),
        ("/a/../b", "/a/../b"),
        ("/a%2Fb", "/a/b"),
        ("/caf%C3%A9", "/café"),
        ("/%00", "/\0"),
    ],
)
def test_paths_arrive_decoded_once(address: str, path: str, seen: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"GET {path}?q=%2F HTTP/1.1\r\nHost: evil/x\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    told = json.loads(received.split(b"\r\n\r\n", 1)[1])
    assert told["path"] == seen
    assert told["query"] == "q=%2F"


def test_odd_headers_arrive_or_are_refused_but_nothing_breaks(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    for value in (b"caf\xe9", b"caf\xc3\xa9", b"\x01", b"x" * 7000):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\nX-Test: " + value + b"\r\nConnection: close\r\n\r\n")
            status = connection.recv(65536).split(b" ")[1]
        assert status in (b"200", b"400")
    assert httpx.get(f"{address}/a").status_code == 200


def test_a_forwarded_address_counts_only_from_a_configured_proxy(address: str) -> None:
    headers = {"x-forwarded-for": "192.0.2.9, 198.51.100.7", "x-forwarded-proto": "https"}
    told = httpx.get(f"{address}/a", headers=headers).json()
    assert (told["client"], told["scheme"]) == ("127.0.0.1", "http")
    with running(APP, proxies=("127.0.0.0/8",)) as proxied:
        told = httpx.get(f"{proxied}/a", headers=headers).json()
        assert (told["client"], told["scheme"]) == ("198.51.100.7", "https")
        told = httpx.get(f"{proxied}/a", headers={"x-forwarded-for": "192.0.2.9, 127.0.0.2"}).json()
        assert told["client"] == "192.0.2.9"


def test_security_headers_are_everywhere(address: str) -> None:
    for path in ("/text", "/facts", "/broken", "/stream", "/empty"):
        with httpx.stream("GET", address + path) as answer:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["server"] == "Medley"


def test_a_crash_is_a_500_that_tells_nothing(address: str) -> None:
    answer = httpx.get(f"{address}/broken")
    assert answer.status_code == 500
    assert "RuntimeError" not in answer.text


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0, br;q=0.5, gzip;q=1", "gzip"),
        ("*", "zstd"),
        ("identity", None),
        ("gzip;q=0", None),
        ("gzip;q=x", None),
        ("", None),
    ],
)
def test_the_best_coding_is_chosen(accepted: str, coding: str | None) -> None:
    assert choose_coding(accepted) == coding


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip"])
def test_text_is_compressed(address: str, coding: str) -> None:
    with httpx.stream("GET", f"{address}/text", headers={"accept-encoding": coding}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["etag"] == 'W/"strong"'
    assert int(answer.headers["content-length"]) == len(raw) < len(TEXT) / 5
    unpack = {"zstd": zstandard.decompress, "br": brotli.decompress, "gzip": gzip.decompress}[coding]
    assert unpack(raw).decode() == TEXT


def test_small_answers_and_streams_are_not_compressed(address: str) -> None:
    headers = {"accept-encoding": "gzip"}
    assert "content-encoding" not in httpx.get(f"{address}/a", headers=headers).headers
    with httpx.stream("GET", f"{address}/stream", headers=headers) as answer:
        assert "content-encoding" not in answer.headers


def test_json_is_answered_once(address: str) -> None:
    first = httpx.get(f"{address}/facts")
    etag = first.headers["etag"]
    again = httpx.get(f"{address}/facts", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert httpx.get(f"{address}/facts", headers={"if-none-match": '"else"'}).status_code == 200


def test_head_tells_what_get_would(address: str) -> None:
    headers = {"accept-encoding": "identity"}
    answer = httpx.head(f"{address}/text", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(TEXT))
    assert httpx.head(f"{address}/stream").status_code == 200


def test_a_stream_ends_when_its_client_goes(address: str) -> None:
    with httpx.stream("GET", f"{address}/stream") as answer:
        assert next(answer.iter_lines()) == "0"
    assert ended.wait(5)


def test_two_servers_do_not_share_a_port(address: str) -> None:
    from medley.protocols.plumbing.serve import serve

    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(Unavailable):
        asyncio.run(serve(APP, "127.0.0.1", port, handle_signals=False))


def test_stopping_ends_open_streams() -> None:
    with running(APP) as address, httpx.stream("GET", f"{address}/silent") as answer:
        lines = answer.iter_lines()
        assert next(lines) == "one"
        started = time.monotonic()
        # Leaving the block stops the server first, the client second.
        threading.Timer(0.1, lambda: None).start()
    assert ended.wait(5)
    assert time.monotonic() - started < 8


_PROGRAM = """
import asyncio, sys
from tests.protocols.plumbing import test_serve
from medley.protocols.plumbing.serve import serve
asyncio.run(serve(test_serve.APP, "127.0.0.1", 0, ready=lambda host, port: print(port, flush=True), grace_s=1))
print("stopped", flush=True)
"""


@pytest.mark.parametrize("busy", ["idle", "stream", "download"])
def test_sigterm_stops_cleanly(busy: str) -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}"}
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM], cwd=root, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as connection:
            path = {"idle": "/empty", "stream": "/silent", "download": "/stream"}[busy]
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 20")
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=10)
    assert process.returncode == 0, err
    assert "stopped" in out
    assert "panic" not in err


def test_doors_are_told_apart_by_whole_names() -> None:
    def door(name: str) -> Starlette:
        async def answer(_request: Request) -> Response:
            return PlainTextResponse(name)

        return Starlette(routes=[Route("/{rest:path}", answer)])

    doors = Doors({"/api/v1": door("api"), "/api/v1/deep": door("deep"), "/opds": door("opds")}, door("page"))
    with running(doors) as address:
        for path, name in {
            "/api/v1": "api",
            "/api/v1/items": "api",
            "/api/v1/deep/x": "deep",
            "/api/v10": "page",
            "/opds/": "opds",
            "/": "page",
            "//api/v1": "page",
        }.items():
            assert httpx.get(address + path).text == name


def test_a_websocket_is_refused_and_nothing_breaks(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    shake = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    shake += "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
    for extra in (b"", b"Sec-WebSocket-Protocol: caf\xe9\r\n"):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(f"GET /a HTTP/1.1\r\nHost: x\r\n{shake}".encode() + extra + b"\r\n")
            assert b"101" not in connection.recv(65536)[:20]
    assert httpx.get(f"{address}/a").status_code == 200
