"""Playing, reading and looking, each to its bytes."""

import subprocess
from pathlib import Path

import httpx
import imageio_ffmpeg
from tests.support.asking import refused
from tests.support.house import House

from medley.kernel.ids import new_id

BROWSER = {"containers": ["mp4"], "video": ["h264"], "audio": ["aac"], "hls": True}


def test_direct_play_needs_no_header(house: House) -> None:
    item = house.item(kind="film", sort="title", order="desc")
    plan = house.clients["guest"].post(f"/items/{item['id']}/play", json={"capabilities": BROWSER}).json()
    assert (plan["method"], plan["mime"]) == ("direct", "video/mp4")
    assert plan["file_id"] == item["editions"][0]["files"][0]["id"]
    assert httpx.get(house.url + plan["url"]).status_code == 200
    assert httpx.get(house.url + plan["url"].partition("?")[0]).status_code == 401


def test_an_extra_plays_like_the_item_and_has_no_progress(house: House) -> None:
    item, guest = house.item(kind="film", sort="title", order="desc"), house.clients["guest"]
    (trailer,) = item["extras"]
    guest.put(f"/items/{item['id']}/progress", json={"position_ms": 500, "duration_ms": 1000}).raise_for_status()
    plan = guest.post(f"/items/{item['id']}/play", json={"extra_id": trailer["id"], "capabilities": BROWSER}).json()
    assert plan["method"] in ("remux", "transcode")
    assert (plan["file_id"], plan["edition_id"], plan["resume_ms"]) == (trailer["id"], "", 0)
    assert [part["file_id"] for part in plan["parts"]] == [trailer["id"]]
    assert plan["duration_ms"] == trailer["duration_ms"] > 0
    assert httpx.get(house.url + plan["url"]).status_code == 200
    straight = guest.post(f"/items/{item['id']}/play", json={"extra_id": trailer["id"]}).json()
    assert httpx.get(house.url + straight["url"]).status_code == 200


def test_only_an_extra_of_the_item_is_played_as_one(house: House) -> None:
    first, second = house.item(kind="film", sort="title"), house.item(kind="film", sort="title", order="desc")
    path = f"/items/{first['id']}/play"
    for extra_id in (second["extras"][0]["id"], first["editions"][0]["files"][0]["id"], new_id()):
        refused(house.clients["guest"].post(path, json={"extra_id": extra_id}), 404)
    refused(house.clients["guest"].post(path, json={"extra_id": "nonsense"}), 422)


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
