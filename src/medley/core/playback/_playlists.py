"""HLS playlists (RFC 8216, version 7: fragmented MP4). All addresses are relative: the caller's path holds the key."""

from medley.core.kinds import Facts, Stream
from medley.core.playback import _codecs
from medley.core.playback._decide import is_hdr
from medley.core.playback._media import picture_of, sound_of
from medley.core.playback._plan import frame_rate, h264_level, size_in_box
from medley.core.playback._segments import Table
from medley.core.playback._variant import AAC_BITRATE, RUNGS, Variant

_UNKNOWN_BITRATE = 8_000_000
_RANGES = {"smpte2084": "PQ", "arib-std-b67": "HLG"}


def master(facts: Facts, variant: Variant) -> str:
    """The master playlist: one variant stream, what it needs to be decoded, and where its playlist is."""
    attributes = {"BANDWIDTH": str(_bandwidth(facts, variant)), **_picture(facts, variant)}
    if codecs := _codec_names(facts, variant):
        attributes["CODECS"] = f'"{codecs}"'
    line = ",".join(f"{key}={value}" for key, value in attributes.items())
    return f"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:{line}\nmain.m3u8\n"


def main(table: Table) -> str:
    """The media playlist: every segment from the first answer on, so that players can seek anywhere at once."""
    longest = max(map(table.duration_of, range(len(table))))
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{-(-longest // 1000)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for number in range(len(table)):
        lines += [f"#EXTINF:{table.duration_of(number) / 1000:.3f},", f"{number}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def _bandwidth(facts: Facts, variant: Variant) -> int:
    """An upper bound in bit/s; for copies an estimate, as the peak of a file is not known."""
    sound = sound_of(facts, variant.audio) if variant.audio is not None else None
    audio = AAC_BITRATE if variant.audio_codec == "aac" else (sound.bitrate if sound else 0)
    if variant.video == "h264":
        return RUNGS[variant.height][1] + audio
    if variant.video == "copy":
        return int((facts.bitrate or _UNKNOWN_BITRATE) * 1.5)
    return audio or facts.bitrate or AAC_BITRATE


def _picture(facts: Facts, variant: Variant) -> dict[str, str]:
    picture = picture_of(facts)
    if not variant.video or picture is None:
        return {}
    width, height, rate = picture.width, picture.height, picture.frame_rate
    if variant.video == "h264":
        (width, height), rate = size_in_box(picture, variant.height), float(frame_rate(picture))
    attributes = {"RESOLUTION": f"{width}x{height}"} if width and height else {}
    if rate > 0:
        attributes["FRAME-RATE"] = f"{rate:.3f}"
    if variant.video == "copy" and is_hdr(picture):
        attributes["VIDEO-RANGE"] = _RANGES[picture.color_transfer]
    return attributes


def _codec_names(facts: Facts, variant: Variant) -> str:
    """All names or none: a list that leaves one out promises a stream without it."""
    names: list[str] = []
    picture = picture_of(facts)
    if variant.video and picture:
        names.append(
            _codecs.avc(h264_level(picture, variant.height)) if variant.video == "h264" else _codecs.name(picture)
        )
    if variant.audio is not None:
        names.append(_audio_name(sound_of(facts, variant.audio), variant))
    return ",".join(names) if all(names) else ""


def _audio_name(sound: Stream | None, variant: Variant) -> str:
    return _codecs.AAC_LC if variant.audio_codec == "aac" or sound is None else _codecs.name(sound)
