"""Clients of other people, as they are published, against a running Medley: they must find what is there."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import knuckles
import libopensonic
import libsonic
import pytest
from tests.support.house import PASSWORD, House
from tests.support.subsonic import App


@pytest.fixture
def where(house: House) -> tuple[str, int]:
    parts = urlsplit(house.url)
    assert parts.port is not None
    return f"http://{parts.hostname}", parts.port


@pytest.fixture(params=["token", "password"])
def py_sonic(request: pytest.FixtureRequest, app: App, where: tuple[str, int]) -> Any:
    secret = PASSWORD if request.param == "password" else app.credentials["p"]
    return libsonic.Connection(where[0], "admin", secret, port=where[1], legacyAuth=request.param == "password")


def test_py_sonic(py_sonic: Any):
    assert py_sonic.ping()
    assert py_sonic.getLicense()["license"]["valid"]
    assert py_sonic.getMusicFolders()["musicFolders"]["musicFolder"][0]["name"] == "music"
    assert len(py_sonic.getIndexes()["indexes"]["index"]) == 4
    albums = py_sonic.getAlbumList2("alphabeticalByName")["albumList2"]["album"]
    assert [each["name"] for each in albums] == ["The Album", "Sampler", "Two Discs", "Überall"]
    songs = py_sonic.getAlbum(albums[2]["id"])["album"]["song"]
    assert [each["track"] for each in songs] == [1, 2, 1, 2]
    assert py_sonic.getSong(songs[0]["id"])["song"]["title"] == "Zig & Zag 1"
    assert py_sonic.getArtist(songs[0]["artistId"])["artist"]["name"] == "Duo"
    assert py_sonic.getMusicDirectory(albums[2]["id"])["directory"]["child"][0]["id"] == songs[0]["id"]
    assert len(py_sonic.search3("verse")["searchResult3"]["song"]) == 3
    assert len(py_sonic.getSongsByGenre("Rock", 500)["songsByGenre"]["song"]) == 6
    assert {each["value"] for each in py_sonic.getGenres()["genres"]["genre"]} == {"Folk", "Jazz", "Rock"}
    py_sonic.star(sids=[songs[0]["id"]])
    assert [each["id"] for each in py_sonic.getStarred2()["starred2"]["song"]] == [songs[0]["id"]]
    py_sonic.unstar(sids=[songs[0]["id"]])
    py_sonic.createPlaylist(name="By py-sonic", songIds=[each["id"] for each in songs])
    (playlist,) = py_sonic.getPlaylists()["playlists"]["playlist"]
    py_sonic.updatePlaylist(playlist["id"], comment="x", songIndexesToRemove=[0, 1])
    told = py_sonic.getPlaylist(playlist["id"])["playlist"]
    assert [each["id"] for each in told["entry"]] == [songs[2]["id"], songs[3]["id"]]
    py_sonic.deletePlaylist(playlist["id"])
    assert py_sonic.getScanStatus()["scanStatus"]["count"] == 13
    assert py_sonic.getUser("admin")["user"]["adminRole"]
    with pytest.raises(libsonic.errors.DataNotFoundError):
        py_sonic.getSong("nothing")


@pytest.mark.parametrize("way", ["token", "key", "legacy"])
def test_py_opensonic(app: App, where: tuple[str, int], way: str):
    secret = app.credentials["p"]
    known = {"api_key": secret} if way == "key" else {"username": "admin", "password": secret}
    connection = libopensonic.Connection(where[0], port=where[1], legacy_auth=way == "legacy", **known)
    try:
        _walk(connection)
    finally:
        connection.cleanup()


def _walk(connection: libopensonic.Connection) -> None:
    assert connection.ping()
    extensions = {each.name for each in connection.get_open_subsonic_extensions()}
    assert {"formPost", "apiKeyAuthentication"} <= extensions
    albums = connection.get_album_list2("alphabeticalByName")
    assert [each.name for each in albums] == ["The Album", "Sampler", "Two Discs", "Überall"]
    album = connection.get_album(albums[2].id)
    assert (album.original_release_date.year, album.disc_titles[1].title) == (1998, "Half 2")
    song = connection.get_song(album.song[0].id)
    assert (song.bpm, song.replay_gain.track_gain, song.contributors[0].artist.name) == (120, -7.25, "Ann Other")
    assert [each.name for each in song.artists] == ["Duo", "Wren"]
    assert connection.get_artist(song.artists[1].id).album[0].id == album.id
    assert len(connection.search3("", song_count=500).song) == 13
    assert len(connection.search3('""', song_count=500, song_offset=10).song) == 3
    assert len(connection.get_artists().index) == len(connection.get_indexes().index) == 4
    assert connection.get_music_directory(album.id).child[0].id == song.id
    assert len(connection.get_random_songs(size=5)) == 5
    assert connection.get_genres()
    assert connection.get_artist_info2(album.artist_id) is not None
    assert connection.get_album_info2(album.id) is not None
    assert connection.set_rating(song.id, 4)
    assert connection.get_song(song.id).user_rating == 4
    assert connection.set_rating(song.id, 0)
    assert connection.scrobble(song.id, listen_time=1_500_000_000_000)
    assert connection.report_playback(song.id, "song", 0, "stopped")
    assert connection.create_playlist(name="By py-opensonic", song_ids=[song.id, song.id])
    (playlist,) = connection.get_playlists()
    assert connection.update_playlist(playlist.id, name="Again", song_indices_to_remove=[0])
    assert (connection.get_playlist(playlist.id).name, connection.get_playlist(playlist.id).song_count) == ("Again", 1)
    assert connection.delete_playlist(playlist.id)
    assert connection.get_scan_status().count == 13
    assert connection.get_user("admin").admin_role
    with pytest.raises(libopensonic.errors.DataNotFoundError):
        connection.get_song("nothing")


def test_py_opensonic_many_at_once(app: App, where: tuple[str, int]):
    async def walk() -> list[Any]:
        connection = libopensonic.AsyncConnection(where[0], "admin", app.credentials["p"], port=where[1])
        try:
            pages = (
                connection.search3("", song_count=2, song_offset=at, artist_count=0, album_count=0) for at in range(12)
            )
            return await asyncio.gather(*pages)
        finally:
            await connection.cleanup()

    pages = asyncio.run(walk())
    whole = [song["id"] for song in app.ask("search3", query="")["searchResult3"]["song"]]
    assert [[song.id for song in page.song] for page in pages] == [whole[at : at + 2] for at in range(12)]


@pytest.fixture(params=[True, False], ids=["token", "password"])
def knuckle(request: pytest.FixtureRequest, app: App, where: tuple[str, int]) -> knuckles.Subsonic:
    host = where[0].removeprefix("http://")
    return knuckles.Subsonic(
        f"{host}:{where[1]}", "admin", app.credentials["p"], "knuckles", use_https=False, use_token=request.param
    )


def test_knuckles(knuckle: knuckles.Subsonic):
    assert knuckle.system.ping().status == "ok"
    assert knuckle.system.get_license().valid
    albums = knuckle.lists.get_album_list_alphabetical_by_name(10, 0)
    assert [each.name for each in albums] == ["The Album", "Sampler", "Two Discs", "Überall"]
    album = knuckle.browsing.get_album(albums[2].id)
    assert album.songs is not None
    song = knuckle.browsing.get_song(album.songs[0].id)
    assert (song.title, song.bpm, song.suffix) == ("Zig & Zag 1", 120, "flac")
    assert {genre.value for genre in knuckle.browsing.get_genres()} == {"Folk", "Jazz", "Rock"}
    assert knuckle.browsing.get_artist(album.songs[0].artist.id).name == "Duo"  # type: ignore[union-attr]
    found = knuckle.searching.search("verse", 5, 0, 5, 0, 5, 0)
    assert found.songs is not None
    assert len(found.songs) == 3
    made = knuckle.playlists.create_playlist("By knuckles", comment="said", public=True, song_ids=[song.id])
    assert (made.name, made.comment, made.public) == ("By knuckles", "said", True)
    knuckle.playlists.delete_playlist(made.id)
    assert knuckle.media_library_scanning.get_scan_status().count == 13
    knuckle.media_annotation.scrobble([song.id], [datetime(2014, 5, 13, tzinfo=UTC)], True)
