"""Streams and what is decided about them, by a real server, decoded again."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import httpx
import psutil
import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of


@pytest.fixture(scope="module")
def song(house: House) -> tuple[str, Path]:
    """The id and the file of a song."""
    item = house.item(kind="music", level="track", sort="title")
    return f"so-{item['id']}", house.media / "music" / "The Band" / "The Album" / "01 Song 1.flac"


@pytest.fixture(scope="module")
def long(house: House) -> str:
    """A quarter of an hour of MP3."""
    return f"so-{house.item(kind='audiobook')['id']}"


@pytest.fixture(scope="module")
def video(house: House) -> tuple[str, Path]:
    item = house.item(kind="film", sort="title", order="desc")
    return f"so-{item['id']}", house.media / "film" / "Second Wind (2010)" / "Second Wind (2010).mp4"


def length_of(data: bytes) -> tuple[str, float]:
    """The codec, and seconds of sound."""
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.audio[0]
        return stream.codec_context.name, sum(frame.samples for frame in container.decode(audio=0)) / stream.rate


def encoders() -> list[psutil.Process]:
    return [each for each in psutil.Process().children(recursive=True) if "ffmpeg" in each.name()]


@pytest.mark.parametrize("wish", [{}, {"format": "raw"}, {"format": "flac"}, {"maxBitRate": 0}, {"format": "flv"}])
def test_a_file_as_it_is(app: App, song: tuple[str, Path], wish: dict[str, Any]) -> None:
    answer = app.get("stream", id=song[0], **wish)
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.content == song[1].read_bytes()
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_range_of_a_file_and_its_head(app: App, song: tuple[str, Path]) -> None:
    query = {**app.usual, **app.credentials, "id": song[0]}
    part = httpx.get(f"{app.url}/rest/stream.view", params=query, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, song[1].read_bytes()[100:200])
    head = httpx.head(f"{app.url}/rest/stream", params=query)
    assert head.headers["content-length"] == str(song[1].stat().st_size)
    assert not head.content


@pytest.mark.parametrize(
    ("form", "type_", "codec"),
    [
        ("mp3", "audio/mpeg", "mp3"),
        ("opus", "audio/ogg; codecs=opus", "opus"),
        ("ogg", "audio/ogg; codecs=vorbis", "vorbis"),
        ("aac", "audio/aac", "aac"),
        ("wav", "audio/wav", "pcm"),
    ],
)
def test_another_format_first_as_a_stream_then_as_a_file(
    app: App, song: tuple[str, Path], form: str, type_: str, codec: str
) -> None:
    seconds = length_of(song[1].read_bytes())[1]
    live = app.get("stream", id=song[0], format=form)
    assert live.headers["content-type"] == type_
    name, heard = length_of(live.content)
    assert name.startswith(codec)
    assert heard == pytest.approx(seconds, abs=0.06)
    query = {**app.usual, **app.credentials, "id": song[0], "format": form}
    part = httpx.get(f"{app.url}/rest/stream", params=query, headers={"range": "bytes=-50"})
    assert part.status_code == 206
    assert part.content == live.content[-50:]
    assert httpx.head(f"{app.url}/rest/stream", params=query).headers["content-length"] == str(len(live.content))


def test_a_bitrate_alone_makes_mp3(app: App, song: tuple[str, Path]) -> None:
    answer = app.get("stream", id=song[0], maxBitRate=64)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert length_of(answer.content)[0].startswith("mp3")


@pytest.mark.parametrize("form", ["mp3", "opus"])
def test_an_offset_into_something_long(app: App, long: str, form: str) -> None:
    answer = app.get("stream", id=long, format=form, timeOffset=890, maxBitRate=24)
    assert length_of(answer.content)[1] == pytest.approx(10, abs=0.1)


def test_a_range_of_what_is_not_made_yet_waits_for_it(app: App, long: str) -> None:
    query = {**app.usual, **app.credentials, "id": long, "format": "opus", "timeOffset": 700}
    answer = httpx.get(f"{app.url}/rest/stream", params=query, headers={"range": "bytes=0-99,100-199"}, timeout=60)
    assert answer.status_code == 206
    query["timeOffset"] = 701
    answer = httpx.get(f"{app.url}/rest/stream", params=query, headers={"range": "bytes=1000-1999"}, timeout=60)
    assert (answer.status_code, len(answer.content)) == (206, 1000)


def test_a_length_that_is_foretold_is_kept(app: App, long: str) -> None:
    answer = app.get("stream", id=long, format="opus", timeOffset=600, estimateContentLength="true")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert length_of(answer.content)[1] == pytest.approx(300, abs=0.1)
    assert answer.content.endswith(bytes(8))
    again = app.get("stream", id=long, format="opus", timeOffset=600, estimateContentLength="true")
    assert len(again.content) < len(answer.content)  # now it is known


def test_two_listeners_share_one_encoder_and_leave_none(house: House, app: App, long: str) -> None:
    query = {**app.usual, **app.credentials, "id": long, "format": "mp3", "timeOffset": 1}

    def pieces(answer: httpx.Response) -> Iterator[bytes]:
        return answer.iter_raw(1000)

    with httpx.stream("GET", f"{app.url}/rest/stream", params=query) as one:
        first = pieces(one)
        begun = next(first)
        with httpx.stream("GET", f"{app.url}/rest/stream", params=query) as two:
            second = pieces(two)
            assert next(second) == begun
            assert len(encoders()) <= 1
    for _ in range(600):
        if not encoders():
            break
        psutil.wait_procs(encoders(), timeout=0.1)
    assert not encoders()


def test_a_video_as_it_is_and_from_an_offset(app: App, video: tuple[str, Path]) -> None:
    assert app.get("stream", id=video[0]).content == video[1].read_bytes()
    assert app.get("stream", id=video[0], format="raw").headers["content-type"] == "video/mp4"
    answer = app.get("stream", id=video[0], converted="true")
    with av.open(io.BytesIO(answer.content), "r") as container:
        assert container.streams.video[0].codec_context.name == "h264"
        frames = sum(1 for _ in container.decode(video=0))
    with av.open(str(video[1])) as container:
        assert frames == sum(1 for _ in container.decode(video=0))


def test_what_is_wrong_is_told_inside_of_the_envelope(house: House, app: App, song: tuple[str, Path]) -> None:
    assert app.fail("stream")["code"] == 10
    assert app.fail("stream", id="so-0123456789abcdef0123456789")["code"] == 70
    assert app.fail("stream", id="../../etc/passwd")["code"] == 70
    assert app.fail("stream", id=song[0], timeOffset=-1)["code"] == 0
    assert app.fail("stream", id=song[0], timeOffset=999_999)["code"] == 0
    assert app.fail("stream", id=song[0], maxBitRate="fast")["code"] == 0
    album = house.item(kind="music", level="album")["id"]
    assert app.fail("stream", id=f"al-{album}")["code"] == 70
    assert app_of(house, "limited").fail("stream", id=song[0])["code"] == 70


def test_a_guest_listens(house: House, song: tuple[str, Path]) -> None:
    assert app_of(house, "guest").get("stream", id=song[0]).content == song[1].read_bytes()


_WRONG = (
    "",
    "-1",
    "1e99",
    "99999999999999999",
    "\x00",
    "%ff",
    "NaN",
    "é" * 5000,
    "so-",
    "pl-x",
    "../..",
    "0x10",
    " 7 ",
)
_ASKED = {
    "stream": ("id", "maxBitRate", "format", "timeOffset", "estimateContentLength", "converted", "size"),
    "download": ("id",),
    "hls.m3u8": ("id", "bitRate", "audioTrack"),
    "getCoverArt": ("id", "size"),
    "getAvatar": ("username",),
    "getLyrics": ("artist", "title"),
    "getLyricsBySongId": ("id", "enhanced"),
    "getCaptions": ("id", "format"),
    "getTranscodeStream": ("mediaId", "mediaType", "offset", "transcodeParams"),
    "jukeboxControl": ("action", "index", "offset", "id", "gain"),
}


@pytest.mark.parametrize("method", _ASKED)
def test_nothing_that_is_sent_makes_a_mistake(app: App, song: tuple[str, Path], method: str) -> None:
    usual = {"id": song[0], "mediaId": song[0], "mediaType": "song", "transcodeParams": "mp3-96k-r44100-c1-a0"}
    with httpx.Client(base_url=app.url, timeout=60) as client:
        for name in _ASKED[method]:
            for wrong in _WRONG:
                known = {each: usual[each] for each in _ASKED[method] if each in usual and each != name}
                query = {**app.usual, **app.credentials, **known, name: wrong}
                answer = client.get(f"/rest/{method}", params=query)
                assert answer.status_code < 500, (name, wrong, answer.text)
                assert b"made a mistake" not in answer.content, (name, wrong)
