"""Search through the API: what is found, page by page, and by whom."""

from typing import Any

import pytest
from tests.support.asking import costs_the_same, refused, unchanged
from tests.support.house import House


def test_search_finds_and_shows(house: House) -> None:
    found = house.clients["guest"].get("/search", params={"q": "first ligt"}).json()
    assert found["hits"][0]["title"] == "First Light"
    assert found["facets"]["kind"]["film"] >= 1
    page = house.clients["guest"].get("/search", params={"q": "song", "level": "track", "limit": 2}).json()
    rest = (
        house.clients["guest"]
        .get("/search", params={"q": "song", "level": "track", "limit": 2, "cursor": page["next"]})
        .json()
    )
    ids = [hit["id"] for hit in (*page["hits"], *rest["hits"])]
    assert len(ids) == len(set(ids)) == 3
    assert rest["next"] is None


def test_results_are_filtered(house: House) -> None:
    guest = house.clients["guest"]

    def found(**query: Any) -> list[str]:
        hits = guest.get("/search", params={"q": "song", **query}).raise_for_status().json()["hits"]
        return sorted(each["title"] for each in hits if each["level"] == "track")

    assert found() == ["Song 1", "Song 2", "Song 3"]
    assert found(genre="Rock", year_from=1999, year_to=1999, source=house.sources["music"]) == found()
    assert found(kind="film") == found(genre="Jazz") == found(year_from=2000) == found(year_to=1998) == []


def test_long_pages_cost_no_more_statements(house: House) -> None:
    assert costs_the_same(house.clients["guest"], "/search", q="s")


def test_what_was_read_is_not_sent_again(house: House) -> None:
    assert unchanged(house.clients["guest"], "/search?q=song")


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}, {"year_from": "soon"}, {"q": "x" * 201},
        {"year_to": -113}, {"year_from": -1},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(house: House, query: dict[str, Any]) -> None:
    refused(house.clients["guest"].get("/search", params={"q": "song", **query}), 422)


def test_who_sees_one_source_finds_nothing_of_the_others(house: House) -> None:
    told = house.clients["limited"].get("/search", params={"q": "song"}).json()
    assert (told["hits"], told["total"]) == ([], 0)
    assert house.clients["limited"].get("/search", params={"q": "light"}).json()["hits"]
    asked_for = {"q": "song", "source": house.sources["music"]}
    assert house.clients["limited"].get("/search", params=asked_for).json()["hits"] == []
