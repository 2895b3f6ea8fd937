"""What is made while it is played: HLS, sound, subtitles, lyrics."""

import time

import httpx
import psutil
import pytest
from tests.support.asking import refused, unchanged
from tests.support.house import House


@pytest.mark.parametrize("variant", ["../../x", "copy-a99", "h264-4999-a1", "x", "copy-a1-", "%00"])
def test_variants_that_make_no_sense(house: House, variant: str) -> None:
    file_id = house.file_id(kind="film", sort="title")
    for name in ("master.m3u8", "main.m3u8", "init.mp4", "0.m4s", "99999.m4s"):
        answer = house.clients["admin"].get(f"/hls/x/{file_id}/{variant}/{name}")
        assert answer.status_code in (401, 404, 422)


def test_segments_are_made_once_and_kept_by_the_client(house: House) -> None:
    item = house.item(kind="film", sort="title")
    plan = house.clients["guest"].post(f"/items/{item['id']}/play", json={"capabilities": {"containers": []}}).json()
    base = (house.url + plan["url"]).rpartition("/")[0]
    assert "#EXTM3U" in httpx.get(f"{base}/master.m3u8", timeout=30).text
    for name in ("init.mp4", "0.m4s"):
        first = httpx.get(f"{base}/{name}", timeout=30)
        assert (first.status_code, first.headers["content-type"]) == (200, "video/mp4")
        assert "immutable" in first.headers["cache-control"]
        again = httpx.get(f"{base}/{name}", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    refused(httpx.get(f"{base}/99999.m4s", timeout=30), 404)
    refused(httpx.get(f"{base}/-1.m4s", timeout=30), 422)


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


@pytest.mark.parametrize(("form", "magic"), [("opus", b"OggS"), ("mp3", b"ID3"), ("aac", b"ID3"), ("flac", b"fLaC")])
def test_sound_in_another_format(house: House, form: str, magic: bytes) -> None:
    file_id = house.file_id(kind="music", level="track")
    answer = house.clients["guest"].get(f"/files/{file_id}/audio", params={"format": form, "start_ms": 100})
    assert answer.status_code == 200
    assert answer.content.startswith(magic)
    part = house.clients["guest"].get(
        f"/files/{file_id}/audio", params={"format": form, "start_ms": 100}, headers={"range": "bytes=10-19"}
    )
    assert (part.status_code, part.content) == (206, answer.content[10:20]) or form == "mp3"  # its head came later


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
    for parameters in ({"start_ms": 10_000_000}, {"bitrate": -1}, {"format": "wma"}, {"stream": 7}):
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


def test_a_track_without_lyrics_has_none(house: House) -> None:
    last = house.item(kind="music", level="track", sort="title", order="desc")
    assert house.clients["guest"].get(f"/lyrics/{last['id']}").json() == {"synced": False, "lines": []}
    assert unchanged(house.clients["guest"], f"/lyrics/{last['id']}")


def test_subtitles_that_are_none_are_told(house: House) -> None:
    guest, film = house.clients["guest"], house.file_id(kind="film", sort="title")
    refused(guest.get(f"/files/{film}/subtitles/0.vtt"), 404)
    refused(guest.get(f"/files/{film}/subtitles/99.vtt"), 404)
    refused(guest.get(f"/files/{film}/subtitles/x.vtt"), 422)
    refused(guest.get(f"/companions/{film}.vtt"), 422)
    refused(guest.get("/companions/00000000000000000000000000"), 404)


def test_who_may_not_see_it_does_not_learn_of_it(house: House) -> None:
    track = house.item(kind="music", level="track")
    file_id = track["editions"][0]["files"][0]["id"]
    lyrics = next(each["id"] for each in house.item(kind="music", level="track", sort="title")["companions"])
    paths = (f"/files/{file_id}/audio", f"/files/{file_id}/subtitles/0.vtt", f"/lyrics/{track['id']}")
    for path in (*paths, f"/companions/{lyrics}", f"/companions/{lyrics}.vtt"):
        refused(house.clients["limited"].get(path), 404)
