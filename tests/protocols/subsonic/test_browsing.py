"""Browsing: what a library of tags looks like to apps, by tags and as folders."""

from typing import Any

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of


def artists(app: App) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for index in app.ask("getArtists")["artists"]["index"] for each in index["artist"]}


def albums(app: App) -> dict[str, dict[str, Any]]:
    found = app.ask("getAlbumList2", type="alphabeticalByName", size=500)["albumList2"]["album"]
    return {each["name"]: each for each in found}


def album(app: App, name: str) -> dict[str, Any]:
    return app.ask("getAlbum", id=albums(app)[name]["id"])["album"]


def test_music_folders_have_numbers(app: App):
    (folder,) = app.ask("getMusicFolders")["musicFolders"]["musicFolder"]
    assert folder["name"] == "music"
    assert isinstance(folder["id"], int)
    assert 0 < folder["id"] < 2**31


def test_artists_stand_under_their_letters(app: App):
    told = app.ask("getArtists")["artists"]
    letters = {index["name"]: [each["name"] for each in index["artist"]] for index in told["index"]}
    assert letters == {"B": ["The Band"], "D": ["Duo"], "V": ["Various Artists"], "#": ["9 Lives"]}
    assert list(letters)[-1] == "#"
    assert "The" in told["ignoredArticles"].split()
    folders = app.ask("getIndexes")["indexes"]
    assert {index["name"]: [each["name"] for each in index["artist"]] for index in folders["index"]} == letters
    assert app.ask("getIndexes", ifModifiedSince=folders["lastModified"])["indexes"]["index"] == []
    assert app.ask("getIndexes", ifModifiedSince=folders["lastModified"] - 1)["indexes"]["index"]


def test_an_artist_has_albums(app: App):
    told = app.ask("getArtist", id=artists(app)["Duo"]["id"])["artist"]
    assert (told["name"], told["albumCount"]) == ("Duo", 1)
    assert [each["name"] for each in told["album"]] == ["Two Discs"]
    assert told["coverArt"] == told["id"]


def test_a_guest_without_albums_is_somebody_too(app: App):
    song = album(app, "Two Discs")["song"][0]
    assert [each["name"] for each in song["artists"]] == ["Duo", "Wren"]
    guest = app.ask("getArtist", id=song["artists"][1]["id"])["artist"]
    assert (guest["name"], guest["albumCount"]) == ("Wren", 1)
    assert [each["name"] for each in guest["album"]] == ["Two Discs"]
    composer = song["contributors"][0]
    assert (composer["role"], composer["artist"]["name"], song["displayComposer"]) == (
        "composer",
        "Ann Other",
        "Ann Other",
    )


def test_an_album_tells_all_that_its_tags_say(app: App):
    told = album(app, "Two Discs")
    assert (told["artist"], told["displayArtist"], told["songCount"], told["genre"]) == ("Duo", "Duo", 4, "Jazz")
    assert told["artists"] == [{"id": told["artistId"], "name": "Duo"}]
    assert told["genres"] == [{"name": "Jazz"}]
    assert told["discTitles"] == [{"disc": 1, "title": "Half 1"}, {"disc": 2, "title": "Half 2"}]
    assert told["originalReleaseDate"] == {"year": 1998, "month": 2}
    assert told["releaseDate"] == {"year": 2004, "month": 5, "day": 6}
    assert told["releaseTypes"] == ["Album"]
    assert told["recordLabels"] == [{"name": "Own Label"}]
    assert told["isCompilation"] is False
    assert albums(app)["Sampler"]["isCompilation"] is True
    assert [(each["discNumber"], each["track"]) for each in told["song"]] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_a_song_tells_all_that_its_tags_say(app: App):
    told = album(app, "Two Discs")
    song = app.ask("getSong", id=told["song"][0]["id"])["song"]
    assert isinstance(song, dict)
    assert song == told["song"][0]
    assert (song["parent"], song["albumId"], song["album"]) == (told["id"], told["id"], "Two Discs")
    assert song["displayArtist"] == song["artist"] == "Duo feat. Wren"
    assert (song["bpm"], song["moods"], song["isrc"]) == (120, ["Calm"], ["GBAAA9800001"])
    assert song["replayGain"] == {"trackGain": -7.25, "trackPeak": 0.98}
    assert song["comment"] == "A <comment> & more"
    assert song["musicBrainzId"] == "00000001-0000-4000-8000-000000000000"
    assert song["path"] == "Duo/Two Discs/1-1.flac"
    assert (song["suffix"], song["contentType"]) == ("flac", "audio/flac")
    assert (song["samplingRate"], song["channelCount"], song["bitDepth"]) == (44100, 1, 16)
    assert (song["isDir"], song["isVideo"], song["type"], song["mediaType"]) == (False, False, "music", "song")
    assert song["size"] > 1000
    assert song["bitRate"] > 10


