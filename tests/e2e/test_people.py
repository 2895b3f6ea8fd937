"""Somebody who may see one source sees nothing else, wherever they look."""

from collections.abc import Iterator

import httpx
import pytest
from tests.support.server import PASSWORD, Server, everything

from .test_media import detail, first_file, play


@pytest.fixture(scope="module")
def child(house: Server) -> Iterator[httpx.Client]:
    """Somebody who may see the comics."""
    with house.client() as owner:
        comics = next(each for each in owner.get("/sources").json() if each["kind"] == "comic")
        body = {"name": "Kit", "password": PASSWORD, "role": "user", "all_sources": False}
        made = owner.post("/users", json={**body, "source_ids": [comics["id"]]}).raise_for_status().json()
        with house.client("") as stranger:
            signed_in = stranger.post("/sessions", json={"name": "Kit", "password": PASSWORD}).raise_for_status()
        with house.client(signed_in.json()["token"]) as client:
            yield client
        owner.delete(f"/users/{made['id']}").raise_for_status()


def test_lists_hold_one_source(child: httpx.Client) -> None:
    assert {each["kind"] for each in everything(child, "/items")} == {"comic"}
    assert [each["kind"] for each in child.get("/sources").json()] == ["comic"]
    assert all(row["items"] for row in child.get("/home").json()["rows"])
    kinds = {item["kind"] for row in child.get("/home").json()["rows"] for item in row["items"]}
    assert kinds == {"comic"}


def test_search_and_words_hold_one_source(child: httpx.Client) -> None:
    for words in ("Tideways", "Northbound", "the", "Paper"):
        hits = child.get("/search", params={"q": words}).raise_for_status().json()["hits"]
        assert {hit["kind"] for hit in hits} <= {"comic"}, words
    assert child.get("/search", params={"q": "Paper Fox"}).json()["hits"]
    genres = list(everything(child, "/words/genre", kind="music"))
    assert genres == []


def test_ids_of_others_are_not_found(house: Server, child: httpx.Client) -> None:
    with house.client() as owner:
        film = detail(owner, "film", "film", "Northbound")
        song = detail(owner, "music", "track", "Paper Harbours")
    file = first_file(film)["id"]
    paths = [f"/items/{film['id']}", f"/items/{film['id']}/progress", f"/files/{file}/bytes", f"/files/{file}/download"]
    paths += [f"/lyrics/{song['id']}", f"/artwork/{film['artwork']['id']}", f"/files/{first_file(song)['id']}/audio"]
    for path in paths:
        assert child.get(path).status_code in (403, 404), path
    assert child.put(f"/items/{film['id']}/progress", json={"position_ms": 1}).status_code in (403, 404)
    assert child.post(f"/items/{film['id']}/play", json={}).status_code in (403, 404)
    assert child.post("/playlists", json={"name": "x", "item_ids": [film["id"]]}).status_code in (403, 404, 422, 400)


def test_an_address_that_was_signed_for_another_file_is_refused(house: Server) -> None:
    with house.client() as owner, httpx.Client(base_url=house.url) as stranger:
        one = play(owner, detail(owner, "film", "film", "Northbound"))
        other = first_file(detail(owner, "film", "film", "Greenwood Hour"))["id"]
        assert stranger.get(one["url"].replace(one["file_id"], other)).status_code in (401, 403)


def test_only_administrators_reach_the_machine(child: httpx.Client) -> None:
    for path in ("/system", "/users", "/jobs"):
        assert child.get(path).status_code == 403, path
    assert child.post("/sources", json={"name": "etc", "kind": "auto", "path": "/etc"}).status_code == 403
    assert child.delete(f"/items/{next(everything(child, '/items'))['id']}").status_code == 403


def test_a_removed_user_is_out_at_once(house: Server) -> None:
    with house.client() as owner, house.client("") as stranger:
        body = {"name": "Short Visit", "password": PASSWORD, "role": "guest"}
        made = owner.post("/users", json=body).raise_for_status().json()
        token = stranger.post("/sessions", json={"name": "Short Visit", "password": PASSWORD}).json()["token"]
        with house.client(token) as guest:
            assert guest.get("/me").status_code == 200
            owner.delete(f"/users/{made['id']}").raise_for_status()
            assert guest.get("/me").status_code == 401
