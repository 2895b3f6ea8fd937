"""Links over HTTP: whoever has one sees and plays what it shows, and nothing beside it."""

import pytest
from tests.support.asking import costs_the_same, refused, walk
from tests.support.house import PASSWORD, House

from medley.kernel.ids import new_id


@pytest.fixture
def album(house: House) -> str:
    return house.item(kind="music", level="album")["id"]


def test_a_link_is_followed_without_an_account(house: House, album: str) -> None:
    user, nobody = house.clients["user"], house.clients["nobody"]
    made = user.post("/shares", json={"item_ids": [album], "description": "Listen"}).json()
    path = made["path"].removeprefix("/api/v1")
    page = nobody.get(path).raise_for_status().json()
    assert (page["description"], page["shared_by"], page["count"]) == ("Listen", "user", 3)
    assert [each["title"] for each in page["items"]] == ["Song 1", "Song 2", "Song 3"]
    assert walk(nobody, path, 2) == page["items"]
    assert costs_the_same(nobody, path)
    song = page["items"][1]
    (file,) = song["files"]
    bytes_ = nobody.get(file["url"].removeprefix("/api/v1"), headers={"range": "bytes=0-3"})
    assert (bytes_.status_code, bytes_.content, bytes_.headers["content-type"]) == (206, b"fLaC", "audio/flac")
    assert "mine" not in song
    (listed,) = user.get("/shares").json()
    assert (listed["visits"] > 2, listed["path"]) == (True, made["path"])
    assert house.clients["admin"].get("/shares").json() == []
    assert user.delete(f"/shares/{made['id']}").status_code == 204
    refused(nobody.get(path), 404)
    refused(nobody.get(file["url"].removeprefix("/api/v1")), 404)


def test_a_link_opens_nothing_beside_what_it_shows(house: House, album: str) -> None:
    user, nobody = house.clients["user"], house.clients["nobody"]
    made = user.post("/shares", json={"item_ids": [house.item(kind="music", level="track")["id"]]}).json()
    path = made["path"].removeprefix("/api/v1")
    (song,) = nobody.get(path).json()["items"]
    film = house.item(kind="film")
    film_file = film["editions"][0]["files"][0]["id"]
    refused(nobody.get(f"{path}/items/{film['id']}/files/{film_file}"), 404)
    refused(nobody.get(f"{path}/items/{song['id']}/files/{film_file}"), 404)
    refused(nobody.get(f"{path}/items/{film['id']}/artwork"), 404)
    refused(nobody.get(f"{path}/items/{new_id()}/artwork"), 404)
    refused(nobody.get("/items"), 401)
    refused(nobody.get("/shared/nonsense"), 404)
    refused(nobody.get(f"{path}?cursor=bm9uc2Vuc2U"), 422)
    user.delete(f"/shares/{made['id']}").raise_for_status()


def test_a_picture_of_what_is_shared(house: House) -> None:
    film, user = house.item(kind="photo"), house.clients["user"]
    made = user.post("/shares", json={"item_ids": [film["id"]]}).json()
    (shown,) = house.clients["nobody"].get(made["path"].removeprefix("/api/v1")).json()["items"]
    answer = house.clients["nobody"].get(shown["artwork_url"].removeprefix("/api/v1"))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    user.delete(f"/shares/{made['id']}").raise_for_status()


def test_a_link_ends_with_its_date_and_with_its_owner(house: House, album: str) -> None:
    admin, nobody = house.clients["admin"], house.clients["nobody"]
    dated = admin.post("/shares", json={"item_ids": [album], "expires_at_ms": 1}).json()
    refused(nobody.get(dated["path"].removeprefix("/api/v1")), 404)
    changed = admin.patch(f"/shares/{dated['id']}", json={"expires_at_ms": 0}).json()
    assert changed["expires_at_ms"] == 0
    assert nobody.get(dated["path"].removeprefix("/api/v1")).status_code == 200
    admin.delete(f"/shares/{dated['id']}").raise_for_status()
    house.parts.identity.add_user("passing", PASSWORD, "user")
    token = house.parts.identity.sign_in("passing", PASSWORD)[1]
    headers = {"authorization": f"Bearer {token}"}
    made = nobody.post("/shares", json={"item_ids": [album]}, headers=headers).raise_for_status().json()
    path = made["path"].removeprefix("/api/v1")
    assert nobody.get(path).json()["count"] == 3
    user = next(each for each in house.parts.identity.users() if each.name == "passing")
    house.parts.identity.change_user(user.id, role="guest")
    assert nobody.get(path).json()["count"] == 0
    house.parts.identity.remove_user(user.id)
    refused(nobody.get(path), 404)


def test_who_may_not_download_or_see_shares_nothing(house: House, album: str) -> None:
    refused(house.clients["guest"].post("/shares", json={"item_ids": [album]}), 403)
    refused(house.clients["limited"].post("/shares", json={"item_ids": [album]}), 404)
    refused(house.clients["user"].post("/shares", json={}), 422)
    refused(house.clients["user"].patch(f"/shares/{new_id()}", json={"description": "x"}), 404)