def test_the_songs_of_an_album_share_its_cover(app: App):
    for name in albums(app):
        told = album(app, name)
        assert {song["coverArt"] for song in told["song"]} == {told["coverArt"]} == {told["id"]}


def test_what_nobody_tagged_is_empty_and_there(app: App):
    song = album(app, "Überall")["song"][0]
    assert (song["moods"], song["isrc"], song["contributors"], song["musicBrainzId"]) == ([], [], [], "")
    assert (song["comment"], song["bpm"], song["displayComposer"]) == ("", 0, "")
    assert "starred" not in song
    assert "userRating" not in song


def test_folders_lead_from_the_source_to_the_songs(app: App):
    folder = app.ask("getMusicFolders")["musicFolders"]["musicFolder"][0]["id"]
    for root in (folder, f"mf-{folder}"):
        top = app.ask("getMusicDirectory", id=root)["directory"]
        duo = next(each for each in top["child"] if each["title"] == "Duo")
        artist = app.ask("getMusicDirectory", id=duo["id"])["directory"]
        assert (artist["name"], artist["parent"]) == ("Duo", str(folder))
        (disc,) = artist["child"]
        assert (disc["isDir"], disc["title"], disc["parent"]) == (True, "Two Discs", duo["id"])
        inside = app.ask("getMusicDirectory", id=disc["id"])["directory"]
        assert inside["parent"] == duo["id"]
        assert [each["isDir"] for each in inside["child"]] == [False] * 4


def test_genres_are_counted(app: App):
    told = {each["value"]: each for each in app.ask("getGenres")["genres"]["genre"]}
    assert sorted(told) == ["Folk", "Jazz", "Rock"]
    assert (told["Rock"]["songCount"], told["Rock"]["albumCount"]) == (6, 2)


def test_what_is_known_of_artists_and_albums(app: App):
    song = album(app, "Two Discs")["song"][0]
    for method, name in (("getArtistInfo", "artistInfo"), ("getArtistInfo2", "artistInfo2")):
        assert app.ask(method, id=song["artistId"])[name]["similarArtist"] == []
        assert app.ask(method, id=song["id"])[name] == app.ask(method, id=song["artistId"])[name]
    for method in ("getAlbumInfo", "getAlbumInfo2"):
        assert app.ask(method, id=song["id"]) == app.ask(method, id=song["albumId"])
    assert app.fail("getAlbumInfo", id=song["artistId"])["code"] == 70


def test_videos(app: App):
    found = {each["title"]: each for each in app.ask("getVideos")["videos"]["video"]}
    assert {"First Light", "Second Wind", "Pawns"} <= set(found)
    film = found["First Light"]
    assert (film["isVideo"], film["type"], film["originalWidth"]) == (True, "video", 64)
    info = app.ask("getVideoInfo", id=film["id"])["videoInfo"]
    assert [each["name"] for each in info["captions"]] == ["First Light (2001).en.srt"]
    assert len(info["audioTrack"]) == 1


@pytest.mark.parametrize("method", ["getSong", "getAlbum", "getArtist", "getMusicDirectory", "getArtistInfo2"])
def test_ids_of_something_else(app: App, method: str):
    told = album(app, "Two Discs")
    known = {"getSong": told["id"], "getAlbum": told["song"][0]["id"], "getArtist": told["id"]}
    for wrong in (known.get(method, "pl-" + told["id"][3:]), "so-" + told["id"][3:], "nonsense", "al-", "", "-1", "%"):
        assert app.fail(method, id=wrong)["code"] == 70
    assert app.fail(method)["code"] == 10


def test_a_bare_id_is_understood(app: App):
    told = album(app, "Two Discs")
    assert app.ask("getAlbum", id=told["id"][3:])["album"]["name"] == "Two Discs"
    assert app.ask("getSong", id=told["song"][0]["id"][3:])["song"]["id"] == told["song"][0]["id"]
    assert app.ask("getSong", id="tr-" + told["song"][0]["id"][3:])["song"]["id"] == told["song"][0]["id"]


def test_somebody_without_music_sees_none(app: App, house: House):
    limited, told = app_of(house, "limited"), album(app, "Two Discs")
    assert limited.ask("getMusicFolders")["musicFolders"]["musicFolder"] == []
    assert limited.ask("getArtists")["artists"]["index"] == []
    assert limited.ask("getGenres")["genres"]["genre"] == []
    folder = app.ask("getMusicFolders")["musicFolders"]["musicFolder"][0]["id"]
    guest = told["song"][0]["artists"][1]["id"]
    for method, own in (("getSong", told["song"][0]["id"]), ("getAlbum", told["id"]), ("getMusicDirectory", folder)):
        assert limited.fail(method, id=own)["code"] == 70
    assert limited.fail("getArtist", id=guest)["code"] == 70
