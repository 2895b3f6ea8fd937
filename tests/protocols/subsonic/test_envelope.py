"""The envelope: XML, JSON and JSONP say the same, by GET and by POST; errors by number; whatever is sent, an answer."""

import xml.etree.ElementTree as ET
from typing import Any

import httpx
import pytest
from defusedxml.ElementTree import fromstring
from tests.support.house import House
from tests.support.subsonic import App

from medley.protocols.subsonic._encode import to_xml
from medley.protocols.subsonic.routes import ROUTES

NAMESPACE = "{http://subsonic.org/restapi}"


def tree_of(element: ET.Element) -> dict[str, Any]:
    """What an element says: attributes, text, and what is inside, by name."""
    found: dict[str, Any] = dict(element.attrib)
    if element.text and element.text.strip():
        found["value"] = element.text
    for child in element:
        found.setdefault(child.tag.removeprefix(NAMESPACE), []).append(tree_of(child))
    return found


def flat(value: Any, element: bool = False) -> Any:
    """JSON as XML would say it: text for values, a list around what is one, nothing for what is empty."""
    if isinstance(value, dict):
        return {key: flat(each, True) for key, each in value.items() if each not in ([], "", None)}
    if isinstance(value, list):
        return [each if isinstance(each, dict) else {"value": each} for each in (flat(one) for one in value)]
    return str(value).lower() if isinstance(value, bool) else str(value)


def same(told: dict[str, Any], said: dict[str, Any]) -> None:
    """Whether JSON and XML say the same."""
    for key, value in told.items():
        here = said.get(key)
        if isinstance(value, dict):
            assert here is not None, key
            same(value, here[0])
        elif isinstance(value, list):
            assert len(here or []) == len(value), key
            for one, other in zip(value, here or [], strict=True):
                same(one, other)
        elif isinstance(here, list):  # plain values that are elements
            assert here == [{"value": value}], key
        else:
            assert here == value, key
    assert {key for key in said if said[key] not in ("", [{}])} <= told.keys() | {"xmlns"}


PAGES = {
    "getMusicFolders": {},
    "getIndexes": {},
    "getArtists": {},
    "getGenres": {},
    "getVideos": {},
    "getAlbumList": {"type": "alphabeticalByName"},
    "getAlbumList2": {"type": "alphabeticalByName"},
    "getSongsByGenre": {"genre": "Rock"},
    "getStarred": {},
    "getStarred2": {},
    "search2": {"query": "verse"},
    "search3": {"query": ""},
    "getPlaylists": {},
    "getUsers": {},
    "getUser": {"username": "admin"},
    "getScanStatus": {},
    "getChatMessages": {},
    "getLicense": {},
    "getOpenSubsonicExtensions": {},
    "tokenInfo": {},
    "getSong": {"id": "none"},
}


@pytest.mark.parametrize("method", PAGES)
def test_xml_and_json_say_the_same(app: App, method: str):
    told = app.envelope(method, **PAGES[method])
    answer = app.get(method, **PAGES[method], f="xml")
    assert answer.headers["content-type"].startswith("application/xml")
    root = fromstring(answer.content)
    assert root.tag == f"{NAMESPACE}subsonic-response"
    same(flat(told), tree_of(root))


def test_albums_and_songs_say_the_same(app: App):
    for album in app.ask("getAlbumList2", type="newest")["albumList2"]["album"]:
        for method in ("getAlbum", "getMusicDirectory", "getAlbumInfo2"):
            told = app.envelope(method, id=album["id"])
            same(flat(told), tree_of(fromstring(app.get(method, id=album["id"], f="xml").content)))


def test_xml_is_what_is_told_of_nothing(app: App):
    for format_ in ("", "xml"):
        assert app.get("ping", f=format_).content.startswith(b"<?xml")
    assert b'code="0"' in app.get("ping", f="yaml").content


def test_jsonp_calls_a_name_and_nothing_else(app: App):
    answer = app.get("ping", f="jsonp", callback="app.on_Ready$1")
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.text == f"/**/app.on_Ready$1({app.get('ping').text});"
    assert b'code="10"' in app.get("ping", f="jsonp").content
    for wrong in ("alert(1)//", "a b", "x;y", "é", "a..b", "1a", "<script>", "a" * 200):
        answer = app.get("ping", f="jsonp", callback=wrong)
        assert b'code="0"' in answer.content
        assert "javascript" not in answer.headers["content-type"]
    failed = app.get("getSong", f="jsonp", callback="cb")
    assert failed.text.startswith("/**/cb({")


