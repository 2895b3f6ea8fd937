"""Now playing, play queues and bookmarks over HTTP."""

import pytest
from tests.support.asking import costs_the_same, is_paged, refused, walk
from tests.support.house import House

from medley.kernel.ids import new_id


@pytest.fixture
def tracks(house: House) -> list[str]:
    return [each["id"] for each in walk(house.clients["admin"], "/items", 100, kind="music", level="track")]


def test_what_is_played_now(house: House, tracks: list[str]) -> None:
    user, admin, limited = house.clients["user"], house.clients["admin"], house.clients["limited"]
    told = {"item_id": tracks[0], "device": "browser", "position_ms": 100}
    assert user.put("/now-playing", json=told).status_code == 204
    (mine,) = user.get("/now-playing").json()
    assert (mine["user_name"], mine["device"], mine["item"]["id"], mine["state"]) == (
        "user",
        "browser",
        tracks[0],
        "playing",
    )
    assert mine["position_ms"] >= 100
    assert [each["device"] for each in admin.get("/now-playing").json()] == ["browser"]
    assert house.clients["guest"].get("/now-playing").json() == []
    refused(limited.put("/now-playing", json=told), 404)
    refused(user.put("/now-playing", json={**told, "state": "dancing"}), 422)
    refused(user.put("/now-playing", json={**told, "device": ""}), 422)
    user.put("/now-playing", json={**told, "state": "stopped"}).raise_for_status()
    assert user.get("/now-playing").json() == []


def test_a_play_queue_goes_from_device_to_device(house: House, tracks: list[str]) -> None:
    user = house.clients["user"]
    body = {"item_ids": [*tracks, *tracks], "current": 4, "position_ms": 7, "device": "phone"}
    saved = user.put("/play-queue", json=body).json()
    assert saved == user.get("/play-queue").json()
    assert (saved["count"], saved["current"], saved["position_ms"], saved["changed_by"]) == (6, 4, 7, "phone")
    assert [each["id"] for each in walk(user, "/play-queue/items", 4)] == [*tracks, *tracks]
    assert is_paged(user, "/play-queue/items")
    assert costs_the_same(user, "/play-queue/items")
    assert house.clients["guest"].get("/play-queue").json()["current"] is None
    refused(user.put("/play-queue", json={**body, "current": 6}), 422)
    assert user.put("/play-queue", json={"item_ids": []}).json()["count"] == 0


def test_bookmarks_of_ones_own(house: House, tracks: list[str]) -> None:
    user, path = house.clients["user"], f"/items/{tracks[1]}/bookmark"
    made = user.put(path, json={"position_ms": 12, "comment": "here"}).json()
    assert (made["item"]["id"], made["position_ms"], made["comment"]) == (tracks[1], 12, "here")
    assert user.get("/bookmarks").json() == [made]
    assert house.clients["admin"].get("/bookmarks").json() == []
    refused(house.clients["limited"].put(path, json={"position_ms": 1}), 404)
    refused(user.put(f"/items/{new_id()}/bookmark", json={"position_ms": 1}), 404)
    assert user.delete(path).status_code == 204
    refused(user.delete(path), 404)
