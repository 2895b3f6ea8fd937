"""Websockets through the bridge: real connections of a real client."""

import threading
from collections.abc import Iterator

import pytest
import websocket
from tests.support.serving import running

from medley.protocols.plumbing import Doors, protected

left = threading.Event()
seen: list[dict] = []


async def echo(scope, receive, send) -> None:
    """Says what it hears, “bye” ends it, “fail” is a mistake of its own."""
    if scope["type"] != "websocket":
        return
    seen.append(scope)
    assert (await receive())["type"] == "websocket.connect"
    if scope["path"].endswith("/refused"):
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        text = message.get("text")
        if text == "bye":
            await send({"type": "websocket.close", "code": 1000})
            return
        if text == "fail":
            raise ValueError("a mistake")
        name = "text" if text is not None else "bytes"
        await send({"type": "websocket.send", name: message[name]})
    left.set()


async def silent(_scope, _receive, _send) -> None:
    """An application that knows no websockets."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(protected(Doors({"/echo": echo}, otherwise=silent))) as url:
        yield url.replace("http://", "ws://")


def test_what_is_said_comes_back(address: str) -> None:
    connection = websocket.create_connection(f"{address}/echo/x?a=1", timeout=20)
    for said in ("hello", "Größe 🎧", "x" * 100_000):
        connection.send(said)
        assert connection.recv() == said
    connection.send_binary(b"\x00\xff")
    assert connection.recv() == b"\x00\xff"
    connection.close()
    scope = seen[-1]
    assert (scope["path"], scope["query_string"], scope["scheme"]) == ("/echo/x", b"a=1", "ws")
    assert scope["client"][0] == "127.0.0.1"


def test_the_application_hears_that_a_client_left(address: str) -> None:
    left.clear()
    connection = websocket.create_connection(f"{address}/echo", timeout=20)
    connection.send("hello")
    connection.recv()
    connection.close()
    assert left.wait(20)


def test_a_client_that_vanishes_is_noticed(address: str) -> None:
    left.clear()
    connection = websocket.create_connection(f"{address}/echo", timeout=20)
    connection.sock.close()  # no closing handshake
    assert left.wait(20)


@pytest.mark.parametrize("word", ["bye", "fail"])
def test_the_application_ends_it(address: str, word: str) -> None:
    connection = websocket.create_connection(f"{address}/echo", timeout=20)
    connection.send(word)
    opcode, _ = connection.recv_data()
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    again = websocket.create_connection(f"{address}/echo", timeout=20)
    again.send("still there")
    assert again.recv() == "still there"
    again.close()


@pytest.mark.parametrize("path", ["/echo/refused", "/nothing"])
def test_what_nobody_accepts_is_refused(address: str, path: str) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(f"{address}{path}", timeout=20)
    assert refused.value.status_code == 403


def test_an_open_websocket_hears_that_the_server_stops() -> None:
    left.clear()
    with running(protected(Doors({"/echo": echo}, otherwise=silent))) as url:
        connection = websocket.create_connection(f"{url.replace('http', 'ws')}/echo", timeout=20)
        connection.send("hello")
        connection.recv()
    assert left.wait(20)
    connection.close()
