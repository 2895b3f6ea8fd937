"""A variant: which streams of a file a viewer gets, and how; small enough to stand in a URL."""

import re
from dataclasses import dataclass
from typing import Literal

from medley.kernel.errors import InvalidInput

# Height of a rung: the longest other side, and the most bit/s that we spend on it.
RUNGS: dict[int, tuple[int, int]] = {
    240: (426, 500_000),
    360: (640, 1_000_000),
    480: (854, 2_000_000),
    720: (1280, 4_000_000),
    1080: (1920, 8_000_000),
    1440: (2560, 12_000_000),
    2160: (3840, 20_000_000),
}
AAC_BITRATE = 192_000

_FORM = re.compile(r"(copy|audio|h264-([1-9][0-9]{2,3}))(?:-a(0|[1-9][0-9]{0,3})(-aac)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Variant:
    """`copy-a1`: both copied; `copy-a1-aac`: audio encoded; `h264-720-a2`; `audio-a0-aac`: no picture; `copy`: silent.

    Heights are those of `RUNGS` alone, so that nobody can fill the cache with variants of his own making.
    """

    video: Literal["copy", "h264", ""]
    height: int = 0
    audio: int | None = None  # the stream's index
    audio_codec: Literal["copy", "aac", ""] = ""

    @property
    def text(self) -> str:
        """The form that `parse` reads."""
        picture = f"h264-{self.height}" if self.video == "h264" else self.video or "audio"
        if self.audio is None:
            return picture
        return f"{picture}-a{self.audio}" + ("-aac" if self.audio_codec == "aac" else "")

    @classmethod
    def parse(cls, text: str) -> "Variant":
        """The variant that `text` names. Raises `InvalidInput` for anything that `text` would not have written."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise InvalidInput("This is not a variant of a stream.", hint="Use the address that playback gave you.")
        picture, height, audio, aac = match.groups()
        if (height and int(height) not in RUNGS) or (picture == "audio" and audio is None):
            raise InvalidInput("There is no such variant of a stream.", hint="Use the address that playback gave you.")
        return cls(
            video="h264" if height else "" if picture == "audio" else "copy",
            height=int(height or 0),
            audio=None if audio is None else int(audio),
            audio_codec="" if audio is None else "aac" if aac else "copy",
        )
