"""Progress, ratings, favourites: each person's own."""

import pytest
from tests.support.asking import refused, unchanged
from tests.support.house import House


def test_progress_and_opinions_are_ones_own(house: House) -> None:
    item = house.item(kind="film", sort="title", order="desc")
    path = f"/items/{item['id']}"
    guest, user = house.clients["guest"], house.clients["user"]
    told = guest.put(f"{path}/progress", json={"position_ms": 400, "duration_ms": 1000, "device": "tv"}).json()
    assert (told["position_ms"], told["fraction"]) == (400, 0.4)
    assert user.get(path).json()["mine"]["position_ms"] == 0
    assert guest.get(f"{path}/progress").json()["history"][0]["device"] == "tv"
    assert guest.put(f"{path}/opinion", json={"rating": 8, "favourite": True}).json()["rating"] == 8
    assert guest.put(f"{path}/opinion", json={"rating": None}).json() | {} == guest.get(path).json()["mine"]
    assert guest.get(path).json()["mine"]["favourite"] is True
    assert guest.post(f"{path}/played", json={"finished": True}).status_code == 204
    assert guest.get(path).json()["mine"]["finished"] is True


def test_the_newest_event_wins_not_the_newest_request(house: House) -> None:
    path, user = f"/items/{house.item(kind='audiobook')['id']}/progress", house.clients["user"]
    now = house.parts.clock.now_ms()
    user.put(path, json={"position_ms": 500, "happened_at_ms": now}).raise_for_status()
    late = user.put(path, json={"position_ms": 100, "happened_at_ms": now - 60_000}).raise_for_status()
    assert late.json()["position_ms"] == 500
    assert unchanged(user, path)


def test_marking_a_show_marks_its_episodes(house: House) -> None:
    user = house.clients["user"]
    show, episode = house.item(kind="show", level="show")["id"], house.item(kind="show", level="episode")["id"]
    for finished in (True, False):
        assert user.post(f"/items/{show}/played", json={"finished": finished}).status_code == 204
        assert user.get(f"/items/{episode}").json()["mine"]["finished"] is finished
    assert house.clients["guest"].get(f"/items/{episode}").json()["mine"]["play_count"] == 0


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("progress", {"position_ms": -1}), ("progress", {"fraction": 1.5}), ("progress", {"place": 3}),
        ("opinion", {"rating": 11}), ("opinion", {"favourite": "perhaps"}), ("played", {}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_and_changes_nothing(house: House, what: str, body: dict[str, object]) -> None:
    user, path = house.clients["user"], f"/items/{house.item(kind='book')['id']}"
    before = user.get(path).json()["mine"]
    told = refused(user.request("POST" if what == "played" else "PUT", f"{path}/{what}", json=body), 422)
    assert told["errors"][0]["where"].startswith("body.")
    assert user.get(path).json()["mine"] == before


def test_who_may_not_see_it_does_not_learn_of_it(house: House) -> None:
    limited, path = house.clients["limited"], f"/items/{house.item(kind='book')['id']}"
    refused(limited.get(f"{path}/progress"), 404)
    refused(limited.put(f"{path}/progress", json={"position_ms": 1}), 404)
    refused(limited.put(f"{path}/opinion", json={"rating": 1}), 404)
    refused(limited.post(f"{path}/played", json={"finished": True}), 404)
