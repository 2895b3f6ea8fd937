"""The decision, as a table: what a browser of today can play, and why not."""

import pytest

from medley.core.kinds import Facts, Stream
from medley.core.playback import Ask, Capabilities, Decision, Playback, Variant
from medley.kernel.errors import InvalidInput, Unsupported

_AAC = Stream(1, "audio", "aac")
_AC3 = Stream(1, "audio", "ac3")


def picture(codec: str = "h264", **more: object) -> Stream:
    usual = {"width": 1920, "height": 1080, "frame_rate": 23.976, "pixel_format": "yuv420p", "bit_depth": 8}
    return Stream(0, "video", codec, **{**usual, **more})  # type: ignore[arg-type]


def film(container: str = "mp4", *streams: Stream, bitrate: int = 6_000_000, keyframes: bool = True) -> Facts:
    held = list(streams or (picture(), _AAC))
    return Facts("video", container, 60_000, bitrate, streams=held, keyframes_ms=[0, 2000, 4000] if keyframes else [])


def song(container: str, codec: str) -> Facts:
    return Facts(
        "audio",
        container,
        60_000,
        1_000_000,
        streams=[Stream(0, "audio", codec), Stream(1, "video", "mjpeg", cover=True)],
    )


@pytest.fixture
def decide(tmp_path):
    return Playback(tmp_path, None).decide  # type: ignore[arg-type]  # deciding starts nothing


_TEXT = Stream(2, "subtitle", "mov_text")

_CASES = [
    ("an MP4 that every browser plays", film(), Ask(), "direct", "", []),
    ("QuickTime is MP4 to a browser", film("mov"), Ask(), "direct", "", []),
    ("an MKV with the same streams", film("matroska"), Ask(), "remux", "copy-a1", ["container-not-supported"]),
    ("AC-3", film("mp4", picture(), _AC3), Ask(), "transcode", "copy-a1-aac", ["audio-codec-not-supported"]),
    ("HEVC", film("mp4", picture("hevc"), _AAC), Ask(), "transcode", "h264-1080-a1", ["video-codec-not-supported"]),
    (
        "HEVC for a client that knows it",
        film("matroska", picture("hevc"), _AAC),
        Ask(Capabilities(video=frozenset({"h264", "hevc"}))),
        "remux",
        "copy-a1",
        ["container-not-supported"],
    ),
    (
        "H.264 in 10 bit",
        film("matroska", picture(pixel_format="yuv420p10le", bit_depth=10), _AAC),
        Ask(),
        "transcode",
        "h264-1080-a1",
        ["container-not-supported", "video-profile-not-supported"],
    ),
    (
        "H.264 in AVI",
        film("avi", picture(), Stream(1, "audio", "mp3")),
        Ask(),
        "transcode",
        "h264-1080-a1",
        ["container-not-supported", "timestamps-unreliable"],
    ),
    (
        "a file without known keyframes is not cut by guessing",
        film("matroska", keyframes=False),
        Ask(),
        "transcode",
        "h264-1080-a1",
        ["container-not-supported", "keyframes-unknown"],
    ),
    (
        "a turned picture in an MKV",
        film("matroska", picture(rotation=90), _AAC),
        Ask(),
        "transcode",
        "h264-1080-a1",
        ["container-not-supported", "rotated"],
    ),
    ("a turned picture in an MP4", film("mp4", picture(rotation=90), _AAC), Ask(), "direct", "", []),
    (
        "more than the line carries",
        film(),
        Ask(max_bitrate=2_500_000),
        "transcode",
        "h264-480-a1",
        ["bitrate-exceeds-limit"],
    ),
    ("a line that carries it", film(), Ask(max_bitrate=8_000_000), "direct", "", []),
    (
        "a line that carries nothing we make",
        film(),
        Ask(max_bitrate=64_000),
        "transcode",
        "h264-240-a1",
        ["bitrate-exceeds-limit"],
    ),
    (
        "the other audio track",
        film("mp4", picture(), _AAC, Stream(2, "audio", "aac")),
        Ask(audio_stream=2),
        "remux",
        "copy-a2",
        ["audio-track-chosen"],
    ),
    (
        "the default audio track, by number",
        film("mp4", picture(), Stream(1, "audio", "ac3"), Stream(2, "audio", "aac", default=True)),
        Ask(audio_stream=2),
        "direct",
        "",
        [],
    ),
    ("no sound", film("matroska", picture()), Ask(), "remux", "copy", ["container-not-supported"]),
    ("4K HEVC", film("mp4", picture("hevc", width=3840, height=2160), _AAC), Ask(), "transcode", "h264-2160-a1", None),
    ("wide 4K", film("mp4", picture("hevc", width=3840, height=1600), _AAC), Ask(), "transcode", "h264-2160-a1", None),
    ("upright", film("mp4", picture("hevc", width=1080, height=1920), _AAC), Ask(), "transcode", "h264-1080-a1", None),
    ("8K", film("mp4", picture("hevc", width=7680, height=4320), _AAC), Ask(), "transcode", "h264-2160-a1", None),
    ("FLAC", song("flac", "flac"), Ask(), "direct", "", []),
    ("ALAC in MP4", song("m4a", "alac"), Ask(), "transcode", "audio-a0-aac", ["audio-codec-not-supported"]),
    ("Monkey's Audio", song("ape", "ape"), Ask(), "transcode", "audio-a0-aac", None),
    ("FLAC in Matroska", song("matroska", "flac"), Ask(), "remux", "audio-a0", ["container-not-supported"]),
    (
        "Vorbis, which fragmented MP4 does not carry",
        film("matroska", picture(), Stream(1, "audio", "vorbis")),
        Ask(),
        "transcode",
        "copy-a1-aac",
        ["container-not-supported", "audio-codec-not-supported"],
    ),
    (
        "subtitles that are pictures",
        film("mp4", picture(), _AAC, Stream(2, "subtitle", "hdmv_pgs_subtitle")),
        Ask(subtitle_stream=2),
        "direct",
        "",
        ["subtitle-is-pictures"],
    ),
    (
        "subtitles",
        film("mp4", picture(), _AAC, Stream(2, "subtitle", "mov_text")),
        Ask(subtitle_stream=2),
        "direct",
        "",
        [],
    ),
]


