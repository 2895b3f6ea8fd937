"""Playlists, which are somebody's, and collections, which are the house's."""

from collections.abc import Iterator

import pytest
from tests.support.asking import costs_the_same, is_paged, refused, unchanged, walk
from tests.support.house import House

from medley.kernel.ids import new_id


@pytest.fixture
def items(house: House) -> list[str]:
    """All but the last."""
    return [each["id"] for each in walk(house.clients["admin"], "/items", 100)][:-1]


@pytest.fixture(params=["playlists", "collections"])
def made(request: pytest.FixtureRequest, house: House, items: list[str]) -> Iterator[str]:
    """The address of a shared list of `items`; its owner has more rights than `user`."""
    owner = house.clients["power_user"]
    body = {"name": "Everything", "item_ids": items, "shared": True}
    path = f"/{request.param}/{owner.post(f'/{request.param}', json=body).raise_for_status().json()['id']}"
    yield path
    assert owner.delete(path).status_code == 204
    refused(owner.get(path), 404)


def test_lists_of_ones_own(house: House) -> None:
    ids = [
        each["id"]
        for each in house.clients["admin"].get("/items", params={"kind": "music", "level": "track"}).json()["items"]
    ]
    user, guest = house.clients["user"], house.clients["guest"]
    made = user.post("/playlists", json={"name": "Mix", "item_ids": ids}).json()
    path = f"/playlists/{made['id']}"
    assert guest.get(path).status_code == 404
    assert user.patch(path, json={"shared": True}).json()["shared"] is True
    assert guest.get(path).json()["count"] == 3
    assert guest.delete(path).status_code == 403
    entries = user.get(f"{path}/items").json()["items"]
    moved = user.post(f"{path}/items/{entries[2]['entry_id']}/move", json={"before": entries[0]["entry_id"]})
    assert moved.status_code == 204
    assert user.delete(f"{path}/items/{entries[1]['entry_id']}").status_code == 204
    assert [each["item"]["id"] for each in user.get(f"{path}/items").json()["items"]] == [ids[2], ids[0]]
    assert user.delete(path).status_code == 204
    assert user.post("/collections", json={"name": "All"}).status_code == 403
    shelf = house.clients["power_user"].post("/collections", json={"name": "All", "item_ids": [*ids, ids[0]]})
    assert shelf.status_code in (201, 404)


def test_lists_and_their_entries_are_paged_by_keys_at_one_price(house: House, made: str, items: list[str]) -> None:
    power, of = house.clients["power_user"], made.rpartition("/")[0]
    others = [power.post(of, json={"name": f"Another {number}"}).json()["id"] for number in range(3)]
    assert is_paged(power, of)
    assert is_paged(power, f"{made}/items")
    assert [each["item"]["id"] for each in walk(power, f"{made}/items", 3)] == items
    assert costs_the_same(power, of)
    assert costs_the_same(power, f"{made}/items")
    for each in others:
        power.delete(f"{of}/{each}").raise_for_status()


def test_what_was_read_is_not_sent_again(house: House, made: str) -> None:
    for path in (made, f"{made}/items", made.rpartition("/")[0]):
        assert unchanged(house.clients["power_user"], path)


def test_everybody_sees_it_and_others_do_not_change_it(house: House, made: str, items: list[str]) -> None:
    user = house.clients["user"]
    assert user.get(made).json()["count"] == len(items)
    entry = user.get(f"{made}/items").json()["items"][0]["entry_id"]
    refused(user.patch(made, json={"name": "Mine"}), 403)
    refused(user.delete(made), 403)
    refused(user.post(f"{made}/items", json={"item_ids": items[:1]}), 403)
    refused(user.delete(f"{made}/items/{entry}"), 403)
    refused(user.post(f"{made}/items/{entry}/move", json={}), 403)


