"""The decision for sound, as a table: what a client gets as it is, and what is made for it."""

import pytest

from medley.core.kinds import Facts, Stream
from medley.core.playback import (
    AudioAsk,
    AudioClient,
    AudioDecision,
    DirectProfile,
    Limitation,
    Playback,
    TranscodeProfile,
    format_of,
    plain_client,
)


def song(
    container: str,
    codec: str,
    kbps: int = 0,
    rate: int = 44_100,
    channels: int = 2,
    depth: int = 0,
    profile: str = "",
) -> Facts:
    stream = Stream(
        0, "audio", codec, profile=profile, bitrate=kbps * 1000, channels=channels, sample_rate=rate, bit_depth=depth
    )
    return Facts("audio", container, 200_000, kbps * 1000, streams=[stream, Stream(1, "video", "mjpeg", cover=True)])


_FLAC = song("flac", "flac", 900, depth=16)
_HIRES = song("flac", "flac", 4600, rate=192_000, depth=24)
_MP3 = song("mp3", "mp3", 320)
_LOW = song("mp3", "mp3", 96)
_ANY = DirectProfile()
_TO_MP3, _TO_OPUS = TranscodeProfile("mp3", "mp3"), TranscodeProfile("ogg", "opus")
_TO_FLAC = TranscodeProfile("flac", "flac", 2)


def direct(containers: str = "", codecs: str = "", channels: int = 0) -> DirectProfile:
    return DirectProfile(frozenset(containers.split()), frozenset(codecs.split()), channels)


def bounded(codec: str, *bounds: Limitation) -> tuple[tuple[str, tuple[Limitation, ...]], ...]:
    return ((codec, bounds),)


_CASES = [
    ("no wish at all", _FLAC, plain_client(None, 0), "direct", "mp3-192k-r44100-c2-a0", []),
    ("the format it has", _MP3, plain_client("mp3", 0), "direct", None, []),
    ("AAC in MP4 is AAC", song("m4a", "aac", 256), plain_client("aac", 0), "direct", None, []),
    ("ALAC in MP4 is not", song("m4a", "alac", 900), plain_client("aac", 0), "transcode", None, None),
    ("Vorbis in Ogg is no Opus", song("ogg", "vorbis", 160), plain_client("opus", 0), "transcode", None, None),
    ("a format", _FLAC, plain_client("opus", 0), "transcode", "opus-128k-r48000-c2-a0", ["container-not-supported"]),
    (
        "a limit alone",
        _MP3,
        plain_client(None, 192_000),
        "transcode",
        "mp3-192k-r44100-c2-a0",
        ["bitrate-exceeds-limit"],
    ),
    ("a limit that it keeps", _LOW, plain_client(None, 192_000), "direct", "mp3-96k-r44100-c2-a0", []),
    ("a limit between two rungs", _FLAC, plain_client("mp3", 200_000), "transcode", "mp3-192k-r44100-c2-a0", None),
    ("a limit below all rungs", _FLAC, plain_client("mp3", 8_000), "transcode", "mp3-32k-r44100-c2-a0", None),
    ("not more than a lossy file has", _LOW, plain_client("opus", 320_000), "transcode", "opus-96k-r48000-c2-a0", None),
    ("lossless beyond a limit", _HIRES, plain_client("flac", 320_000), "transcode", "mp3-320k-r48000-c2-a0", None),
    ("192 kHz for MP3", _HIRES, plain_client("mp3", 0), "transcode", "mp3-192k-r48000-c2-a0", None),
    (
        "88.2 kHz for MP3",
        song("flac", "flac", 2000, 88_200),
        plain_client("mp3", 0),
        "transcode",
        "mp3-192k-r44100-c2-a0",
        None,
    ),
    (
        "DSD",
        song("dsf", "dsd_lsbf_planar", 5600, 2_822_400),
        plain_client("flac", 0),
        "transcode",
        "flac-r176400-c2-b24-a0",
        None,
    ),
    (
        "speech in mono",
        song("mp3", "mp3", 48, 22_050, 1),
        plain_client("opus", 0),
        "transcode",
        "opus-48k-r48000-c1-a0",
        None,
    ),
    (
        "six channels for a phone",
        song("flac", "flac", 3000, 48_000, 6),
        plain_client("opus", 0),
        "transcode",
        "opus-128k-r48000-c2-a0",
        None,
    ),
    (
        "the first profile that can be met",
        _FLAC,
        AudioClient((direct("mp3"),), (TranscodeProfile("mp4", "usac"), _TO_OPUS, _TO_MP3)),
        "transcode",
        "opus-128k-r48000-c2-a0",
        ["container-not-supported"],
    ),
    (
        "the codec, where the container fits",
        song("m4a", "alac", 900),
        AudioClient((direct("mp3", "mp3"), direct("mp4", "aac")), (_TO_MP3,)),
        "transcode",
        "mp3-192k-r44100-c2-a0",
        ["audio-codec-not-supported"],
    ),
    (
        "the channels, where all else fits",
        song("flac", "flac", 3000, 48_000, 6),
        AudioClient((direct("flac", "flac", 2),), (_TO_FLAC,)),
        "transcode",
        "flac-r48000-c2-b16-a0",
        ["channels-not-supported"],
    ),
    (
        "a sample rate that is too high",
        _HIRES,
        AudioClient((_ANY,), (_TO_FLAC,), bounded("flac", Limitation("sample_rate", "at_most", ("96000",)))),
        "transcode",
        "flac-r96000-c2-b24-a0",
        ["sample-rate-not-supported"],
    ),
    (
        "a sample rate that is one of several",
        _HIRES,
        AudioClient((_ANY,), (_TO_FLAC,), bounded("flac", Limitation("sample_rate", "equals", ("44100", "48000")))),
        "transcode",
        "flac-r48000-c2-b24-a0",
        ["sample-rate-not-supported"],
    ),
    (
        "16 bit alone",
        _HIRES,
        AudioClient((_ANY,), (_TO_FLAC,), bounded("*", Limitation("bit_depth", "at_most", ("16",)))),
        "transcode",
        "flac-r192000-c2-b16-a0",
        ["bit-depth-not-supported"],
    ),
    (
        "a profile of AAC",
        song("m4a", "aac", 64, profile="HE-AAC"),
        AudioClient((_ANY,), (_TO_MP3,), bounded("aac", Limitation("profile", "not_equals", ("he-aac",)))),
        "transcode",
        "mp3-64k-r44100-c2-a0",
        ["profile-not-supported"],
    ),
    (
        "what is not known and not required",
        song("mp3", "mp3"),
        AudioClient((_ANY,), (), bounded("mp3", Limitation("bitrate", "at_most", ("320000",)))),
        "direct",
        None,
        [],
    ),
    (
        "what is not known but required",
        song("mp3", "mp3"),
        AudioClient((_ANY,), (_TO_OPUS,), bounded("mp3", Limitation("bitrate", "at_most", ("320000",), required=True))),
        "transcode",
        "opus-128k-r48000-c2-a0",
        ["bitrate-not-supported"],
    ),
    (
        "a bound that nothing keeps",
        _FLAC,
        AudioClient((direct("mp3"),), (_TO_MP3,), bounded("mp3", Limitation("channels", "at_least", ("6",)))),
        "impossible",
        None,
        ["container-not-supported", "no-profile-fits"],
    ),
    (
        "a bound that makes no sense",
        _MP3,
        AudioClient((_ANY,), (), bounded("mp3", Limitation("channels", "equals", ("x",)))),
        "direct",
        None,
        [],
    ),
    ("a client that says nothing", _MP3, AudioClient((), ()), "impossible", None, None),
    (
        "a limit for what is made",
        _FLAC,
        AudioClient((direct("mp3"),), (_TO_MP3,), (), 0, 96_000),
        "transcode",
        "mp3-96k-r44100-c2-a0",
        None,
    ),
    (
        "lossless within the limit of what is made",
        _FLAC,
        AudioClient((direct("mp3"),), (_TO_FLAC, _TO_MP3), (), 0, 2_000_000),
        "transcode",
        "flac-r44100-c2-b16-a0",
        None,
    ),
]


