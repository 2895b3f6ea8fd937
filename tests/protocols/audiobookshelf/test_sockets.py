"""What happens, as it happens: python-socketio's own client, by long-polling and by websocket."""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import socketio
from tests.support.audiobookshelf import Phone
from tests.support.house import PASSWORD, House

from medley.kernel.ids import new_id

WAYS = ["polling", "websocket"]


class Ear:
    """What a socket hears."""

    def __init__(self, client: socketio.Client) -> None:
        self._client, self._heard = client, queue.Queue()
        client.on("*", lambda name, *data: self._heard.put((name, data[0] if data else None)))

    def sign_in(self, token: str) -> tuple[str, Any]:
        self._client.emit("auth", token)
        return self.wait("init", "auth_failed")

    def wait(self, *names: str, where: Callable[[Any], bool] = lambda _: True) -> tuple[str, Any]:
        """The next event of these names; what else comes is passed over."""
        while True:
            name, data = self._heard.get(timeout=30)
            if name in names and where(data):
                return name, data

    def nothing_else(self) -> bool:
        return self._heard.empty()


@contextmanager
def listening(house: House, way: str, path: str = "/audiobookshelf/socket.io") -> Iterator[Ear]:
    client = socketio.Client(reconnection=False)
    ear = Ear(client)
    client.connect(house.url, transports=[way], socketio_path=path, wait_timeout=20)
    try:
        yield ear
    finally:
        client.eio.disconnect(abort=True)  # waits not for the last poll, which is answered at the next ping


@pytest.mark.parametrize("way", WAYS)
def test_progress_is_told_to_whom_it_belongs(house: House, own: Phone, phone: Phone, way: str) -> None:
    book = own.item("audiobook", "A Long Book")
    with listening(house, way) as mine, listening(house, way, "/socket.io") as others:
        name, data = mine.sign_in(own.token)
        assert (name, data["username"]) == ("init", own.user["username"])
        assert others.sign_in(phone.token)[0] == "init"
        own.patch(f"/api/me/progress/{book}", {"currentTime": 33})
        _, data = mine.wait("user_item_progress_updated")
        assert (data["id"], data["data"]["currentTime"]) == (book, 33)
        house.clients["admin"].put(f"/items/{book}/progress", json={"position_ms": 1000}).raise_for_status()
        _, data = others.wait("user_item_progress_updated")
        assert (data["id"], data["data"]["currentTime"]) == (book, 1)
        house.clients["admin"].post(f"/items/{book}/played", json={"finished": False}).raise_for_status()


def test_a_wrong_token_is_told_so(house: House) -> None:
    with listening(house, "polling") as ear:
        for wrong in ("nonsense", "a.b.c", "", 7, None, {"x": 1}):
            assert ear.sign_in(wrong)[0] == "auth_failed"  # type: ignore[arg-type]


def test_items_are_told_of(house: House, phone: Phone, limited: Phone) -> None:
    book = phone.item("audiobook", "Beta")
    with listening(house, "websocket") as ear, listening(house, "websocket") as blind:
        ear.sign_in(phone.token)
        blind.sign_in(limited.token)
        house.clients["admin"].put(f"/items/{book}/tags/loud").raise_for_status()
        _, data = ear.wait("item_updated", where=lambda item: item["id"] == book)
        assert data["media"]["tags"] == ["loud"]
        house.clients["admin"].delete(f"/items/{book}/tags/loud").raise_for_status()
        ear.wait("item_updated", where=lambda item: item["id"] == book and not item["media"]["tags"])
        assert blind.nothing_else()


def test_who_signed_out_hears_no_more(house: House) -> None:
    name = new_id()
    house.parts.identity.add_user(name, PASSWORD)
    told = Phone(house.url).post("/login", username=name, password=PASSWORD).json()["user"]
    gone = Phone(house.url, told["token"])
    closed = queue.Queue()
    client = socketio.Client(reconnection=False)
    ear = Ear(client)
    client.on("disconnect", lambda *_: closed.put(True))
    client.connect(house.url, transports=["websocket"], socketio_path="/audiobookshelf/socket.io", wait_timeout=20)
    ear.sign_in(gone.token)
    book = gone.item("audiobook")
    gone.post("/logout")
    house.clients["admin"].put(f"/items/{book}/tags/quiet").raise_for_status()
    house.clients["admin"].delete(f"/items/{book}/tags/quiet").raise_for_status()
    assert closed.get(timeout=30)
    assert ear.nothing_else()


def test_ping_is_answered(house: House) -> None:
    with listening(house, "polling") as ear:
        ear._client.emit("ping")
        assert ear.wait("pong")[0] == "pong"
