"""From a file and a variant to segments and to the job that makes them. Pure."""

from fractions import Fraction

from medley.core.kinds import Stream
from medley.core.playback import _segments
from medley.core.playback._decide import is_hdr
from medley.core.playback._media import MediaFile, picture_of, sound_of
from medley.core.playback._segments import Table
from medley.core.playback._variant import RUNGS, Variant
from medley.core.playback.ports import H264, AudioTrack, SegmentJob, VideoTrack
from medley.kernel.errors import NotFound, Unsupported

_FASTEST = 60  # frames a second
_SLOWEST = 10  # a picture must come in every segment, also in a slide show
_USUAL_RATE = Fraction(25)
# Keyframes are handed over as one argument, which Linux limits to 128 KiB; what lies beyond needs another head anyway.
_KEYFRAMES_IN_A_JOB = 4_000


def table_of(media: MediaFile, variant: Variant) -> Table:
    """How this variant is cut. Raises `NotFound` for streams that are not there, `Unsupported` where it cannot be."""
    facts = media.facts
    lacks_picture = variant.video and picture_of(facts) is None
    if lacks_picture or (variant.audio is not None and sound_of(facts, variant.audio) is None):
        raise NotFound("This file has no such stream.", hint="Start playing it again: it may have been replaced.")
    if variant.video == "copy" and facts.keyframes_ms:
        return _segments.from_keyframes(facts.keyframes_ms, facts.duration_ms)
    if variant.video == "copy" or facts.duration_ms <= 0:
        raise Unsupported("It is not known where this file can be cut.", hint="Scan its library again.")
    return _segments.regular(facts.duration_ms)


def job_of(media: MediaFile, variant: Variant, table: Table, number: int) -> SegmentJob:
    """The job that makes the segments from `number` on."""
    picture = picture_of(media.facts) if variant.video else None
    video = None
    if picture:
        tag = "hvc1" if picture.codec == "hevc" else ""
        encode = _encoding(picture, variant, table, number) if variant.video == "h264" else None
        video = VideoTrack(picture.index, encode, tag)
    sound = sound_of(media.facts, variant.audio) if variant.audio is not None else None
    audio = AudioTrack(sound.index, sound.codec, variant.audio_codec == "aac") if sound else None
    return SegmentJob(media.path, table.starts_ms[number], video, audio)


def size_in_box(picture: Stream, rung: int) -> tuple[int, int]:
    """Width and height, both even, of the upright picture fitted into a rung, never enlarged."""
    width, height = upright(picture)
    if not width or not height:
        return RUNGS[rung][0], rung
    long, short = max(width, height), min(width, height)
    scale = min(Fraction(1), Fraction(RUNGS[rung][0], long), Fraction(rung, short))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def upright(picture: Stream) -> tuple[int, int]:
    """Width and height as it is looked at."""
    turned = picture.rotation % 180 == 90
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def frame_rate(picture: Stream) -> Fraction:
    """The constant rate to encode at: the file's own, from 10 to 60 a second."""
    if picture.frame_rate <= 0:
        return _USUAL_RATE
    if picture.frame_rate < _SLOWEST:
        return Fraction(_SLOWEST)
    if picture.frame_rate > _FASTEST:
        return Fraction(_FASTEST)
    ntsc = Fraction(round(picture.frame_rate * 1.001) * 1000, 1001)
    if abs(float(ntsc) - picture.frame_rate) < 0.004:
        return ntsc
    return Fraction(picture.frame_rate).limit_denominator(1000)


def h264_level(picture: Stream, rung: int) -> int:
    """Ten times the smallest level that surely holds the rung at its rate (Rec. ITU-T H.264, table A-1)."""
    fast = frame_rate(picture) > 30
    if rung <= 480:
        return 31
    if rung == 720:
        return 32 if fast else 31
    if rung == 1080:
        return 42 if fast else 40
    return 52 if fast else 51


def _encoding(picture: Stream, variant: Variant, table: Table, number: int) -> H264:
    width, height = size_in_box(picture, variant.height)
    return H264(
        width=width,
        height=height,
        frame_rate=frame_rate(picture),
        bitrate=RUNGS[variant.height][1],
        level=h264_level(picture, variant.height),
        keyframes_ms=table.starts_ms[number : number + _KEYFRAMES_IN_A_JOB],
        deinterlace=picture.interlaced,
        tone_map=is_hdr(picture),
    )
