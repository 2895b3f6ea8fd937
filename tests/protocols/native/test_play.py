"""Playing, reading and looking, each to its bytes."""

import io
import json
import subprocess
import threading
import time
from pathlib import Path

import httpx
import imageio_ffmpeg
import psutil
import pytest
from PIL import Image
from tests.support.house import House

BROWSER = {"containers": ["mp4"], "video": ["h264"], "audio": ["aac"], "hls": True}


def test_the_bytes_of_a_file(house: House) -> None:
    file_id = house.file_id(kind="film", sort="title")
    path = next(house.media.glob("film/First*/*.mkv"))
    answer = house.clients["guest"].get(f"/files/{file_id}/bytes")
    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"] == "video/x-matroska"
    part = house.clients["guest"].get(f"/files/{file_id}/bytes", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, path.read_bytes()[10:20])
    head = house.clients["guest"].head(f"/files/{file_id}/bytes")
    assert (head.status_code, int(head.headers["content-length"])) == (200, path.stat().st_size)


def test_downloading_needs_its_permission_and_names_the_file(house: House) -> None:
    file_id = house.file_id(kind="film", sort="title")
    assert house.clients["guest"].get(f"/files/{file_id}/download").status_code == 403
    answer = house.clients["user"].get(f"/files/{file_id}/download")
    assert 'filename="First Light (2001).mkv"' in answer.headers["content-disposition"]


def test_direct_play_needs_no_header(house: House) -> None:
    item = house.item(kind="film", sort="title", order="desc")
    plan = house.clients["guest"].post(f"/items/{item['id']}/play", json={"capabilities": BROWSER}).json()
    assert (plan["method"], plan["mime"]) == ("direct", "video/mp4")
    assert plan["file_id"] == item["editions"][0]["files"][0]["id"]
    assert httpx.get(house.url + plan["url"]).status_code == 200
    assert httpx.get(house.url + plan["url"].partition("?")[0]).status_code == 401


def test_what_the_browser_cannot_play_comes_as_hls(house: House, tmp_path: Path) -> None:
    item = house.item(kind="film", sort="title")
    plan = house.clients["guest"].post(f"/items/{item['id']}/play", json={"capabilities": BROWSER}).json()
    assert plan["method"] in ("remux", "transcode")
    assert plan["reasons"]
    master = httpx.get(house.url + plan["url"])
    assert master.headers["content-type"].startswith("application/vnd.apple.mpegurl")
    base = (house.url + plan["url"]).rpartition("/")[0]
    playlist = httpx.get(f"{base}/main.m3u8").text
    names = ["init.mp4", *(line for line in playlist.splitlines() if line.endswith(".m4s"))]
    body = b"".join(httpx.get(f"{base}/{name}", timeout=30).raise_for_status().content for name in names)
    (tmp_path / "whole.mp4").write_bytes(body)
    checked = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(tmp_path / "whole.mp4"), "-f", "null", "-"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_key_opens_its_file_only(house: House) -> None:
    films = house.clients["admin"].get("/items", params={"kind": "film", "sort": "title"}).json()["items"]
    first, second = (house.clients["admin"].get(f"/items/{each['id']}").json() for each in films)
    plan = house.clients["guest"].post(f"/items/{first['id']}/play", json={}).json()
    key = plan["url"].split("/hls/")[1].split("/")[0] if "/hls/" in plan["url"] else plan["url"].split("key=")[1]
    other = second["editions"][0]["files"][0]["id"]
    assert httpx.get(f"{house.url}/api/v1/files/{other}/bytes", params={"key": key}).status_code == 401
    assert httpx.get(f"{house.url}/api/v1/hls/{key}/{other}/copy-a1/master.m3u8").status_code == 401
    own = first["editions"][0]["files"][0]["id"]
    assert httpx.get(f"{house.url}/api/v1/files/{own}/bytes", params={"key": key}).status_code == 200
    assert httpx.get(f"{house.url}/api/v1/files/{own}/bytes", params={"key": key + "x"}).status_code == 401


