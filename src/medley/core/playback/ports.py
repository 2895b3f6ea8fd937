"""What playback asks of the outside: a program that turns one file into a stream of bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, Protocol

# Every timestamp of a `SegmentJob` comes out this much later, so that the first frames, whose decode times lie before
# zero, stay representable in `tfdt`, which is unsigned (ISO/IEC 14496-12, 8.8.12).
TIME_SHIFT_S = 100

AudioFormat = Literal["opus", "aac", "mp3", "vorbis", "flac", "wav"]


@dataclass(frozen=True, slots=True)
class H264:
    """How to encode video: H.264 High, 8 bit 4:2:0, constant frame rate, a keyframe at each of `keyframes_ms`."""

    width: int  # the box, in pixels, that the picture must fit into; never enlarged
    height: int
    frame_rate: Fraction
    bitrate: int  # upper bound, bit/s
    level: int  # ten times the level of Rec. ITU-T H.264, annex A: 41 is 4.1
    keyframes_ms: tuple[int, ...]
    deinterlace: bool = False
    tone_map: bool = False  # from PQ or HLG to SDR


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """The video stream by FFmpeg's index; copied where `encode` is None."""

    index: int
    encode: H264 | None = None
    tag: str = ""  # the sample entry to write when copied: hvc1 rather than hev1 for HEVC


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """The audio stream by FFmpeg's index; copied, or encoded as AAC-LC, stereo, 48 kHz, frames on multiples of 1024."""

    index: int
    codec: str  # what it is in the file, by FFmpeg's name
    encode: bool = False


@dataclass(frozen=True, slots=True)
class SegmentJob:
    """Fragmented MP4, one sample or few per `moof`, `tfdt` on the file's own timeline plus `TIME_SHIFT_S`.

    `from_ms` counts from the container's start time. A copy may begin at any earlier keyframe; an encoding begins at
    the first frame at or after `from_ms`.
    """

    path: Path
    from_ms: int
    video: VideoTrack | None
    audio: AudioTrack | None


@dataclass(frozen=True, slots=True)
class AudioJob:
    """One audio stream as a file of its own: Opus or Vorbis in Ogg, AAC in ADTS, MP3, FLAC or WAV.

    It begins and ends on the very sample. MP3 comes at a constant bitrate and without a Xing header, as that can only
    be known at the end; lengths in the heads of FLAC and WAV are left open for the same reason.
    """

    path: Path
    index: int
    format: AudioFormat
    bitrate: int  # bit/s; 0 for a lossless format
    sample_rate: int  # Hz
    channels: int
    bit_depth: int = 0  # 16 or 24, for a lossless format
    start_ms: int = 0
    end_ms: int = 0  # 0: to the end
    tags: tuple[tuple[str, str], ...] = ()  # by FFmpeg's generic names, which each container spells its own way


@dataclass(frozen=True, slots=True)
class SubtitleJob:
    """One text subtitle stream as WebVTT, its times on the same timeline as the segments."""

    path: Path
    index: int


Job = SegmentJob | AudioJob | SubtitleJob


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `code` 0 is well; `lines` are the last ones the program wrote about it.

    `samples` is how many of each channel were encoded by an `AudioJob`, None where it is not known.
    """

    code: int
    lines: tuple[str, ...] = ()
    samples: int | None = None


class Run(Protocol):
    """One running job. Not reading it makes it stand still."""

    async def read(self) -> bytes:
        """The next bytes; nothing at the end."""
        ...

    async def close(self) -> Outcome:
        """End it if it still runs, and say how it ended. May be called twice."""
        ...


class Transcoder(Protocol):
    """Starts jobs."""

    async def start(self, job: Job) -> Run:
        """Raises `Unavailable` where the program is missing."""
        ...

    async def encoders(self) -> frozenset[str]:
        """The encoders that it has, by FFmpeg's names."""
        ...


@dataclass(frozen=True, slots=True)
class SpeakerTrack:
    """A file, or the part of it up to `end_ms` (0: its end), for the sound card of this machine."""

    path: Path
    start_ms: int = 0
    end_ms: int = 0


@dataclass(frozen=True, slots=True)
class SpeakerState:
    """What a speaker does now. `index` is -1 where no track is chosen; `gain` from 0 to 1."""

    index: int = -1
    playing: bool = False
    position_s: float = 0.0
    gain: float = 1.0
    count: int = 0  # tracks in its queue


class Speaker(Protocol):
    """Plays a queue of tracks on this machine, one after the other. All raise `Unavailable` where it cannot."""

    async def append(self, tracks: Sequence[SpeakerTrack]) -> None:
        """Put tracks behind the others."""
        ...

    async def remove(self, index: int) -> None:
        """Take one out; if it was playing, the next one plays."""
        ...

    async def move(self, index: int, place: int) -> None:
        """Put one where it is number `place` then."""
        ...

    async def clear(self, keep_current: bool = False) -> None:
        """Take all out, or all but the one that plays."""
        ...

    async def play(self, index: int, offset_s: float = 0) -> None:
        """Go to a track, and there to `offset_s`."""
        ...

    async def pause(self, paused: bool) -> None:
        """Hold on, or go on."""
        ...

    async def set_gain(self, gain: float) -> None:
        """Loudness from 0 to 1."""
        ...

    async def state(self) -> SpeakerState:
        """What it does now."""
        ...

    async def close(self) -> None:
        """Fall silent, and let go of the sound card."""
        ...