@pytest.fixture
def decide(tmp_path):
    return Playback(tmp_path, None).decide_audio  # type: ignore[arg-type]  # deciding starts nothing


@pytest.mark.parametrize(
    ("facts", "client", "method", "profile", "codes"), [case[1:] for case in _CASES], ids=[case[0] for case in _CASES]
)
def test_decisions(
    facts: Facts, client: AudioClient, method: str, profile: str | None, codes: list[str] | None, decide
) -> None:
    decision: AudioDecision = decide(facts, AudioAsk(client))
    assert decision.method == method
    assert profile is None or (decision.profile and decision.profile.text) == profile
    assert codes is None or [reason.code for reason in decision.reasons] == codes
    assert all(reason.text.endswith(".") for reason in decision.reasons)
    assert (decision.target is None) == (decision.profile is None)


def test_a_part_of_a_file_is_always_made(decide) -> None:
    decision = decide(_FLAC, AudioAsk(plain_client(None, 0), None, 10_000, 20_000))
    assert [each.code for each in decision.reasons] == ["part-of-a-file"]
    assert decision.profile.text == "mp3-192k-r44100-c2-a0-10000_20000"
    assert decide(_FLAC, AudioAsk(plain_client(None, 0), None, 0, 200_000)).method == "direct"


def test_both_streams_are_told(decide) -> None:
    decision = decide(song("m4a", "aac", 256, profile="LC"), AudioAsk(plain_client("opus", 0)))
    assert (decision.source.container, decision.source.codec, decision.source.profile) == ("mp4", "aac", "LC")
    assert (decision.target.container, decision.target.codec, decision.target.bitrate) == ("ogg", "opus", 128_000)
    lossless = decide(_MP3, AudioAsk(plain_client("wav", 0)))
    assert lossless.target.bitrate == 44_100 * 2 * 16


@pytest.mark.parametrize(
    ("container", "codec", "name"),
    [
        ("mp3", "", "mp3"), ("ogg", "", "vorbis"), ("opus", "", "opus"), ("oga", "opus", "opus"), ("AAC", "aac", "aac"),
        ("flac", "flac", "flac"), ("wav", "pcm", "wav"), ("adts", "aac", "aac"), ("mp4", "aac", ""), ("flv", "", ""),
    ],
)  # fmt: skip
def test_formats_by_their_many_names(container: str, codec: str, name: str) -> None:
    found = format_of(container, codec)
    assert (found.name if found else "") == name