@pytest.mark.parametrize("variant", ["../../x", "copy-a99", "h264-4999-a1", "x", "copy-a1-", "%00"])
def test_variants_that_make_no_sense(house: House, variant: str) -> None:
    file_id = house.file_id(kind="film", sort="title")
    for name in ("master.m3u8", "main.m3u8", "init.mp4", "0.m4s", "99999.m4s"):
        answer = house.clients["admin"].get(f"/hls/x/{file_id}/{variant}/{name}")
        assert answer.status_code in (401, 404, 422)


def test_subtitles_beside_the_film(house: House) -> None:
    item = house.item(kind="film", sort="title")
    plan = house.clients["guest"].post(f"/items/{item['id']}/play", json={}).json()
    (track,) = plan["subtitles"]
    answer = httpx.get(house.url + track["url"])
    assert answer.headers["content-type"].startswith("text/vtt")
    assert answer.text.startswith("WEBVTT")
    assert "Hello" in answer.text
    raw = house.clients["guest"].get(f"/companions/{track['id']}")
    assert "00:00:00,100" in raw.text


@pytest.mark.parametrize(("form", "magic"), [("opus", b"OggS"), ("mp3", b"ID3"), ("aac", b"\xff")])
def test_sound_in_another_format(house: House, form: str, magic: bytes) -> None:
    file_id = house.file_id(kind="music", level="track")
    answer = house.clients["guest"].get(f"/files/{file_id}/audio", params={"format": form, "start_ms": 100})
    assert answer.status_code == 200
    assert answer.content.startswith(magic)


def test_nobody_listening_means_nobody_encoding(house: House) -> None:
    file_id = house.file_id(kind="audiobook")
    headers = {"authorization": f"Bearer {house.tokens['guest']}"}
    for _ in range(3):
        with httpx.stream("GET", f"{house.url}/api/v1/files/{file_id}/audio?format=aac", headers=headers) as answer:
            pieces = answer.iter_raw()  # kept: an iterator that is let go closes the connection
            next(pieces)
            assert encoders()
    deadline = time.monotonic() + 10
    while encoders() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not encoders()


def encoders() -> list[str]:
    """The ffmpeg processes of this test run."""
    return [each.name() for each in psutil.Process().children(recursive=True) if "ffmpeg" in each.name()]


def test_sound_that_cannot_be_made_is_an_error_from_the_start(house: House) -> None:
    file_id = house.file_id(kind="music", level="track")
    for parameters in ({"start_ms": 10_000_000}, {"bitrate": 5}, {"format": "wav"}, {"stream": 7}):
        answer = house.clients["guest"].get(f"/files/{file_id}/audio", params=parameters)
        assert answer.status_code in (404, 422), parameters
        assert answer.headers["content-type"] == "application/problem+json"


def test_lyrics(house: House) -> None:
    first = house.item(kind="music", level="track", sort="title")
    lyrics = house.clients["guest"].get(f"/lyrics/{first['id']}").json()
    assert lyrics == {
        "synced": True,
        "lines": [{"start_ms": 100, "text": "First line"}, {"start_ms": 300, "text": "Second line"}],
    }


def test_comics_page_by_page(house: House) -> None:
    file_id = house.file_id(kind="comic", level="issue")
    told = house.clients["guest"].get(f"/files/{file_id}/pages").json()
    assert told["direction"] == "ltr"
    assert [(page["width"], page["height"], page["double"]) for page in told["pages"]] == [
        (200, 300, False),
        (400, 300, True),
        (200, 300, False),
    ]
    page = house.clients["guest"].get(f"/files/{file_id}/pages/1", params={"width": 100})
    assert Image.open(io.BytesIO(page.content)).width == 100
    assert house.clients["guest"].get(f"/files/{file_id}/pages/3").status_code == 404