@pytest.mark.parametrize(
    ("facts", "ask", "method", "variant", "codes"), [case[1:] for case in _CASES], ids=[case[0] for case in _CASES]
)
def test_decisions(facts: Facts, ask: Ask, method: str, variant: str, codes: list[str] | None, decide) -> None:
    decision: Decision = decide(facts, ask)
    assert decision.method == method
    assert (decision.variant.text if decision.variant else "") == variant
    assert codes is None or [reason.code for reason in decision.reasons] == codes
    assert all(reason.text.endswith(".") for reason in decision.reasons)
    assert (decision.method == "transcode") == ("h264" in decision.video or "aac" in decision.audio)


def test_what_cannot_be_played_says_so(decide) -> None:
    with pytest.raises(Unsupported, match="matroska"):
        decide(film("matroska"), Ask(Capabilities(hls=False)))
    with pytest.raises(Unsupported, match="neither"):
        decide(Facts("image", "jpeg"), Ask())
    with pytest.raises(InvalidInput, match="audio stream 9"):
        decide(film(), Ask(audio_stream=9))
    with pytest.raises(InvalidInput, match="subtitle stream 1"):
        decide(film(), Ask(subtitle_stream=1))


@pytest.mark.parametrize(("wish", "given"), [(0, 0), (59_000, 59_000), (60_000, 0), (-5, 0)])
def test_a_start_outside_the_file_is_its_beginning(wish: int, given: int, decide) -> None:
    assert decide(film(), Ask(start_ms=wish)).start_ms == given


@pytest.mark.parametrize(
    "text",
    ["copy", "copy-a1", "copy-a1-aac", "h264-720", "h264-2160-a12", "h264-240-a0-aac", "audio-a0", "audio-a0-aac"],
)
def test_a_variant_is_its_text(text: str) -> None:
    assert Variant.parse(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "audio", "copy-a", "copy-a01", "copy-a-1", "h264", "h264-721-a1", "h264-0720", "copy-aac", "COPY"),
        *("copy-a1 ", "copy-a1\n", "../x", "copy-a1-mp3", "h264-720-a1-aac-x", "copy-a99999", "copy-a١"),
    ],
)
def test_nothing_else_is_a_variant(text: str) -> None:
    with pytest.raises(InvalidInput):
        Variant.parse(text)
