"""The play queue, by ids and by places."""

import pytest
from tests.support.subsonic import App


@pytest.fixture
def songs(app: App) -> list[str]:
    return [song["id"] for song in app.ask("search3", query="", songCount=6)["searchResult3"]["song"]]


def test_a_queue_goes_from_app_to_app(app: App, songs: list[str]):
    app.called("Phone").ask("savePlayQueue", id=songs, current=songs[2], position=4321)
    told = app.called("Car").ask("getPlayQueue")["playQueue"]
    assert [each["id"] for each in told["entry"]] == songs
    assert (told["current"], told["position"], told["username"], told["changedBy"]) == (
        songs[2],
        4321,
        "admin",
        "Phone",
    )
    assert told["changed"].endswith("Z")
    by_index = app.ask("getPlayQueueByIndex")["playQueueByIndex"]
    assert (by_index["currentIndex"], by_index["position"]) == (2, 4321)
    assert by_index["entry"] == told["entry"]


def test_by_index_a_song_may_be_there_twice(app: App, songs: list[str]):
    app.ask("savePlayQueueByIndex", id=[songs[0], songs[1], songs[0]], currentIndex=2, position=7)
    assert app.ask("getPlayQueueByIndex")["playQueueByIndex"]["currentIndex"] == 2
    assert app.ask("getPlayQueue")["playQueue"]["current"] == songs[0]
    assert app.fail("savePlayQueueByIndex", id=songs)["code"] == 10
    assert app.fail("savePlayQueueByIndex", id=songs, currentIndex=len(songs))["code"] == 0
    assert app.fail("savePlayQueue", id=songs)["code"] == 10
    assert len(app.ask("getPlayQueue")["playQueue"]["entry"]) == 3


def test_thousands_come_by_form(app: App, songs: list[str]):
    form = app.post("savePlayQueueByIndex", id=songs * 500, currentIndex="7")
    assert form.json()["subsonic-response"]["status"] == "ok"
    assert len(app.ask("getPlayQueue")["playQueue"]["entry"]) == len(songs) * 500


def test_without_songs_it_is_cleared(app: App, other: App, songs: list[str]):
    app.ask("savePlayQueue", id=songs[0], current=songs[0])
    assert other.ask("getPlayQueue")["playQueue"]["entry"] == []
    app.ask("savePlayQueue")
    told = app.ask("getPlayQueue")["playQueue"]
    assert (told["entry"], "current" in told) == ([], False)
    app.ask("savePlayQueueByIndex")
    assert "currentIndex" not in app.ask("getPlayQueueByIndex")["playQueueByIndex"]
