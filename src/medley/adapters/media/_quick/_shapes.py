"""What the quick loaders give: the part of mutagen's objects that the rest of this package reads."""

from typing import Any

import msgspec


class Unusual(Exception):
    """Something that is mutagen's to understand."""


class Sound(msgspec.Struct):
    """Seconds, bits per second, Hz."""

    length: float
    bitrate: int
    channels: int
    sample_rate: int = 0
    bits_per_sample: int = 0
    layer: int = 0  # of MPEG
    output_gain: float = 0.0  # of Opus: dB that every decoder applies


class Audio(msgspec.Struct):
    """One opened file. `tags` are ID3 frames by mutagen's keys, or a list of Vorbis comments."""

    info: Sound
    tags: Any
    pictures: list["PictureBlock"] = []


class PictureBlock(msgspec.Struct):
    """A picture block of FLAC without its picture."""

    type: int
    mime: str
    size: int


class Frame(msgspec.Struct):
    """One ID3 frame; which of the fields are set depends on its name."""

    encoding: int = 3  # 0 Latin-1, 1 UTF-16, 2 UTF-16BE, 3 UTF-8
    text: list[str] | str = []
    desc: str = ""
    owner: str = ""
    mime: str = ""
    type: int = 0
    data: "bytes | Unread" = b""
    lang: str = ""
    people: list[tuple[str, str]] = []  # what each did, and who

    @property
    def genres(self) -> list[str] | str:
        """The values of TCON; those that need interpreting were interpreted."""
        return self.text


class Unread(msgspec.Struct):
    """Bytes that stayed in the file."""

    size: int

    def __len__(self) -> int:
        return self.size
