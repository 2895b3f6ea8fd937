"""Links: made by apps, followed without any."""

import httpx
from tests.support.subsonic import App


def test_a_link_shows_an_album(app: App, other: App):
    album = app.ask("search3", query="", albumCount=1)["searchResult3"]["album"][0]
    (made,) = app.ask("createShare", id=album["id"], description="For you", expires=4_000_000_000_000)["shares"][
        "share"
    ]
    assert (made["description"], made["username"], made["visitCount"]) == ("For you", "admin", 0)
    assert made["expires"].startswith("2096-")
    assert len(made["entry"]) == album["songCount"]
    page = httpx.get(made["url"]).raise_for_status().json()
    assert page["count"] == album["songCount"]
    (listed,) = app.ask("getShares")["shares"]["share"]
    assert (listed["id"], listed["visitCount"], listed["entry"]) == (made["id"], 1, made["entry"])
    assert other.ask("getShares")["shares"]["share"] == []
    assert other.fail("deleteShare", id=made["id"])["code"] == 70
    app.ask("updateShare", id=made["id"], description="", expires=0)
    (changed,) = app.ask("getShares")["shares"]["share"]
    assert "expires" not in changed
    assert "description" not in changed
    app.ask("updateShare", id=made["id"], expires=1)
    assert httpx.get(made["url"]).status_code == 404
    app.ask("deleteShare", id=made["id"])
    assert app.ask("getShares")["shares"]["share"] == []


def test_a_link_shows_a_playlist(app: App):
    songs = [song["id"] for song in app.ask("search3", query="", songCount=3)["searchResult3"]["song"]]
    mine = app.ask("createPlaylist", name="Linked", songId=songs)["playlist"]
    (made,) = app.ask("createShare", id=mine["id"])["shares"]["share"]
    assert [each["id"] for each in made["entry"]] == songs
    assert app.fail("createShare", id=[mine["id"], songs[0]])["code"] == 0
    assert app.fail("createShare")["code"] == 10
    app.ask("deletePlaylist", id=mine["id"])
    assert app.ask("getShares")["shares"]["share"] == []
