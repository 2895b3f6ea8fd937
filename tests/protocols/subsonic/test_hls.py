"""HLS through this door: playlists that need no credentials once they are given, and segments that decode."""

import io

import av
import httpx
import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of


def urls(text: str, base: str) -> list[str]:
    return [str(httpx.URL(base).join(line)) for line in text.splitlines() if line and not line.startswith("#")]


def play(answer: httpx.Response) -> bytes:
    """The first variant of a master playlist, put together as a player does."""
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl", answer.text
    (main, *_) = urls(answer.text, str(answer.url))
    playlist = httpx.get(main)
    init = httpx.URL(main).join("init.mp4")
    return httpx.get(init).content + b"".join(httpx.get(each).content for each in urls(playlist.text, main))


def test_a_song(house: House, app: App) -> None:
    item = house.item(kind="music", level="track", sort="title")
    data = play(app.get("hls.m3u8", id=f"so-{item['id']}"))
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name == "aac"
        heard = sum(frame.samples for frame in container.decode(audio=0)) / stream.rate
    assert heard == pytest.approx(item["duration_ms"] / 1000, abs=0.1)


def test_a_video_in_several_qualities(house: House, app: App) -> None:
    film = f"so-{house.item(kind='film', sort='title')['id']}"
    answer = app.get("hls.m3u8.view", id=film, bitRate=["500", "2000@640x360", "500"])
    assert 1 <= answer.text.count("#EXT-X-STREAM-INF:") <= 2
    assert answer.text.startswith("#EXTM3U\n#EXT-X-VERSION:7\n")
    with av.open(io.BytesIO(play(answer)), "r") as container:
        assert container.streams.video[0].codec_context.name == "h264"


def test_an_address_opens_one_file_for_one_person(house: House, app: App) -> None:
    film = f"so-{house.item(kind='film', sort='title')['id']}"
    answer = app.get("hls.m3u8", id=film)
    (main,) = urls(answer.text, str(answer.url))
    other = house.file_id(kind="music", level="track")
    mine = house.file_id(kind="film", sort="title")
    assert mine in main
    for wrong in (main.replace(mine, other), main.replace("/hls/", "/hls/x"), main + "x", f"{app.url}/rest/hls/1/2"):
        assert b'status="failed"' in httpx.get(wrong).content
    assert app_of(house, "limited").get("hls.m3u8", id=film).text.startswith("#EXTM3U")


def test_wishes_that_make_no_sense(house: House, app: App) -> None:
    film = f"so-{house.item(kind='film', sort='title')['id']}"
    assert app.fail("hls.m3u8", id=film, bitRate="fast")["code"] == 0
    assert app.fail("hls.m3u8", id=film, audioTrack="99")["code"] == 0
    assert app.fail("hls.m3u8")["code"] == 10
    assert app_of(house, "limited").fail("hls.m3u8", id=house.item(kind="music", level="track")["id"])["code"] == 70
