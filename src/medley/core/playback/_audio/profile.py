"""A profile: one way to make a file's sound into another; small enough to stand in an address."""

import re
from dataclasses import dataclass
from typing import get_args

from medley.core.playback._audio.formats import FORMATS, LADDER, OutputFormat
from medley.core.playback.ports import AudioFormat
from medley.kernel.errors import InvalidInput

_FORM = re.compile(
    r"([a-z0-9]+)(?:-([0-9]{2,3})k)?-r([0-9]{4,6})-c([1-8])(?:-b(16|24))?-a([0-9]{1,4})(?:-([0-9]{1,10})_([0-9]{0,10}))?",
    re.ASCII,
)
_HINT = "Use what playback gave you."


@dataclass(frozen=True, slots=True)
class AudioProfile:
    """`mp3-192k-r44100-c2-a0`, `flac-r96000-c2-b24-a0`, `opus-128k-r48000-c2-a0-60000_` from one minute on."""

    format: AudioFormat
    bitrate: int  # bit/s, one of `LADDER`; 0 for a lossless format
    sample_rate: int  # Hz
    channels: int
    stream: int  # the stream's index in the file
    bit_depth: int = 0  # 16 or 24 for a lossless format
    start_ms: int = 0
    end_ms: int = 0  # 0: to the end of the file

    @property
    def output(self) -> OutputFormat:
        """What is known of its format."""
        return FORMATS[self.format]

    @property
    def text(self) -> str:
        """The form that `parse` reads."""
        parts = [self.format, f"r{self.sample_rate}", f"c{self.channels}"]
        if self.bitrate:
            parts.insert(1, f"{self.bitrate // 1000}k")
        if self.bit_depth:
            parts.append(f"b{self.bit_depth}")
        parts.append(f"a{self.stream}")
        if self.start_ms or self.end_ms:
            parts.append(f"{self.start_ms}_{self.end_ms or ''}")
        return "-".join(parts)

    @classmethod
    def parse(cls, text: str) -> "AudioProfile":
        """The profile that `text` names. Raises `InvalidInput` for anything that `text` would not have written."""
        match = _FORM.fullmatch(text)
        if match is None or match[1] not in get_args(AudioFormat):
            raise InvalidInput("This is not a way to make sound.", hint=_HINT)
        name, bitrate, rate, channels, depth, stream, start, end = match.groups()
        output = FORMATS[name]  # pyright: ignore[reportArgumentType] - looked at above
        profile = cls(
            output.name,
            int(bitrate or 0) * 1000,
            int(rate),
            int(channels),
            int(stream),
            int(depth or 0),
            int(start or 0),
            int(end or 0),
        )
        if not profile._is_made() or profile.text != text:
            raise InvalidInput("There is no such way to make sound.", hint=_HINT)
        return profile

    def _is_made(self) -> bool:
        lossy = self.output.usual > 0
        quality = self.bitrate in LADDER and not self.bit_depth if lossy else self.bit_depth and not self.bitrate
        return bool(quality) and self.sample_rate in self.output.sample_rates and self.channels <= self.output.channels

    def most_bytes(self, duration_ms: int) -> int | None:
        """Bytes that `duration_ms` of it surely fit into, hardly more than needed; None where nobody can tell."""
        if self.format not in _OVERHEAD:
            return None
        share, each_second = _OVERHEAD[self.format]
        return int((self.bitrate / 8 * share + each_second) * (duration_ms / 1000 + 0.5)) + _HEAD


# A share of the bitrate, and bytes a second. Frames of MP3 are all of one size; Opus keeps to its bitrate when
# constrained, and has ten pages of Ogg a second; AAC wanders about its bitrate, and ADTS adds seven bytes a frame.
_OVERHEAD: dict[AudioFormat, tuple[float, int]] = {"mp3": (1.0, 0), "opus": (1.02, 400), "aac": (1.06, 400)}
_HEAD = 8192  # tags
