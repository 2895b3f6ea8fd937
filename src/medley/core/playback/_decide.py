"""What to do so that this client can play this file. Pure: the same question always has the same answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from medley.core.kinds import Facts, Stream
from medley.core.playback._media import TEXT_SUBTITLES, picture_of, sound_of
from medley.core.playback._variant import RUNGS, Variant
from medley.kernel.errors import InvalidInput, Unsupported

_CONTAINERS = {"mov": "mp4", "m4a": "mp4", "m4b": "mp4", "m4v": "mp4", "mkv": "matroska", "oga": "ogg", "opus": "ogg"}
_COPYABLE_VIDEO = frozenset({"h264", "hevc", "av1", "vp9"})
_COPYABLE_AUDIO = frozenset({"aac", "mp3", "opus", "flac", "ac3", "eac3", "alac"})
_EIGHT_BIT = frozenset({"", "yuv420p", "yuvj420p", "nv12"})
_HDR = frozenset({"smpte2084", "arib-std-b67"})


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a client says that it can play; the defaults are what every current browser can."""

    containers: frozenset[str] = frozenset({"mp4", "webm", "mp3", "flac", "ogg", "wav"})
    video: frozenset[str] = frozenset({"h264", "vp8", "vp9", "av1"})
    audio: frozenset[str] = frozenset({"aac", "mp3", "opus", "vorbis", "flac", "pcm_s16le"})
    hls: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to play. `max_bitrate` in bit/s, 0 for no limit; streams by FFmpeg's index."""

    capabilities: Capabilities = Capabilities()
    max_bitrate: int = 0
    audio_stream: int | None = None
    subtitle_stream: int | None = None
    start_ms: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the file cannot simply be sent: a word for programs, a sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`direct`: the file as it is; `remux`: copied into HLS; `transcode`: at least one stream is encoded.

    `video` and `audio` say what becomes of each stream, empty where there is none. `variant` is None for `direct`.
    `start_ms` is the wish, brought inside the file.
    """

    method: Literal["direct", "remux", "transcode"]
    reasons: tuple[Reason, ...]
    video: Literal["copy", "h264", ""]
    audio: Literal["copy", "aac", ""]
    variant: Variant | None
    audio_stream: int | None
    start_ms: int


def decide(facts: Facts, ask: Ask) -> Decision:
    """The cheapest way that works. Raises `Unsupported` where none does, `InvalidInput` for a missing stream."""
    picture, sound = picture_of(facts), sound_of(facts, ask.audio_stream)
    _check(facts, ask, picture, sound)
    whole = list(_against_the_file(facts, ask, sound))
    video = list(_against_video(ask, picture)) if picture else []
    audio = list(_against_audio(ask, sound)) if sound else []
    notes = list(_about_subtitles(facts, ask))
    start_ms = ask.start_ms if 0 <= ask.start_ms < facts.duration_ms else 0
    index = sound.index if sound else None
    if not whole and not video and not audio:
        kept = "copy" if picture else ""
        return Decision("direct", tuple(notes), kept, "copy" if sound else "", None, index, start_ms)
    if picture and not video:
        video = list(_against_copying(facts, picture))
    if sound and not audio and sound.codec not in _COPYABLE_AUDIO:
        audio = [Reason("audio-codec-not-supported", f"{sound.codec} cannot be carried in the stream's container.")]
    reasons = (*whole, *video, *audio, *notes)
    if not ask.capabilities.hls:
        raise Unsupported(reasons[0].text, hint="Download the file, or open it in an app that can play streams (HLS).")
    variant = _variant(ask, picture, sound, encode_video=bool(video) or _too_fat(facts, ask), encode_audio=bool(audio))
    encoded = variant.video == "h264" or variant.audio_codec == "aac"
    method = "transcode" if encoded else "remux"
    return Decision(method, reasons, variant.video, variant.audio_codec, variant, index, start_ms)


def is_hdr(stream: Stream) -> bool:
    """Whether the picture must be tone-mapped to be right on an SDR screen."""
    return stream.color_transfer in _HDR


def _check(facts: Facts, ask: Ask, picture: Stream | None, sound: Stream | None) -> None:
    if ask.audio_stream is not None and sound is None:
        raise InvalidInput(f"This file has no audio stream {ask.audio_stream}.", hint="Choose one that it lists.")
    wanted = ask.subtitle_stream
    if wanted is not None and not any(s.index == wanted and s.type == "subtitle" for s in facts.streams):
        raise InvalidInput(f"This file has no subtitle stream {wanted}.", hint="Choose one that it lists.")
    if picture is None and sound is None:
        raise Unsupported("This file holds neither sound nor a moving picture.", hint="Download it instead.")


def _against_the_file(facts: Facts, ask: Ask, sound: Stream | None) -> Iterator[Reason]:
    container = _CONTAINERS.get(facts.format, facts.format)
    if container not in {_CONTAINERS.get(name, name) for name in ask.capabilities.containers}:
        yield Reason("container-not-supported", f"The player cannot open {facts.format} files.")
    if _too_fat(facts, ask):
        limit = f"{ask.max_bitrate / 1e6:.1f}"
        yield Reason("bitrate-exceeds-limit", f"{facts.bitrate / 1e6:.1f} Mbit/s is more than the limit of {limit}.")
    if sound and sound != sound_of(facts):
        yield Reason("audio-track-chosen", "Players cannot choose among the audio tracks of a whole file.")


def _against_video(ask: Ask, picture: Stream) -> Iterator[Reason]:
    if picture.codec not in ask.capabilities.video:
        yield Reason("video-codec-not-supported", f"The player cannot decode {picture.codec} video.")
    elif picture.codec == "h264" and (picture.bit_depth > 8 or picture.pixel_format not in _EIGHT_BIT):
        yield Reason("video-profile-not-supported", f"Players cannot decode H.264 in {picture.pixel_format}.")


def _against_audio(ask: Ask, sound: Stream) -> Iterator[Reason]:
    if sound.codec not in ask.capabilities.audio:
        yield Reason("audio-codec-not-supported", f"The player cannot decode {sound.codec} audio.")


def _against_copying(facts: Facts, picture: Stream) -> Iterator[Reason]:
    """What stops a picture that the client could decode from being copied into segments."""
    if picture.codec not in _COPYABLE_VIDEO:
        yield Reason("video-codec-not-supported", f"{picture.codec} cannot be carried in the stream's container.")
    elif facts.format == "avi":
        yield Reason("timestamps-unreliable", "AVI does not say when each picture is shown.")
    elif not facts.keyframes_ms:
        yield Reason("keyframes-unknown", "It is not known where this file can be cut.")
    elif picture.rotation % 360:
        yield Reason("rotated", "Players ignore the rotation of a streamed picture.")


def _about_subtitles(facts: Facts, ask: Ask) -> Iterator[Reason]:
    for stream in facts.streams:
        if stream.index == ask.subtitle_stream and stream.codec not in TEXT_SUBTITLES:
            yield Reason("subtitle-is-pictures", "These subtitles are pictures, which cannot be shown yet.")


def _too_fat(facts: Facts, ask: Ask) -> bool:
    return 0 < ask.max_bitrate < facts.bitrate


def _variant(ask: Ask, picture: Stream | None, sound: Stream | None, encode_video: bool, encode_audio: bool) -> Variant:
    audio = sound.index if sound else None
    audio_codec = "" if sound is None else "aac" if encode_audio else "copy"
    if picture is None:
        too_fat = ask.max_bitrate > 0
        return Variant("", audio=audio, audio_codec="aac" if too_fat else audio_codec)
    if not encode_video:
        return Variant("copy", audio=audio, audio_codec=audio_codec)
    return Variant("h264", _rung(picture, ask.max_bitrate), audio, audio_codec)


def _rung(picture: Stream, max_bitrate: int) -> int:
    """The smallest rung that holds the picture, or the largest that fits the bitrate."""
    long, short = max(picture.width, picture.height), min(picture.width, picture.height)
    fitting = [height for height, (_, bitrate) in RUNGS.items() if not max_bitrate or bitrate <= max_bitrate]
    for height in fitting:
        if height >= short and RUNGS[height][0] >= long:
            return height
    return fitting[-1] if fitting else min(RUNGS)
