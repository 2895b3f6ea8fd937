"""Tables and playlists: they tile the file, and say what is so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medley.core.kinds import Facts, Stream
from medley.core.playback import MediaFile, Playback, Variant
from medley.kernel.errors import Unsupported

_PLAYBACK = Playback(Path("/nonexistent"), None)  # type: ignore[arg-type]  # playlists start nothing


def media(keyframes: list[int], duration_ms: int, *streams: Stream, container: str = "matroska") -> MediaFile:
    held = list(streams) or [Stream(0, "video", "h264"), Stream(1, "audio", "aac")]
    return MediaFile(
        "x", Path("/x"), 1, 1, Facts("video", container, duration_ms, streams=held, keyframes_ms=keyframes)
    )


def lengths(playlist: str) -> list[float]:
    return [float(line[8:-1]) for line in playlist.splitlines() if line.startswith("#EXTINF:")]


@given(
    keyframes=st.lists(st.integers(0, 20_000_000), min_size=1, max_size=300, unique=True).map(sorted),
    beyond=st.integers(0, 100_000),
)
def test_copied_segments_tile_the_file_and_begin_at_keyframes(keyframes: list[int], beyond: int) -> None:
    duration = keyframes[-1] + beyond
    playlist = _PLAYBACK.playlist(media([0, *keyframes], duration), Variant.parse("copy-a1"))
    ends = [sum(lengths(playlist)[: number + 1]) for number in range(len(lengths(playlist)))]
    assert all(length > 0 for length in lengths(playlist))
    assert ends[-1] == pytest.approx(max(duration, 1) / 1000, abs=0.002)
    assert all(round(end * 1000) in keyframes for end in ends[:-1])
    target = next(int(line[22:]) for line in playlist.splitlines() if line.startswith("#EXT-X-TARGETDURATION:"))
    assert all(length <= target for length in lengths(playlist))


@given(st.integers(1, 40_000_000))
def test_encoded_segments_tile_the_file(duration: int) -> None:
    got = lengths(_PLAYBACK.playlist(media([], duration), Variant.parse("h264-720-a1")))
    assert sum(got) == pytest.approx(duration / 1000, abs=0.002)
    assert all(0 < length <= 2.5 for length in got)
    if duration > 4_000:
        assert got[0] == 1.0


def test_segments_are_long_enough_to_be_few_and_short_at_first() -> None:
    second = list(range(0, 600_000, 1000))
    got = lengths(_PLAYBACK.playlist(media(second, 600_000), Variant.parse("copy-a1")))
    assert got[:3] == [1.0, 1.0, 2.0]
    assert set(got[3:]) == {4.0}


def test_a_file_of_unknown_length_is_not_cut() -> None:
    with pytest.raises(Unsupported):
        _PLAYBACK.playlist(media([], 0), Variant.parse("h264-720-a1"))


def test_the_media_playlist() -> None:
    assert _PLAYBACK.playlist(media([0, 1500], 3_250), Variant.parse("copy")).splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:2",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        '#EXT-X-MAP:URI="init.mp4"',
        "#EXTINF:1.500,",
        "0.m4s",
        "#EXTINF:1.750,",
        "1.m4s",
        "#EXT-X-ENDLIST",
    ]


_HIGH = Stream(0, "video", "h264", profile="High", level=40, width=1920, height=800, frame_rate=23.976)
_HEVC = Stream(0, "video", "hevc", profile="Main 10", level=150, width=3840, height=2160, color_transfer="smpte2084")


@pytest.mark.parametrize(
    ("picture", "sound", "variant", "expected"),
    [
        (_HIGH, "aac", "copy-a1", ['CODECS="avc1.640028,mp4a.40.2"', "RESOLUTION=1920x800", "FRAME-RATE=23.976"]),
        (_HIGH, "ac3", "copy-a1", ['CODECS="avc1.640028,ac-3"']),
        (_HIGH, "ac3", "copy-a1-aac", ['CODECS="avc1.640028,mp4a.40.2"']),
        (_HIGH, "opus", "h264-720-a1", ['CODECS="avc1.64001f,Opus"', "RESOLUTION=1280x534", "BANDWIDTH=4000000"]),
        (_HEVC, "flac", "copy-a1", ['CODECS="hvc1.2.4.L150.B0,fLaC"', "VIDEO-RANGE=PQ"]),
        (_HEVC, "flac", "h264-2160-a1-aac", ['CODECS="avc1.640033,mp4a.40.2"', "BANDWIDTH=20192000"]),
        (_HIGH, "aac", "audio-a1", ['CODECS="mp4a.40.2"']),
    ],
)
def test_the_master_playlist(picture: Stream, sound: str, variant: str, expected: list[str]) -> None:
    file = media([0], 60_000, picture, Stream(1, "audio", sound))
    text = _PLAYBACK.master(file, Variant.parse(variant))
    assert all(part in text for part in expected), text
    assert ("RESOLUTION" in text) == (not variant.startswith("audio"))
    assert text.endswith("\nmain.m3u8\n")


def test_an_unknown_profile_names_no_codecs_at_all() -> None:
    odd = Stream(0, "video", "h264", profile="High 4:2:2 Intra", level=41)
    assert "CODECS" not in _PLAYBACK.master(media([0], 9, odd, Stream(1, "audio", "aac")), Variant.parse("copy-a1"))
