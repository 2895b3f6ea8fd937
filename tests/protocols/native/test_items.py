"""Browsing: lists, details, home, words, people, tags, the trash."""

import pytest
from tests.support.asking import costs_the_same, is_paged, refused, unchanged, walk
from tests.support.house import House

from medley.kernel.ids import new_id


@pytest.fixture
def tagged(house: House) -> list[str]:
    """Three tags on a film, for lists of words that are longer than a page."""
    path = f"/items/{house.item(kind='film')['id']}/tags"
    for name in ("calm", "old", "seen"):
        assert house.clients["power_user"].put(f"{path}/{name}").status_code == 204
    return ["calm", "old", "seen"]


def test_lists_are_paged_by_keys(house: House, tagged: list[str]) -> None:
    guest = house.clients["guest"]
    assert is_paged(guest, "/items")
    assert is_paged(guest, "/items", sort="added", order="desc")
    assert is_paged(guest, "/words/tag")
    assert [each["name"] for each in walk(guest, "/words/tag", 2)] == tagged


@pytest.mark.parametrize("path", ["/items", "/words/tag"])
def test_long_pages_cost_no_more_statements(house: House, tagged: list[str], path: str) -> None:
    assert costs_the_same(house.clients["guest"], path)


def test_what_was_read_is_not_sent_again(house: House) -> None:
    film = house.item(kind="film")["id"]
    for path in ("/items", "/items/count?letters=true", f"/items/{film}", "/home", "/words/genre", "/people"):
        assert unchanged(house.clients["guest"], path), path


def test_an_answer_changes_with_what_one_did(house: House) -> None:
    path, guest = f"/items/{house.item(kind='film')['id']}", house.clients["guest"]
    before = guest.get(path).headers["etag"]
    guest.put(f"{path}/opinion", json={"favourite": True})
    assert guest.get(path, headers={"if-none-match": before}).status_code == 200
    guest.put(f"{path}/opinion", json={"favourite": False})


def test_lists_are_filtered_and_counted(house: House) -> None:
    guest = house.clients["guest"]
    for filters in ({"kind": "film"}, {"kind": "music", "level": "track"}, {"source": house.sources["photo"]}):
        found = walk(guest, "/items", 100, **filters)
        assert found
        assert guest.get("/items/count", params=filters).json()["count"] == len(found)
        years = guest.get("/items/count", params={**filters, "years": True}).json()["years"]
        assert years == sorted({item["year"] for item in found if item["year"]}, reverse=True)
    tracks = walk(guest, "/items", 100, kind="music", level="track", sort="title", order="desc")
    assert [each["title"] for each in tracks] == ["Song 3", "Song 2", "Song 1"]
    assert walk(guest, "/items", 100, year=2001, kind="film")[0]["title"] == "First Light"
    assert walk(guest, "/items", 100, genre=new_id()) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/items?sort=colour", 422),
        ("/items?kind=cheese", 422),
        ("/items?limit=501", 422),
        ("/items/nonsense", 422),
        ("/items/00000000000000000000000000", 404),
        ("/people/00000000000000000000000000", 404),
        ("/words/colour", 422),
    ],
)
def test_what_makes_no_sense_is_told(house: House, path: str, status: int) -> None:
    refused(house.clients["guest"].get(path), status)


def test_who_sees_one_source_sees_nothing_of_the_others(house: House, tagged: list[str]) -> None:
    limited, admin = house.clients["limited"], house.clients["admin"]
    track = house.item(kind="music", level="track")
    assert {each["kind"] for each in walk(limited, "/items", 100)} == {"film"}
    assert {item["kind"] for row in limited.get("/home").json()["rows"] for item in row["items"]} == {"film"}
    assert walk(limited, "/items", 100, source=house.sources["music"]) == []
    assert limited.get("/items/count", params={"kind": "music"}).json()["count"] == 0
    refused(limited.get(f"/items/{track['id']}"), 404)
    assert walk(limited, "/words/genre", 100) == []
    band = next(each for each in walk(admin, "/people", 100) if each["name"] == "The Band")
    assert band["id"] not in {each["id"] for each in walk(limited, "/people", 100)}
    refused(limited.get(f"/people/{band['id']}"), 404)
    assert [each["name"] for each in walk(limited, "/words/tag", 100)] == tagged


def test_tags_come_and_go(house: House) -> None:
    item, power = house.item(kind="book")["id"], house.clients["power_user"]
    path = f"/items/{item}/tags/for the train"
    assert power.put(path).status_code == 204
    assert power.put(path).status_code == 204
    tag = next(each for each in walk(power, "/words/tag", 100) if each["name"] == "for the train")
    assert [each["id"] for each in walk(power, "/items", 100, tag=tag["id"])] == [item]
    assert power.delete(path).status_code == 204
    refused(power.delete(path), 404)
    refused(power.put(f"/items/{item}/tags/{'x' * 101}"), 422)
    refused(house.clients["user"].put(path), 403)


def test_into_the_trash_and_back(house: House) -> None:
    power, guest = house.clients["power_user"], house.clients["guest"]
    path = f"/items/{house.item(kind='video', level='video')['id']}"
    refused(guest.delete(path), 403)
    assert power.delete(path).status_code == 204
    assert path.endswith(walk(power, "/trash", 100)[0]["id"])
    assert walk(guest, "/items", 100, kind="video", level="video") == []
    refused(guest.get("/trash"), 403)
    assert power.post(f"{path}/restore").status_code == 204
    assert walk(power, "/trash", 100) == []
    assert len(walk(guest, "/items", 100, kind="video", level="video")) == 1