def test_odd_characters_survive_both(app: App):
    name = "\"Quotes\" & <tags> 'n' 東京 🎵 tab\tend"
    made = app.ask("createPlaylist", name=name)["playlist"]
    try:
        assert made["name"] == name.replace("\t", " ")
        said = tree_of(fromstring(app.get("getPlaylist", id=made["id"], f="xml").content))
        assert said["playlist"][0]["name"] == made["name"]
    finally:
        app.ask("deletePlaylist", id=made["id"])


def test_what_xml_cannot_say_is_left_out():
    said = fromstring(to_xml({"a": {"b": "bell\x07 half\ud800 line\nend", "c": ["\x00one", "two\r"]}}))
    inside = said[0]
    assert inside.get("b") == "bell half line\nend"
    assert [each.text for each in inside] == ["one", "two\r"]


def test_forms_and_addresses_are_one(app: App, house: House):
    form = {**app.usual, **app.credentials}
    for url in ("search3", "search3.view"):
        posted = httpx.post(f"{house.url}/rest/{url}?query=", data={**form, "songCount": 2}, timeout=30).json()
        assert len(posted["subsonic-response"]["searchResult3"]["song"]) == 2
    assert httpx.head(f"{house.url}/rest/ping", params=form, timeout=30).status_code == 200


def test_web_pages_of_others_may_call(app: App, house: House):
    answer = httpx.get(
        f"{house.url}/rest/ping", params={**app.usual, **app.credentials}, headers={"origin": "https://x"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {
        "origin": "https://x",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    assert httpx.options(f"{house.url}/rest/ping", headers=asked).status_code == 200


HOSTILE = ("%", "\x00", "\ud800".encode("utf-8", "surrogatepass"), "-1", "9" * 40, "1e999", "NaN", "../../etc/passwd",
           "' OR 1=1 --", "x" * 5_000, "", "al-", "so-zzzzzzzzzzzzzzzzzzzzzzzzzz", "true", "[]", "🎵")  # fmt: skip
PARAMETERS = ("id", "query", "type", "size", "count", "offset", "musicFolderId", "genre", "fromYear", "toYear", "name",
              "playlistId", "songId", "songIdToAdd", "songIndexToRemove", "albumId", "artistId", "rating", "time",
              "submission", "username", "password", "songCount", "songOffset", "ifModifiedSince", "since", "message",
              "mediaId", "mediaType", "positionMs", "state", "playbackRate", "newerThan", "artist")  # fmt: skip
SPARED = {"startScan", "changePassword", "deleteUser", "updateUser", "createUser"}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_whatever_is_sent_an_answer_comes(app: App, value: str | bytes):
    text = value if isinstance(value, str) else value.decode("latin-1")
    for route in ROUTES:
        if route.binary or route.name in SPARED:
            continue
        answer = app.post(route.name, **dict.fromkeys(PARAMETERS, text))
        assert answer.status_code == 200, route.name
        told = answer.json()["subsonic-response"]
        assert told["status"] == "ok" or "mistake" not in told["error"]["message"], (route.name, told)


def test_broken_requests(app: App, house: House):
    form = httpx.QueryParams({**app.usual, **app.credentials})
    for raw in (b"u=%&p=%zz", b"&&&=&=x", b"%ff=%fe&query=%ff", b"f=json&f=xml&f=&u=admin", b"=" * 1_000):
        answer = httpx.get(httpx.URL(f"{house.url}/rest/search3", query=raw), timeout=30)
        assert answer.status_code == 200
        assert b"failed" in answer.content
        answer = httpx.post(f"{house.url}/rest/search3?{form}&query=", content=raw, timeout=30)
        assert answer.status_code == 200
    many = "&".join(["id=x"] * 150_000)
    answer = httpx.post(
        f"{house.url}/rest/star?{form}", content=many, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert b'code="0"' in answer.content


def test_old_apps_get_no_fields_younger_than_they_are(app: App):
    album = app.ask("search3", query="two discs")["searchResult3"]["album"][0]
    young = app.ask("getAlbum", id=album["id"])["album"]
    old = app.called("DSub").ask("getAlbum", id=album["id"])["album"]
    assert {"genres", "replayGain", "displayArtist"} <= young["song"][0].keys()
    assert not {"genres", "replayGain", "displayArtist", "discTitles"} & {*old, *old["song"][0]}
    assert {key: young[key] for key in old if key != "song"} == {key: old[key] for key in old if key != "song"}
    assert {"title", "duration", "suffix", "bitRate", "coverArt", "albumId"} <= old["song"][0].keys()
    watch = app.called("SubMusic").ask("getAlbum", id=album["id"])["album"]
    assert {frozenset(song) for song in watch["song"]} == {frozenset({"id", "isDir", "title"})}
