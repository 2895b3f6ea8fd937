"""What this server says of itself, to anybody and to its administrator."""

import httpx
from tests.support.asking import refused, unchanged
from tests.support.house import House

from medley import __version__


def test_anybody_may_know_its_name(house: House) -> None:
    nobody = house.clients["nobody"]
    assert nobody.get("/server").json() == {"name": "Medley", "version": __version__, "setup_needed": False}
    assert unchanged(nobody, "/server")
    assert unchanged(nobody, "/openapi.json")


def test_health_says_ok_and_is_never_kept(house: House) -> None:
    answer = httpx.get(f"{house.url}/healthz")
    assert (answer.text, answer.headers["cache-control"]) == ("ok", "no-store")
    assert httpx.post(f"{house.url}/healthz").status_code == 405


def test_the_kinds_with_their_levels(house: House) -> None:
    kinds = {each["name"]: each for each in house.clients["guest"].get("/kinds").json()}
    assert set(kinds) == set(house.sources)
    assert [level["name"] for level in kinds["music"]["levels"]] == ["artist", "album", "track"]
    assert [level["name"] for level in kinds["music"]["levels"] if level["playable"]] == ["track"]
    for each in kinds.values():
        found = house.clients["guest"].get("/items", params={"kind": each["name"], "sort": each["sorts"][0]})
        assert found.json()["items"], each["name"]
    refused(house.clients["nobody"].get("/kinds"), 401)


def test_how_it_is_is_for_administrators(house: House) -> None:
    told = house.clients["admin"].get("/system").json()
    assert told["database"] == "sqlite"
    assert told["version"] == __version__
    assert told["users"] == len(house.clients["admin"].get("/users").json())
    assert told["counts"]["film/film"] == 2
    assert {disk["source_id"] for disk in told["disks"]} == set(house.sources.values())
    assert all(0 < disk["free"] <= disk["total"] for disk in told["disks"])
    refused(house.clients["power_user"].get("/system"), 403)


def test_a_disk_that_is_away_is_left_out(house: House) -> None:
    away = (house.media / "comic").rename(house.media / "away")
    try:
        disks = house.clients["admin"].get("/system").raise_for_status().json()["disks"]
    finally:
        away.rename(house.media / "comic")
    assert {disk["source_id"] for disk in disks} == set(house.sources.values()) - {house.sources["comic"]}
