"""Listens and the services that are told of them, over HTTP."""

from collections.abc import Iterator

import pytest
from tests.support.asking import refused
from tests.support.house import House
from tests.support.scrobble_services import TOKEN, Service, service

from medley.adapters.egress import Client
from medley.adapters.scrobblers import ListenBrainz
from medley.app.worker import stand_in


@pytest.fixture
def there(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The house's people may tell one service."""
    with service() as opened:
        known = {"listenbrainz": ListenBrainz(Client(["127.0.0.0/8"]), opened.url)}
        monkeypatch.setattr(house.parts.players.scrobbling, "services", known)
        yield opened


def test_one_connects_hears_and_disconnects(house: House, there: Service) -> None:
    user, guest = house.clients["user"], house.clients["guest"]
    track = house.item(kind="music", level="track")
    (offered,) = user.get("/scrobbling").json()
    assert (offered["name"], offered["connected"]) == ("listenbrainz", False)
    assert user.post("/scrobbling/listenbrainz/login").json() == {"url": "", "token": ""}
    connected = user.put("/scrobbling/listenbrainz", json={"token": TOKEN}).json()
    assert (connected["connected"], connected["member"]) == (True, "ann")
    assert guest.get("/scrobbling").json()[0]["connected"] is False
    body = {"listens": [{"item_id": track["id"], "happened_at_ms": 5_000, "device": "page"}]}
    assert user.post("/listens", json=body).json() == {"counted": 1}
    assert user.post("/listens", json=body).json() == {"counted": 0}
    with stand_in(house.parts):
        for job in house.parts.jobs.list(limit=500).items:
            if job.kind == "scrobble":
                assert house.parts.jobs.wait(job.id, 60).state == "done"
    assert there.titles() == [track["title"]]
    (now,) = user.get("/scrobbling").json()
    assert (now["waiting"], now["sent"]) == (0, 1)
    assert user.delete("/scrobbling/listenbrainz").status_code == 204
    refused(user.delete("/scrobbling/listenbrainz"), 404)


def test_what_is_wrong_is_told(house: House, there: Service) -> None:
    user = house.clients["user"]
    refused(user.put("/scrobbling/listenbrainz", json={"token": "another"}), 403)
    refused(user.put("/scrobbling/listenbrainz", json={"token": " "}), 422)
    refused(user.put("/scrobbling/myspace", json={"token": "x"}), 404)
    there.close()
    refused(user.put("/scrobbling/listenbrainz", json={"token": TOKEN}), 503)
    hidden = {"listens": [{"item_id": house.item(kind="music", level="track")["id"]}]}
    refused(house.clients["limited"].post("/listens", json=hidden), 404)
