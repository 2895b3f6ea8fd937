"""Subtitles as WebVTT, out of the file and from beside it."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medley.adapters.media.ffmpeg import Ffmpeg
from medley.core.kinds import Facts, Stream
from medley.core.playback import MediaFile, Playback
from medley.kernel.errors import InvalidInput, NotFound, Unsupported

from .conftest import ffmpeg, media_of

Film = Callable[[str], MediaFile]


_SRT = """1
00:00:01,000 --> 00:00:02,500
Good <i>evening</i> & welcome
<font color="red">to the show</font>

2
00:00:03,000 --> 00:00:04,000
{\\an8}Second
"""


@pytest.mark.parametrize("codec", ["srt", "ass", "mov_text"])
def test_an_embedded_track(codec: str, transcoder: Ffmpeg, tmp_path: Path) -> None:
    (tmp_path / "t.srt").write_text(_SRT)
    path = tmp_path / ("film.mp4" if codec == "mov_text" else "film.mkv")
    moving = ("-f", "lavfi", "-i", "testsrc2=s=64x64:d=5", "-i", f"file:{tmp_path / 't.srt'}")
    ffmpeg(*moving, "-map", "0", "-map", "1", "-c:v", "libx264", "-c:s", codec, f"file:{path}")

    async def read() -> tuple[bytes, bytes]:
        playback = Playback(tmp_path / "cache", transcoder)
        media = media_of(path)
        first = b"".join([data async for data in playback.subtitle_vtt(media, 1)])
        path.unlink()  # the second time comes from the cache
        return first, b"".join([data async for data in playback.subtitle_vtt(media, 1)])

    first, second = asyncio.run(read())
    assert first == second
    text = first.decode()
    assert text.startswith("WEBVTT")
    assert "00:01.000 --> 00:02.500" in text
    assert "evening" in text
    assert "Second" in text


def test_the_first_cue_comes_before_the_file_is_read(transcoder: Ffmpeg, tmp_path: Path) -> None:
    """The rest of the file is not even there yet: it comes through a slow pipe."""
    srt, path, fifo = tmp_path / "t.srt", tmp_path / "film.mkv", tmp_path / "fifo.mkv"
    srt.write_text("".join(f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\ncue {n}\n\n" for n in range(1, 20)))
    moving = ("-f", "lavfi", "-i", "testsrc2=s=640x360:d=20", "-i", f"file:{srt}")
    ffmpeg(*moving, "-map", "0", "-map", "1", "-c:v", "mpeg4", "-b:v", "4M", "-c:s", "srt", f"file:{path}")
    os.mkfifo(fifo)
    data = path.read_bytes()

    async def read() -> None:
        half = asyncio.Event()

        def feed() -> None:
            with fifo.open("wb", buffering=0) as pipe:
                pipe.write(data[: len(data) // 2])
                asyncio.run_coroutine_threadsafe(half.wait(), loop).result(20)

        loop = asyncio.get_running_loop()
        feeding = asyncio.create_task(asyncio.to_thread(feed))
        stream = Playback(tmp_path / "cache", transcoder).subtitle_vtt(replace(media_of(path), path=fifo), 1)
        got = b""
        while b"cue 1\n" not in got:
            got += await anext(stream)
        assert b"cue 19" not in got
        half.set()
        await stream.aclose()
        await feeding

    asyncio.run(asyncio.wait_for(read(), 30))


def test_pictures_are_not_text(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    async def read(stream: int) -> None:
        facts = Facts("video", "matroska", streams=[Stream(0, "subtitle", "hdmv_pgs_subtitle")])
        media = MediaFile("x", film("film.mkv").path, 1, 1, facts)
        await anext(Playback(tmp_path, transcoder).subtitle_vtt(media, stream))

    with pytest.raises(Unsupported):
        asyncio.run(read(0))
    with pytest.raises(NotFound):
        asyncio.run(read(1))


def companion(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / "given"
    path.write_bytes(data)
    return asyncio.run(Playback(tmp_path, None).companion_vtt(path, name)).decode()  # type: ignore[arg-type]


def test_subrip_beside_the_file(tmp_path: Path) -> None:
    assert companion(tmp_path, "Film.en.SRT", _SRT.replace("\n", "\r\n").encode()) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.500\nGood <i>evening</i> &amp; welcome\nto the show\n\n"
        "00:00:03.000 --> 00:00:04.000\nSecond\n"
    )


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8-sig", "Grüße, 世界"),
        ("utf-16", "Grüße, 世界"),
        ("cp1252", "Die schöne Müllerin läßt grüßen, und zwar schön höflich über die Straße."),
        ("cp1251", "Съешь же ещё этих мягких французских булок, да выпей чаю. Хорошо, спасибо."),
        ("shift_jis", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
    ],
)
def test_old_encodings_are_guessed(encoding: str, said: str, tmp_path: Path) -> None:
    lines = "".join(f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{said}\n\n" for n in range(10, 30))
    assert said in companion(tmp_path, "x.srt", lines.encode(encoding))


def test_subrip_as_people_write_it(tmp_path: Path) -> None:
    text = "0:0:1.5-->0:0:2.50\nno number\n00:00:03,000 --> 00:00:04,000 X1:10 X2:20\nno blank line\n5\n"
    text += "00:00:05,000 --> 00:00:06,000\na --> b <script>alert(1)</script>\n\n"
    text += "\n\n6\n00:00:09,000 --> 00:00:08,000\nback\n"
    assert companion(tmp_path, "x.srt", text.encode()) == (
        "WEBVTT\n\n00:00:01.500 --> 00:00:02.500\nno number\n\n00:00:03.000 --> 00:00:04.000\nno blank line\n\n"
        "00:00:05.000 --> 00:00:06.000\na --&gt; b &lt;script&gt;alert(1)&lt;/script&gt;\n"
    )


def test_substation_alpha(tmp_path: Path) -> None:
    text = (
        "[Script Info]\nTitle: x\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:05.00,0:00:06.50,Default,,0,0,0,,{\\i1}Later{\\i0}, with a comma\\Nand a line\n"
        "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,unsaid\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,first\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}\n"
    )
    assert companion(tmp_path, "x.ass", text.encode()) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nfirst\n\n"
        "00:00:05.000 --> 00:00:06.500\nLater, with a comma\nand a line\n"
    )


def test_companions_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(Unsupported):
        companion(tmp_path, "x.sup", b"PG")
    with pytest.raises(InvalidInput):
        companion(tmp_path, "x.vtt", b"not a WebVTT file")
    with pytest.raises(InvalidInput):
        companion(tmp_path, "x.ass", b"\x00\x01\x02")
    with pytest.raises(InvalidInput):
        companion(tmp_path, "x.srt", bytes(range(256)) * 10)
    with pytest.raises(NotFound):
        asyncio.run(Playback(tmp_path, None).companion_vtt(tmp_path / "gone", "x.srt"))  # type: ignore[arg-type]
