"""Segments from real files: whole, continuous, exactly where the playlist says, whatever order they are asked in."""

import asyncio
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg
from medley.core.playback import Limits, MediaFile, Playback, Variant

_FRAME_S = 1001 / 24000
_AAC_S = 1024 / 48000

Film = Callable[[str], MediaFile]


@dataclass
class Packet:
    """Seconds on the stream's timeline."""

    pts: float
    dts: float
    end: float
    key: bool


def extents(playlist: str) -> list[tuple[float, float]]:
    """Start and end of each segment, as the playlist promises; seconds."""
    lengths = [float(line[8:-1]) for line in playlist.splitlines() if line.startswith("#EXTINF:")]
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def packets(data: bytes, kind: str) -> list[Packet]:
    with av.open(io.BytesIO(data), "r") as container:
        stream = next((stream for stream in container.streams if stream.type == kind), None)
        if stream is None:
            return []
        found = [packet for packet in container.demux(stream) if packet.size]
    return [_packet(packet) for packet in found]


def _packet(packet: av.Packet) -> Packet:
    assert packet.pts is not None
    assert packet.dts is not None
    tick = float(packet.time_base)
    end = packet.pts + (packet.duration or 0)
    return Packet(packet.pts * tick, packet.dts * tick, end * tick, packet.is_keyframe)


async def fetch(playback: Playback, media: MediaFile, variant: Variant, order: list[int]) -> tuple[bytes, list[bytes]]:
    """The initialisation segment, and all segments in the order of their numbers, asked for in `order`."""
    init = (await playback.init(media, variant)).read_bytes()
    got = {number: (await playback.segment(media, variant, number)).read_bytes() for number in order}
    return init, [got[number] for number in sorted(got)]


def run(tmp_path: Path, transcoder: Ffmpeg, media: MediaFile, variant: str, *, shuffled: bool = False):
    """(playlist extents, init, segments) of one viewing; `shuffled`: nearly every segment by a head of its own."""
    limits = Limits(reach_ms=1_000, ahead_ms=1_000) if shuffled else Limits()

    async def view() -> tuple[list[tuple[float, float]], bytes, list[bytes]]:
        playback = Playback(tmp_path / "cache", transcoder, limits)
        try:
            form = Variant.parse(variant)
            promised = extents(playback.playlist(media, form))
            order = list(range(len(promised)))
            if shuffled:
                random.Random(7).shuffle(order)
            return promised, *await fetch(playback, media, form, order)
        finally:
            await playback.stop()

    return asyncio.run(view())


def check_video(
    promised: list[tuple[float, float]],
    init: bytes,
    segments: list[bytes],
    frame_s: float = _FRAME_S,
    *,
    late_s: float = 0.0,  # by how much the whole picture comes after the playlist's times
    leading: int = 0,  # frames that are shown before the keyframe that they follow in the file
) -> None:
    slack = frame_s + 0.002 + late_s
    for (start, end), segment in zip(promised, segments, strict=True):
        video = packets(init + segment, "video")
        assert video[0].key
        assert abs(video[0].pts - start) < slack
        assert abs(max(p.end for p in video) - end) < slack + (1 + leading) * frame_s
    whole = packets(init + b"".join(segments), "video")
    times = sorted(p.pts for p in whole)
    assert all(0.5 * frame_s < after - before < 1.5 * frame_s for before, after in pairwise(times))
    assert all(before.dts < after.dts for before, after in pairwise(whole))


def check_audio(
    promised: list[tuple[float, float]],
    init: bytes,
    segments: list[bytes],
    frame_s: float = _AAC_S,
    *,
    joins: float = 0.1,  # by how many frames sound may be amiss where two heads meet
) -> None:
    for (start, end), segment in zip(promised, segments, strict=True):
        audio = packets(init + segment, "audio")
        assert abs(audio[0].pts - start) <= frame_s + 0.002
        assert abs(audio[-1].end - end) <= 2 * frame_s + 0.002 or end == promised[-1][1]
    times = [p.pts for p in packets(init + b"".join(segments), "audio")]
    least, most = (1 - joins) * frame_s - 0.001, (1 + joins) * frame_s + 0.001
    assert all(least < after - before < most for before, after in pairwise(times))


def decode(data: bytes) -> dict[str, int]:
    """How many frames of each type a decoder makes of it, without one complaint."""
    with av.open(io.BytesIO(data), "r") as container:
        counts = {stream.type: 0 for stream in container.streams}
        for packet in container.demux():
            counts[packet.stream.type] += len(packet.decode())
    return counts


