"""The trash: counted, emptied and thinned out by those who may delete, and by each only where they may look."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from tests.support.asking import refused, walk
from tests.support.house import PASSWORD, House
from tests.support.tiny_media import film

from medley.app.worker import stand_in
from medley.kernel.ids import new_id


@dataclass
class Shelf:
    """A source of one person, who may delete there and sees nothing else; its three films, by title."""

    source_id: str
    films: list[str]
    owner: httpx.Client


@pytest.fixture
def shelves(house: House, tmp_path: Path) -> Iterator[list[Shelf]]:
    """The shelves of two people, with the same films on each."""
    made = [_shelf(house, tmp_path / name) for name in ("Left", "Right")]
    yield made
    for shelf in made:
        house.clients["admin"].delete(f"/users/{shelf.owner.get('/me').json()['id']}").raise_for_status()
        house.clients["admin"].delete(f"/sources/{shelf.source_id}").raise_for_status()
        shelf.owner.close()


def _shelf(house: House, folder: Path) -> Shelf:
    for number in range(3):
        film(folder / f"Old Film {number} ({1950 + number}).mkv", 10 + number)
    source = house.parts.library.sources.ensure("film", str(folder))
    with stand_in(house.parts):
        assert house.parts.jobs.wait(house.parts.library.sources.scan(source.id), 60).state == "done"
    house.parts.identity.add_user(folder.name, PASSWORD, "power_user", all_sources=False, source_ids=[source.id])
    token = house.parts.identity.sign_in(folder.name, PASSWORD)[1]
    owner = httpx.Client(base_url=f"{house.url}/api/v1", headers={"authorization": f"Bearer {token}"}, timeout=30)
    return Shelf(source.id, [each["id"] for each in walk(owner, "/items", 100, sort="title")], owner)


def _put(client: httpx.Client, item_ids: list[str]) -> None:
    for item_id in item_ids:
        client.delete(f"/items/{item_id}").raise_for_status()


def _count(client: httpx.Client) -> int:
    return client.get("/trash/count").raise_for_status().json()["count"]


def test_one_goes_for_good_and_the_rest_stays(shelves: list[Shelf]) -> None:
    shelf, owner = shelves[0], shelves[0].owner
    assert _count(owner) == 0
    _put(owner, shelf.films[:2])
    assert _count(owner) == 2
    assert owner.delete(f"/trash/{shelf.films[0]}").status_code == 204
    assert [each["id"] for each in walk(owner, "/trash", 100)] == [shelf.films[1]]
    assert _count(owner) == 1
    refused(owner.get(f"/items/{shelf.films[0]}"), 404)
    refused(owner.post(f"/items/{shelf.films[0]}/restore"), 404)
    assert owner.post(f"/items/{shelf.films[1]}/restore").status_code == 204
    assert [each["id"] for each in walk(owner, "/items", 100, sort="title")] == shelf.films[1:]


def test_emptying_leaves_what_is_not_in_it_and_the_files(shelves: list[Shelf], tmp_path: Path) -> None:
    shelf, owner = shelves[0], shelves[0].owner
    _put(owner, shelf.films[:2])
    assert owner.delete("/trash").status_code == 204
    assert _count(owner) == 0
    assert [each["id"] for each in walk(owner, "/items", 100)] == shelf.films[2:]
    assert len(list((tmp_path / "Left").iterdir())) == 3
    assert owner.delete("/trash").status_code == 204, "an empty trash can be emptied"


def test_nobody_reaches_into_the_trash_of_a_source_they_do_not_see(shelves: list[Shelf]) -> None:
    left, right = shelves
    _put(left.owner, left.films[:1])
    _put(right.owner, right.films[:2])
    assert (_count(left.owner), _count(right.owner)) == (1, 2)
    refused(left.owner.delete(f"/trash/{right.films[0]}"), 404)
    assert left.owner.delete("/trash").status_code == 204
    assert (_count(left.owner), _count(right.owner)) == (0, 2)


@pytest.mark.parametrize(("who", "status"), [("user", 403), ("guest", 403), ("nobody", 401)])
def test_it_needs_the_permission_to_delete(house: House, shelves: list[Shelf], who: str, status: int) -> None:
    shelf, client = shelves[0], house.clients[who]
    _put(shelf.owner, shelf.films[:1])
    refused(client.get("/trash/count"), status)
    refused(client.delete("/trash"), status)
    refused(client.delete(f"/trash/{shelf.films[0]}"), status)
    assert _count(shelf.owner) == 1


def test_only_what_lies_in_the_trash_is_deleted(shelves: list[Shelf]) -> None:
    shelf, owner = shelves[0], shelves[0].owner
    told = refused(owner.delete(f"/trash/{shelf.films[0]}"), 409)
    assert "not in the trash" in told["detail"]
    assert owner.get(f"/items/{shelf.films[0]}").status_code == 200
    refused(owner.delete(f"/trash/{new_id()}"), 404)
    refused(owner.delete("/trash/nonsense"), 422)


def test_bytes_of_what_went_for_good_are_not_sent(shelves: list[Shelf]) -> None:
    shelf, owner = shelves[0], shelves[0].owner
    editions = [owner.get(f"/items/{film_id}").json()["editions"] for film_id in shelf.films[:2]]
    deleted, kept = (f"/files/{each[0]['files'][0]['id']}/bytes" for each in editions)
    _put(owner, shelf.films[:1])
    assert owner.delete(f"/trash/{shelf.films[0]}").status_code == 204
    refused(owner.get(deleted), 404)
    assert owner.get(kept, headers={"range": "bytes=0-9"}).status_code == 206
