"""A newcomer's first hour over HTTP: set up, look around, search, go on, restart, and find everything in its place."""

import httpx
import pytest
from tests.support.processes import until
from tests.support.server import OWNER, PASSWORD, Server, everything

SHELVES = {
    ("film", "film"): {"Greenwood Hour", "Northbound", "The Lamplighter of Saltmarsh"},
    ("show", "show"): {"Tideways"},
    ("show", "episode"): {"The Harbour", "Slack Water", "Storm Glass", "Red Sky", "The Night Ferry", "Landfall"},
    ("music", "album"): {"Paper Harbours", "Night Ferries", "Low Sun", "Meadow Sessions"},
    ("audiobook", "book"): {"The Clockmaker's Garden", "The Map of Quiet Places"},
    ("podcast", "podcast"): {"Small Instruments"},
    ("podcast", "episode"): {"Why Bells Hum", "The Glass Harp", "Strings Without Hands"},
    ("photo", "album"): {"2023-10 Highland Light", "2024-02 Night Skies", "2024-07 Coast Road"},
    ("book", "book"): {"The Moss Almanac", "Letters from the Tidal Post", "A Field Guide to Imaginary Weather"},
    ("comic", "series"): {"The Paper Fox"},
    ("video", "channel"): {"Kite Weather"},
    ("course", "course"): {"Painting with Distance"},
}


@pytest.fixture
def owner(house: Server):
    with house.client() as client:
        yield client


def titles(client: httpx.Client, **query: str) -> list[str]:
    return [each["title"] for each in everything(client, "/items", **query)]


def one(client: httpx.Client, kind: str, level: str, title: str) -> dict:
    found = [each for each in everything(client, "/items", kind=kind, level=level) if each["title"] == title]
    assert len(found) == 1, titles(client, kind=kind, level=level)
    return found[0]


def test_the_set_up_code_works_once(house: Server) -> None:
    with house.client("") as stranger:
        assert stranger.get("/server").json()["setup_needed"] is False
        body = {"code": house.setup_code(), "name": "mallory", "password": PASSWORD}
        assert stranger.post("/setup", json=body).status_code in (403, 409)
        assert stranger.get("/items").status_code == 401
        wrong = stranger.post("/sessions", json={"name": OWNER, "password": "not it at all"})
        assert wrong.status_code == 401
        assert wrong.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("shelf", SHELVES, ids="/".join)
def test_each_kind_is_listed(owner: httpx.Client, shelf: tuple[str, str]) -> None:
    kind, level = shelf
    found = titles(owner, kind=kind, level=level)
    assert len(found) == len(set(found)), found
    assert SHELVES[shelf] <= set(found), found


def test_every_item_has_its_details_and_most_a_picture(owner: httpx.Client) -> None:
    for card in everything(owner, "/items"):
        detail = owner.get(f"/items/{card['id']}").raise_for_status().json()
        assert detail["title"] == card["title"]
        if detail["playable"]:
            assert detail["editions"][0]["files"], detail
        if card["artwork"]:
            picture = owner.get(f"/artwork/{card['artwork']['id']}", params={"width": 160}).raise_for_status()
            assert picture.headers["content-type"] == "image/webp"
            assert picture.content[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("typed", "title"),
    [("lamplihgter", "The Lamplighter of Saltmarsh"), ("tidways", "Tideways"), ("papre fox", "The Paper Fox")],
)
def test_search_forgives_a_typo(owner: httpx.Client, typed: str, title: str) -> None:
    def found() -> list[str]:
        answer = owner.get("/search", params={"q": typed}).raise_for_status().json()
        return [hit["title"] for hit in answer["hits"]]

    until(lambda: title in found(), 30, what=f"that the index knows “{title}”")  # it follows the scans


def test_the_home_page_shows_what_is_new(owner: httpx.Client) -> None:
    rows = owner.get("/home").raise_for_status().json()["rows"]
    assert {"new/film", "new/music"} <= {row["key"] for row in rows}
    assert all(row["items"] for row in rows)


def test_a_restart_finds_everything_where_it_was(house: Server, owner: httpx.Client) -> None:
    film = one(owner, "film", "film", "Northbound")
    book = one(owner, "book", "book", "The Moss Almanac")
    songs = [each["id"] for each in everything(owner, "/items", kind="music", level="track")][:3]
    owner.put(f"/items/{film['id']}/progress", json={"position_ms": 4000, "duration_ms": 6000}).raise_for_status()
    read = {"locator": "epubcfi(/6/4!/4/2)", "fraction": 0.42}
    owner.put(f"/items/{book['id']}/progress", json=read).raise_for_status()
    owner.put(f"/items/{film['id']}/opinion", json={"favourite": True, "rating": 9}).raise_for_status()
    made = owner.post("/playlists", json={"name": "For the train", "item_ids": songs}).raise_for_status().json()
    before = {**_picture(owner), "playlist": _entries(owner, made["id"])}
    assert before["playlist"] == songs

    house.stop()
    house.start()

    assert {**_picture(owner), "playlist": _entries(owner, made["id"])} == before
    seen = owner.get(f"/items/{film['id']}").json()["mine"]
    assert (seen["position_ms"], seen["favourite"], seen["rating"]) == (4000, True, 9)
    place = owner.get(f"/items/{book['id']}/progress").json()
    assert place["locator"] == read["locator"]
    assert place["mine"]["fraction"] == pytest.approx(0.42)
    going_on = next(row for row in owner.get("/home").json()["rows"] if row["key"] == "continue")
    assert {film["id"], book["id"]} <= {each["id"] for each in going_on["items"]}


def _picture(client: httpx.Client) -> dict:
    items = {each["id"]: (each["kind"], each["level"], each["title"]) for each in everything(client, "/items")}
    return {"items": items, "sources": [(each["id"], each["counts"]) for each in client.get("/sources").json()]}


def _entries(client: httpx.Client, playlist: str) -> list[str]:
    return [each["item"]["id"] for each in everything(client, f"/playlists/{playlist}/items")]