@pytest.mark.parametrize("shuffled", [False, True], ids=["in order", "any order"])
@pytest.mark.parametrize("variant", ["copy-a1", "copy-a1-aac", "h264-240-a1-aac", "h264-240-a1"])
@pytest.mark.parametrize("name", ["film.mkv", "film.mp4", "film.ts"])
def test_segments_are_whole_and_where_the_playlist_says(
    name: str, variant: str, shuffled: bool, film: Film, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    promised, init, segments = run(tmp_path, transcoder, film(name), variant, shuffled=shuffled)
    check_video(promised, init, segments)
    check_audio(promised, init, segments, joins=_joins(name, variant))
    frames = decode(init + b"".join(segments))
    assert abs(frames["video"] - 12 / _FRAME_S) <= 2
    assert abs(frames["audio"] - 12 / _AAC_S) <= 4


def _joins(name: str, variant: str) -> float:
    """Matroska rounds times to milliseconds: a copied frame on a cut may count to either side."""
    return 1 if name.endswith("mkv") and not variant.endswith("aac") else 0.1


@pytest.mark.parametrize("variant", ["copy-a1", "copy-a1-aac", "h264-240-a1-aac"])
@pytest.mark.parametrize("name", ["late.mkv", "late.mp4", "late.ts"])
def test_a_file_whose_times_begin_at_ten_seconds(
    name: str, variant: str, film: Film, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = film(name)
    promised, init, segments = run(tmp_path, transcoder, media, variant, shuffled=True)
    assert promised[-1][1] == pytest.approx(12, abs=0.1)
    check_video(promised, init, segments)
    check_audio(promised, init, segments, joins=_joins(name, variant))
    frames = decode(init + b"".join(segments))
    assert abs(frames["video"] - 12 / _FRAME_S) <= 2
    assert abs(frames["audio"] - 12 / _AAC_S) <= 4


@pytest.mark.parametrize("variant", ["copy-a1", "copy-a1-aac", "h264-240-a1-aac"])
@pytest.mark.parametrize("name", ["sparse.mkv", "sparse.ts"])
def test_keyframes_far_apart_and_rates_that_do_not_fit(
    name: str, variant: str, film: Film, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    promised, init, segments = run(tmp_path, transcoder, film(name), variant, shuffled=True)
    check_video(promised, init, segments, frame_s=1 / 15.7)
    frame_s = _AAC_S if variant.endswith("aac") else 1024 / 44100
    check_audio(promised, init, segments, frame_s, joins=_joins(name, variant))


@pytest.mark.parametrize("name", ["film.mkv", "film.mp4", "film.ts"])
def test_a_copied_segment_is_the_same_whoever_made_it(
    name: str, film: Film, transcoder: Ffmpeg, tmp_path: Path
) -> None:
    media = film(name)
    _, init, in_order = run(tmp_path / "one", transcoder, media, "copy-a1")
    _, init_again, in_any = run(tmp_path / "other", transcoder, media, "copy-a1", shuffled=True)
    assert init == init_again
    for one, other in zip(in_order, in_any, strict=True):
        assert packets(init + one, "video") == packets(init + other, "video")
    assert in_order == in_any or name.endswith("mkv")


def test_a_file_without_sound(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    for variant in ("copy", "h264-240"):
        promised, init, segments = run(tmp_path, transcoder, film("silent.mp4"), variant, shuffled=True)
        check_video(promised, init, segments)
        assert set(decode(init + b"".join(segments))) == {"video"}


def test_a_file_without_picture(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    for variant, frame_s in (("audio-a0-aac", _AAC_S), ("audio-a0", 1024 / 48000)):
        promised, init, segments = run(tmp_path, transcoder, film("sound.mka"), variant, shuffled=True)
        check_audio(promised, init, segments, frame_s)


def test_h264_in_avi_is_encoded_anew(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    promised, init, segments = run(tmp_path, transcoder, film("film.avi"), "h264-240-a1-aac", shuffled=True)
    check_video(promised, init, segments, late_s=2 * _FRAME_S)
    check_audio(promised, init, segments)


def test_an_irregular_frame_rate(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    media = film("irregular.mkv")
    promised, init, segments = run(tmp_path / "copy", transcoder, media, "copy-a1", shuffled=True)
    for (start, _), segment in zip(promised, segments, strict=True):
        assert abs(packets(init + segment, "video")[0].pts - start) < 0.002
    promised, init, segments = run(tmp_path / "anew", transcoder, media, "h264-240-a1-aac", shuffled=True)
    rate = next(stream.frame_rate for stream in media.facts.streams if stream.type == "video")
    check_video(promised, init, segments, 1 / rate)


def test_hevc_with_ac3(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    promised, init, segments = run(tmp_path, transcoder, film("hevc.mkv"), "copy-a1-aac", shuffled=True)
    check_video(promised, init, segments, leading=3)
    check_audio(promised, init, segments)
    assert b"hvc1" in init
    promised, init, segments = run(tmp_path, transcoder, film("hevc.mkv"), "h264-240-a1")
    check_audio(promised, init, segments, 1536 / 48000)


def test_ten_bit_becomes_eight(film: Film, transcoder: Ffmpeg, tmp_path: Path) -> None:
    promised, init, segments = run(tmp_path, transcoder, film("deep.mkv"), "h264-240-a1", shuffled=True)
    check_video(promised, init, segments)
    with av.open(io.BytesIO(init + segments[0])) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"
        assert container.streams.audio[0].codec_context.name == "opus"