def test_who_sees_one_source_sees_only_its_entries(house: House, made: str, items: list[str]) -> None:
    limited = house.clients["limited"]
    seen = [each["item"] for each in walk(limited, f"{made}/items", 100)]
    assert {each["kind"] for each in seen} == {"film"}
    assert limited.get(made).json()["count"] == len(seen)
    hidden = house.item(kind="book")["id"]
    refused(limited.post("/playlists", json={"name": "Mine", "item_ids": [hidden]}), 404)
    assert walk(limited, "/playlists", 100) == [each for each in walk(limited, "/playlists", 100) if each["shared"]]


def test_what_makes_no_sense_is_told_and_changes_nothing(house: House, made: str, items: list[str]) -> None:
    power, of = house.clients["power_user"], made.rpartition("/")[0]
    before = power.get(f"{made}/items").json()
    refused(power.post(of, json={"name": ""}), 422)
    refused(power.post(of, json={"name": "x", "colour": "red"}), 422)
    refused(power.post(of, json={"name": "x", "item_ids": ["nonsense"]}), 422)
    refused(power.post(of, json={"name": "x", "item_ids": [new_id()]}), 404)
    refused(power.post(f"{made}/items", json={"item_ids": []}), 422)
    last = walk(power, "/items", 100)[-1]["id"]
    refused(power.post(f"{made}/items", json={"item_ids": [last], "before": new_id()}), 404)
    refused(power.post(f"{made}/items/{new_id()}/move", json={}), 404)
    refused(power.delete(f"{made}/items/{new_id()}"), 404)
    refused(power.patch(made, json={"name": " "}), 422)
    assert power.get(f"{made}/items").json() == before
    assert power.get(made).json()["name"] == "Everything"


def test_playlists_come_in_and_go_out_as_files(house: House) -> None:
    user, guest = house.clients["user"], house.clients["guest"]
    text = "#EXTM3U\n#PLAYLIST:From a file\nThe Album/02 Song 2.flac\nThe Album/09 Song 9.flac\n"
    made = user.post("/playlists/import", json={"text": text}).json()
    assert (made["found"], made["missing"], made["paths"]) == (1, 1, ["The Album/09 Song 9.flac"])
    path = f"/playlists/{made['playlist']['id']}"
    out = user.get(f"{path}/m3u8")
    assert out.headers["content-type"] == "audio/x-mpegurl"
    assert "From%20a%20file.m3u8" in out.headers["content-disposition"]
    assert "The Band/The Album/02 Song 2.flac" in out.text
    refused(guest.get(f"{path}/m3u8"), 404)
    refused(user.post("/playlists/import", json={"text": "#EXTM3U"}), 422)
    refused(guest.post("/playlists/import", json={"text": text, "into": made["playlist"]["id"]}), 404)
    assert house.clients["limited"].post("/playlists/import", json={"text": text}).json()["found"] == 0
    user.delete(path).raise_for_status()


def test_rules_fill_a_playlist(house: House) -> None:
    user, guest = house.clients["user"], house.clients["guest"]
    rules = {"all": [{"contains": {"title": "song"}}, {"gt": {"trackNumber": 1}}], "sort": "-tracknumber"}
    made = user.post("/playlists", json={"name": "Rules", "rules": rules, "shared": True}).raise_for_status().json()
    path = f"/playlists/{made['id']}"
    assert (made["smart"], made["count"]) == (True, 2)
    entries = guest.get(f"{path}/items").json()["items"]
    assert [each["item"]["title"] for each in entries] == ["Song 3", "Song 2"]
    assert guest.get(f"{path}/rules").json() == rules
    refused(user.post(f"{path}/items", json={"item_ids": [entries[0]["item"]["id"]]}), 409)
    told = refused(user.patch(path, json={"rules": {"all": [{"is": {"colour": "red"}}]}}), 422)
    assert "colour" in told["detail"]
    assert user.patch(path, json={"rules": {"any": [{"is": {"title": "Song 1"}}]}}).json()["count"] == 1
    refused(guest.patch(path, json={"rules": rules}), 403)
    user.delete(path).raise_for_status()
