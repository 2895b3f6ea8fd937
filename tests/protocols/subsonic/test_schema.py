"""Every JSON answer as the protocol's own document describes it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.house.source import ROOT
from tests.support.house import House
from tests.support.subsonic import App

SPECS = ROOT.parent / "shared" / "specs" / "opensubsonic"

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason=f"The protocol's document is not at {SPECS}.")

ANSWERED = (  # method, parameters; {song} and the like are replaced by ids of the house
    *((name, {}) for name in ("ping", "getLicense", "getOpenSubsonicExtensions", "getMusicFolders", "getIndexes")),
    *((name, {}) for name in ("getGenres", "getArtists", "getVideos", "getStarred", "getStarred2", "getRandomSongs")),
    *((name, {}) for name in ("getPlaylists", "getUsers", "getScanStatus", "getChatMessages", "tokenInfo")),
    ("getMusicDirectory", {"id": "{album}"}),
    ("getMusicDirectory", {"id": "{artist}"}),
    ("getArtist", {"id": "{artist}"}),
    ("getArtist", {"id": "{person}"}),
    ("getAlbum", {"id": "{album}"}),
    ("getSong", {"id": "{song}"}),
    ("getVideoInfo", {"id": "{song}"}),
    ("getArtistInfo", {"id": "{artist}"}),
    ("getArtistInfo2", {"id": "{artist}"}),
    ("getAlbumInfo", {"id": "{album}"}),
    ("getAlbumInfo2", {"id": "{album}"}),
    *((name, {"type": type_}) for name in ("getAlbumList", "getAlbumList2") for type_ in ("newest", "random")),
    ("getSongsByGenre", {"genre": "Jazz"}),
    ("search", {"any": "verse"}),
    ("search2", {"query": ""}),
    ("search3", {"query": ""}),
    ("getPlaylist", {"id": "{playlist}"}),
    ("createPlaylist", {"playlistId": "{playlist}", "songId": "{song}"}),
    ("updatePlaylist", {"playlistId": "{playlist}", "comment": "x"}),
    ("getUser", {"username": "admin"}),
    ("star", {"id": "{song}"}),
    ("unstar", {"id": "{song}"}),
    ("scrobble", {"id": "{song}"}),
    ("getLyrics", {"title": "nothing"}),
    ("getLyricsBySongId", {"id": "{song}", "enhanced": "true"}),
    ("jukeboxControl", {"action": "status"}),
    ("reportPlayback", {"mediaId": "{song}", "mediaType": "song", "positionMs": 0, "state": "stopped"}),
)


@pytest.fixture(scope="module")
def ids(app: App) -> dict[str, str]:
    album = app.ask("search3", query="two discs")["searchResult3"]["album"][0]
    song = app.ask("getAlbum", id=album["id"])["album"]["song"][0]
    playlist = app.ask("createPlaylist", name="Described", songId=song["id"])["playlist"]
    known = {"album": album["id"], "artist": album["artistId"], "song": song["id"], "playlist": playlist["id"]}
    return {**known, "person": song["artists"][1]["id"]}


@pytest.mark.parametrize(("method", "query"), ANSWERED, ids=lambda value: value if isinstance(value, str) else "")
def test_an_answer_is_as_described(app: App, ids: dict[str, str], method: str, query: dict[str, Any]):
    told = app.get(method, **{key: str(value).format(**ids) for key, value in query.items()}).json()
    assert told["subsonic-response"]["status"] == "ok", told
    validator(method).validate(told)


def test_failures_are_as_described(app: App, house: House):
    failed = {"subsonic-response": app.envelope("getSong", id="x")}
    validator("getSong").validate(failed)
    validator("ping").validate(App(house.url, {"u": "a", "p": "b"}).get("ping").json())
    del failed["subsonic-response"]["error"]["code"]
    with pytest.raises(jsonschema_rs.ValidationError):
        validator("getSong").validate(failed)


@cache
def validator(method: str) -> Any:
    described = json.loads((SPECS / "endpoints" / f"{method}.json").read_text())["get"]["responses"]["200"]
    return jsonschema_rs.validator_for(whole(described, SPECS / "endpoints")["content"]["application/json"]["schema"])


def whole(value: Any, folder: Path) -> Any:
    """`value` with everything that it refers to in its place; nothing in these files refers to itself."""
    if isinstance(value, list):
        return [whole(each, folder) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        path = (folder / value["$ref"]).resolve()
        return whole(json.loads(path.read_text()), path.parent)
    return {key: whole(each, folder) for key, each in value.items() if key not in ("externalDocs", "example")}
