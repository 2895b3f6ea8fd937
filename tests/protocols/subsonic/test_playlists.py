"""Playlists."""

from collections.abc import Iterator

import pytest
from tests.support.subsonic import App

from medley.kernel.ids import new_id


@pytest.fixture
def songs(app: App) -> list[str]:
    return [song["id"] for song in app.ask("search3", query="", songCount=6)["searchResult3"]["song"]]


@pytest.fixture
def made(app: App, songs: list[str]) -> Iterator[str]:
    told = app.ask("createPlaylist", name="Road", songId=[songs[0], songs[1], songs[0]])["playlist"]
    yield told["id"]
    app.get("deletePlaylist", id=told["id"])


def entries(app: App, playlist: str) -> list[str]:
    return [each["id"] for each in app.ask("getPlaylist", id=playlist)["playlist"]["entry"]]


def test_a_playlist_keeps_its_order_and_repeats(app: App, made: str, songs: list[str]):
    told = app.ask("getPlaylist", id=made)["playlist"]
    assert [each["id"] for each in told["entry"]] == [songs[0], songs[1], songs[0]]
    assert (told["name"], told["owner"], told["public"], told["songCount"]) == ("Road", "admin", False, 3)
    assert made.startswith("pl-")
    assert told["coverArt"] == made
    assert told["created"].endswith("Z")
    assert entries(app, made[3:]) == entries(app, made)
    listed = app.ask("getPlaylists")["playlists"]["playlist"]
    assert [each["id"] for each in listed] == [made]
    assert "entry" not in listed[0]


def test_songs_go_by_their_places_and_come_at_the_end(app: App, made: str, songs: list[str]):
    app.ask("updatePlaylist", playlistId=made, songIndexToRemove=[0, 2], songIdToAdd=[songs[3], songs[3]])
    assert entries(app, made) == [songs[1], songs[3], songs[3]]
    app.ask("updatePlaylist", playlistId=made, name="Way", comment="<b>long</b>", public="true")
    told = app.ask("getPlaylist", id=made)["playlist"]
    assert (told["name"], told["comment"], told["public"]) == ("Way", "<b>long</b>", True)
    assert [each["id"] for each in told["entry"]] == [songs[1], songs[3], songs[3]]
    app.ask("updatePlaylist", playlistId=made, comment="")
    assert "comment" not in app.ask("getPlaylist", id=made)["playlist"]
    assert app.fail("updatePlaylist", playlistId=made, songIndexToRemove=3)["code"] == 0
    assert app.fail("updatePlaylist", playlistId=made, songIndexToRemove=-1)["code"] == 0


def test_creating_what_is_there_replaces_it(app: App, made: str, songs: list[str]):
    told = app.ask("createPlaylist", playlistId=made, songId=[songs[4]])["playlist"]
    assert (told["id"], told["name"], [each["id"] for each in told["entry"]]) == (made, "Road", [songs[4]])
    assert app.ask("createPlaylist", playlistId=made, name="Empty")["playlist"]["entry"] == []
    assert app.fail("createPlaylist")["code"] == 10


def test_a_playlist_is_its_owners(app: App, other: App, made: str, songs: list[str]):
    assert other.fail("getPlaylist", id=made)["code"] == 70
    assert made not in [each["id"] for each in other.ask("getPlaylists")["playlists"]["playlist"]]
    app.ask("updatePlaylist", playlistId=made, public="true")
    shared = other.ask("getPlaylist", id=made)["playlist"]
    assert (shared["owner"], shared["readonly"], len(shared["entry"])) == ("admin", True, 3)
    for method, query in (
        ("updatePlaylist", {"playlistId": made, "name": "Mine"}),
        ("updatePlaylist", {"playlistId": made, "songIndexToRemove": 0}),
        ("createPlaylist", {"playlistId": made, "songId": songs[0]}),
        ("deletePlaylist", {"id": made}),
    ):
        assert other.fail(method, **query)["code"] == 50
    assert entries(app, made) == [songs[0], songs[1], songs[0]]


def test_playlists_of_somebody(app: App, other: App, made: str):
    assert [each["id"] for each in app.ask("getPlaylists", username="admin")["playlists"]["playlist"]] == [made]
    assert app.ask("getPlaylists", username="user")["playlists"]["playlist"] == []
    assert other.fail("getPlaylists", username="admin")["code"] == 50


def test_what_is_no_song_does_not_go_in(app: App, made: str, songs: list[str]):
    album = app.ask("getSong", id=songs[0])["song"]["albumId"]
    for wrong in (album, made, f"so-{new_id()}", "x"):
        assert app.fail("updatePlaylist", playlistId=made, songIdToAdd=wrong)["code"] == 70
    assert app.fail("getPlaylist", id=f"pl-{new_id()}")["code"] == 70
    assert app.fail("deletePlaylist", id=songs[0])["code"] == 70


def test_deleting(app: App, songs: list[str]):
    gone = app.ask("createPlaylist", name="Gone", songId=songs)["playlist"]["id"]
    app.ask("deletePlaylist", id=gone)
    assert app.fail("getPlaylist", id=gone)["code"] == 70


def test_a_list_of_ids_may_be_posted(app: App, songs: list[str]):
    answer = app.post("createPlaylist", name="Long", songId=songs * 200).json()["subsonic-response"]
    assert answer["playlist"]["songCount"] == 1200
    app.ask("deletePlaylist", id=answer["playlist"]["id"])
