"""Libraries and their lists."""

import base64
from urllib.parse import quote

import pytest
from tests.support.asking import statements
from tests.support.audiobookshelf import Phone
from tests.support.house import House


def filtered(phone: Phone, group: str, value: str) -> set[str]:
    encoded = quote(base64.b64encode(value.encode()))
    found = phone.json(f"/api/libraries/{phone.library('audiobook')}/items", filter=f"{group}.{encoded}")
    assert found["total"] == len(found["results"])
    return {each["media"]["metadata"]["title"] for each in found["results"]}


def test_there_is_one_library_per_kind_and_source(phone: Phone, limited: Phone) -> None:
    found = {each["id"].partition("-")[0]: each for each in phone.json("/api/libraries")["libraries"]}
    assert {kind: each["mediaType"] for kind, each in found.items()} == {
        "audiobook": "book", "book": "book", "podcast": "podcast",
    }  # fmt: skip
    assert limited.json("/api/libraries") == {"libraries": []}
    for each in found.values():
        assert phone.json(f"/api/libraries/{each['id']}")["name"] == each["name"]
        assert limited.call("GET", f"/api/libraries/{each['id']}").status_code == 404


def test_no_answer_tells_where_files_lie_on_the_server(phone: Phone, house: House) -> None:
    book = phone.item("audiobook", "Alpha")
    for path in ("/api/libraries", f"/api/items/{book}?expanded=1"):
        assert str(house.media) not in phone.call("GET", path).text


def test_pages(phone: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/items"
    every = [each["id"] for each in phone.json(path)["results"]]
    assert len(every) == 4
    paged = [phone.json(path, limit=3, page=page) for page in (0, 1, 2)]
    assert [each["id"] for page in paged for each in page["results"]] == every
    assert all(page["total"] == 4 for page in paged)
    backwards = phone.json(path, sort="media.metadata.title", desc=1)["results"]
    assert [each["id"] for each in backwards] == every[::-1]


def test_sorts(phone: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/items"
    longest = phone.json(path, sort="media.duration", desc=1)["results"][0]
    assert longest["media"]["metadata"]["title"] == "A Long Book"
    newest = phone.json(path, sort="media.metadata.publishedYear", desc=1)["results"]
    assert [each["media"]["metadata"]["title"] for each in newest][:3] == ["Gamma", "Beta", "Alpha"]
    for sort in ("media.metadata.authorName", "media.metadata.authorNameLF", "size", "addedAt", "birthtimeMs",
                 "mtimeMs", "progress", "progress.createdAt", "progress.finishedAt", "random", "nonsense"):  # fmt: skip
        assert phone.json(path, sort=sort)["total"] == 4


def test_filters(phone: Phone) -> None:
    library = phone.library("audiobook")
    saga = phone.json(f"/api/libraries/{library}/series")["results"][0]["id"]
    able = next(a["id"] for a in phone.json(f"/api/libraries/{library}/authors")["authors"] if a["name"] == "Zoe Able")
    trilogy = {"Alpha", "Beta", "Gamma"}
    assert filtered(phone, "series", saga) == filtered(phone, "authors", able) == trilogy
    assert filtered(phone, "narrators", "Rita Reader") == filtered(phone, "genres", "Fantasy") == trilogy
    assert filtered(phone, "tracks", "single") == filtered(phone, "series", "no-series") == {"A Long Book"}
    assert filtered(phone, "publishedDecades", "2000") == trilogy
    assert filtered(phone, "missing", "narrators") == {"A Long Book"}
    assert filtered(phone, "progress", "not-started") >= trilogy
    for group in ("feed-open", "share-open", "issues", "abridged", "languages", "publishers", "tags", "nonsense"):
        assert filtered(phone, group, "x") == set()


@pytest.mark.parametrize("text", ["genres.%%%", "genres.é", "series.AAAA", "progress.", ".", "publishedDecades.eHh4"])
def test_filters_that_make_no_sense(phone: Phone, text: str) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/items"
    answer = phone.call("GET", path, params={"filter": text})
    assert answer.status_code == 400 or answer.json()["results"] == []


def test_a_series_may_stand_as_one(phone: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/items"
    found = phone.json(path, collapseseries=1, limit=10)
    (saga,) = [each for each in found["results"] if "collapsedSeries" in each]
    assert (found["total"], saga["collapsedSeries"]["name"], saga["collapsedSeries"]["numBooks"]) == (2, "Saga", 3)


def test_filterdata_and_stats(phone: Phone) -> None:
    library = phone.library("audiobook")
    told = phone.json(f"/api/libraries/{library}", include="filterdata")
    assert told["library"]["id"] == library
    alone = phone.json(f"/api/libraries/{library}/filterdata")
    assert {**told["filterdata"], "loadedAt": 0} == {**alone, "loadedAt": 0}
    assert (told["filterdata"]["narrators"], told["filterdata"]["bookCount"]) == (["Rita Reader"], 4)
    stats = phone.json(f"/api/libraries/{library}/stats")
    assert (stats["totalItems"], stats["numAudioTracks"], stats["totalAuthors"]) == (4, 7, 2)
    assert stats["totalDuration"] > 900
    assert stats["longestItems"][0]["title"] == "A Long Book"
    assert [each["name"] for each in phone.json(f"/api/libraries/{library}/narrators")["narrators"]] == ["Rita Reader"]


def test_the_newest_episodes(phone: Phone) -> None:
    library = phone.library("podcast")
    told = phone.json(f"/api/libraries/{library}/recent-episodes", limit=2)
    assert [each["title"] for each in told["episodes"]] == ["Day 3", "Day 2"]
    assert told["episodes"][0]["podcast"]["metadata"]["title"] == "Small Talk"
    assert len(phone.json(f"/api/libraries/{library}/recent-episodes", limit=2, page=1)["episodes"]) == 1
    (podcast,) = phone.json(f"/api/libraries/{library}/podcast-titles")["podcasts"]
    assert podcast["title"] == "Small Talk"


def test_only_administrators_scan(phone: Phone, own: Phone) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/scan"
    assert own.post(path).status_code == 403
    assert phone.post(path).status_code == 200


LISTS = ("items", "items?minified=1&include=progress", "series", "authors", "narrators", "personalized", "collections",
         "playlists", "filterdata", "search?q=saga")  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_no_statement_per_entry(phone: Phone, path: str) -> None:
    path = f"/api/libraries/{phone.library('audiobook')}/{path}"
    costs = {}
    for limit in (1, 100):
        phone.call("GET", path, params={"limit": limit})  # what is remembered is not counted
        counted = []
        for _ in range(3):  # the server's other threads have something to say now and then
            with statements() as said:
                assert phone.call("GET", path + ("&" if "?" in path else "?") + f"limit={limit}").status_code == 200
            counted.append(len(said))
        costs[limit] = min(counted)
    assert 0 < costs[100] <= costs[1] + 2