def test_books_are_open_but_harmless(house: House) -> None:
    file_id = house.file_id(kind="book")
    book = house.clients["guest"].get(f"/files/{file_id}/book").json()
    assert book["format"] == "epub"
    assert [each["title"] for each in book["sections"]] == ["One"]
    chapter = httpx.get(house.url + book["base"] + book["spine"][0]["href"])
    assert "<h1>One</h1>" in chapter.text
    policy = chapter.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "script" not in policy
    for path in ("../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "OEBPS/none", "a%00b"):
        assert httpx.get(house.url + book["base"] + path).status_code in (401, 404, 422)


def test_photos_and_artwork(house: House) -> None:
    photo = house.item(kind="photo", level="photo")
    file_id = photo["editions"][0]["files"][0]["id"]
    shown = house.clients["guest"].get(f"/files/{file_id}/picture", params={"width": 320})
    assert Image.open(io.BytesIO(shown.content)).width == 320
    art = house.clients["guest"].get(f"/artwork/{photo['artwork']['id']}", params={"width": 100})
    assert art.headers["content-type"] == "image/webp"
    assert "immutable" in art.headers["cache-control"]
    assert Image.open(io.BytesIO(art.content)).width == 160


def test_only_what_one_may_see(house: House) -> None:
    limited = house.clients["limited"]
    assert {each["kind"] for each in limited.get("/items").json()["items"]} == {"film"}
    track = house.item(kind="music", level="track")
    file_id = track["editions"][0]["files"][0]["id"]
    gets = (
        f"/items/{track['id']}",
        f"/items/{track['id']}/progress",
        f"/files/{file_id}/bytes",
        f"/files/{file_id}/download",
        f"/files/{file_id}/audio",
        f"/lyrics/{track['id']}",
        f"/sources/{house.sources['music']}",
        f"/artwork/{house.item(kind='photo', level='photo')['artwork']['id']}",
    )
    for path in gets:
        assert limited.get(path).status_code == 404, path
    assert limited.put(f"/items/{track['id']}/progress", json={"position_ms": 1}).status_code == 404
    assert limited.post(f"/items/{track['id']}/play", json={}).status_code == 404
    assert limited.get("/search", params={"q": "song"}).json()["hits"] == []
    assert [each["id"] for each in limited.get("/sources").json()] == [house.sources["film"]]
    assert limited.get("/sources").json()[0]["path"] == ""


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


def test_progress_and_opinions_are_ones_own(house: House) -> None:
    item = house.item(kind="film", sort="title", order="desc")
    path = f"/items/{item['id']}"
    guest, user = house.clients["guest"], house.clients["user"]
    told = guest.put(f"{path}/progress", json={"position_ms": 400, "duration_ms": 1000, "device": "tv"}).json()
    assert (told["position_ms"], told["fraction"]) == (400, 0.4)
    assert user.get(path).json()["mine"]["position_ms"] == 0
    assert guest.get(f"{path}/progress").json()["history"][0]["device"] == "tv"
    assert guest.put(f"{path}/opinion", json={"rating": 8, "favourite": True}).json()["rating"] == 8
    assert guest.put(f"{path}/opinion", json={"rating": None}).json() | {} == guest.get(path).json()["mine"]
    assert guest.get(path).json()["mine"]["favourite"] is True
    assert guest.post(f"{path}/played", json={"finished": True}).status_code == 204
    assert guest.get(path).json()["mine"]["finished"] is True


def test_events_reach_whom_they_concern(house: House) -> None:
    item = house.item(kind="film", sort="title")
    wanted = {"guest": "event: ProgressChanged", "user": "event: ItemChanged"}
    heard: dict[str, list[str]] = {role: [] for role in wanted}
    ready = threading.Barrier(3)

    def listen(role: str) -> None:
        headers = {"authorization": f"Bearer {house.tokens[role]}"}
        with httpx.stream("GET", f"{house.url}/api/v1/events", headers=headers, timeout=10) as answer:
            lines = answer.iter_lines()
            next(lines)
            ready.wait()
            for line in lines:
                heard[role].append(line)
                if line.startswith("data:") and wanted[role] in heard[role]:
                    break

    threads = [threading.Thread(target=listen, args=(role,), daemon=True) for role in heard]
    for thread in threads:
        thread.start()
    ready.wait(10)
    house.clients["guest"].put(f"/items/{item['id']}/progress", json={"position_ms": 7})
    house.clients["power_user"].put(f"/items/{item['id']}/tags/seen")
    for thread in threads:
        thread.join(12)
    assert "event: ProgressChanged" in heard["guest"]
    assert "event: ProgressChanged" not in heard["user"]
    assert "event: ItemChanged" in heard["user"]
    data = json.loads(heard["user"][heard["user"].index("event: ItemChanged") + 1].removeprefix("data: "))
    assert data["item_ids"] == [item["id"]]
