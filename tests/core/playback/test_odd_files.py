"""Files as people have them: turned, interlaced, HDR, with late or short streams, a picture every ten seconds."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg
from medley.core.kinds.facts import decode as read
from medley.core.kinds.facts import encode as write
from medley.core.playback import MediaFile, Playback, Variant

from .conftest import ffmpeg, media_of

_MOVING = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=8")
_TONE = ("-f", "lavfi", "-i", "sine=f=440:d=8:r=48000")
_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac")


def play(tmp_path: Path, transcoder: Ffmpeg, media: MediaFile, variant: str) -> tuple[bytes, list[bytes]]:
    """The initialisation segment and all segments, asked for from the last to the first."""

    async def view() -> tuple[bytes, list[bytes]]:
        playback = Playback(tmp_path / "cache", transcoder)
        form = Variant.parse(variant)
        count = playback.playlist(media, form).count("#EXTINF")
        got = [(await playback.segment(media, form, number)).read_bytes() for number in reversed(range(count))]
        init = (await playback.init(media, form)).read_bytes()
        await playback.stop()
        return init, got[::-1]

    return asyncio.run(view())


def frames(data: bytes, kind: str) -> list[av.VideoFrame | av.AudioFrame]:
    with av.open(io.BytesIO(data), "r") as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        return [frame for packet in container.demux(stream) for frame in packet.decode()]  # type: ignore[misc]


def seconds(found: list[av.VideoFrame | av.AudioFrame]) -> list[float]:
    return [frame.time for frame in found if frame.time is not None]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., MediaFile]:
    def make(name: str, *arguments: str) -> MediaFile:
        ffmpeg(*arguments, f"file:{tmp_path / name}")
        return media_of(tmp_path / name)

    return make


def test_a_turned_picture_stands_upright(make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    flat = make("flat.mp4", *_MOVING, *_TONE, *_X264)
    media = make("turned.mp4", "-display_rotation", "90", "-i", f"file:{flat.path}", "-c", "copy")
    assert media.facts.streams[0].rotation
    init, segments = play(tmp_path, transcoder, media, "h264-240-a1")
    first = frames(init + segments[0], "video")[0]
    assert isinstance(first, av.VideoFrame)
    assert (first.width, first.height) == (180, 320)
    assert not first.rotation


def test_an_interlaced_picture(make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    fields = ("-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ildct+ilme", "-c:v", "mpeg2video")
    media = make("fields.ts", *_MOVING, *_TONE, *fields, "-g", "12", "-c:a", "mp2")
    assert media.facts.streams[0].interlaced
    init, segments = play(tmp_path, transcoder, media, "h264-240-a1-aac")
    found = frames(init + b"".join(segments), "video")
    assert not any(frame.interlaced_frame for frame in found if isinstance(frame, av.VideoFrame))
    assert len(found) == pytest.approx(100, abs=4)


def test_hdr_becomes_sdr(make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    hdr = ("-vf", "format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc")
    lines = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=25", "-tag:v", "hvc1")
    media = make("hdr.mp4", *_MOVING, *_TONE, *hdr, *lines, "-t", "3", "-c:a", "aac")
    assert media.facts.streams[0].color_transfer == "smpte2084"
    init, segments = play(tmp_path, transcoder, media, "h264-240-a1")
    with av.open(io.BytesIO(init + segments[0]), "r") as container:
        codec = container.streams.video[0].codec_context
        assert codec.pix_fmt == "yuv420p"
        assert codec.color_trc == 1  # BT.709
    assert len(frames(init + b"".join(segments), "video")) == pytest.approx(75, abs=2)


@pytest.mark.parametrize("variant", ["copy-a1", "copy-a1-aac", "h264-240-a1-aac"])
@pytest.mark.parametrize("name", ["late.mkv", "late.mp4"])
def test_sound_that_begins_late_and_ends_early(
    name: str, variant: str, make, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = make(name, *_MOVING, "-itsoffset", "3", *_TONE, *_X264, "-t", "6")
    init, segments = play(tmp_path, transcoder, media, variant)
    whole = init + b"".join(segments)
    assert len(frames(whole, "video")) == pytest.approx(150, abs=2)
    times = seconds(frames(whole, "audio"))
    if variant.endswith("aac"):  # silence is encoded before it
        assert times[0] == pytest.approx(0, abs=0.03)
    else:
        assert times[0] == pytest.approx(3, abs=0.05)
    assert times[-1] == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize("variant", ["copy-a1", "h264-240-a1-aac"])
def test_a_picture_that_begins_late(variant: str, make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = make("late.mkv", *_TONE, "-itsoffset", "3", *_MOVING, "-map", "1", "-map", "0", *_X264, "-t", "8")
    init, segments = play(tmp_path, transcoder, media, variant)
    whole = init + b"".join(segments)
    assert seconds(frames(whole, "video"))[0] == pytest.approx(3, abs=0.05)
    assert seconds(frames(whole, "audio"))[0] == pytest.approx(0, abs=0.05)


def test_a_picture_every_six_seconds(make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    slides = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=1/6:d=24", "-f", "lavfi", "-i", "sine=f=440:d=24:r=48000")
    media = make("slides.mkv", *slides, *_X264, "-bf", "0")
    init, segments = play(tmp_path, transcoder, media, "h264-240-a1-aac")
    for number, segment in enumerate(segments[:-1]):
        start = (0, 1, 2)[number] if number < 3 else 2 * number - 2
        assert seconds(frames(init + segment, "video"))[0] == pytest.approx(start, abs=0.1)
    assert len(seconds(frames(init + b"".join(segments), "audio"))) == pytest.approx(24 * 48000 / 1024, abs=4)


def test_keyframes_that_are_not_there_are_overcome(make, transcoder: Ffmpeg, tmp_path: Path) -> None:
    """The file was replaced by another cut in the same second: nothing hangs, and everything is still shown once."""
    media = make("film.mkv", *_MOVING, *_TONE, *_X264)
    facts = read(write(media.facts))
    facts.keyframes_ms = [0, 1480, 3333, 5005, 6660]
    init, segments = play(tmp_path, transcoder, replace(media, facts=facts), "copy-a1")
    assert len(frames(init + b"".join(segments), "video")) == 200
