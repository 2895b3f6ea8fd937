"""mutagen's classes where they need a change.

FLAC without the pictures' bytes, MP3 of a length that was not told, Opus with its output gain, ADTS with an ID3 tag
in front.
"""

import struct
from typing import Any, BinaryIO

from mutagen import flac
from mutagen.aac import AAC
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp3 import MP3, BitrateMode
from mutagen.oggopus import OggOpus

from medley.adapters.media import _quick

_LONGEST_WORD = 65_536  # bytes of a picture's mime or description


class _PictureHeader(flac.Picture):
    """A FLAC picture block without the picture: a scan would read megabytes of covers to throw them away."""

    def load(self, data: Any) -> None:
        self.type, self.mime = struct.unpack(">I", data.read(4))[0], self._word(data).decode("latin-1")
        self._word(data)
        data.seek(16, 1)
        (self.size,) = struct.unpack(">I", data.read(4))
        data.seek(self.size, 1)

    @staticmethod
    def _word(data: Any) -> bytes:
        (length,) = struct.unpack(">I", data.read(4))
        if length > _LONGEST_WORD:
            raise flac.error("a picture's description is impossibly long")
        return data.read(length)


class FlacHeaders(flac.FLAC):
    METADATA_BLOCKS = [  # noqa: RUF012 - mutagen declares it so
        flac.StreamInfo,
        flac.Padding,
        None,
        None,
        flac.VCFLACDict,
        None,
        _PictureHeader,
    ]


def mp3(file: BinaryIO) -> Any:
    """MP3; frames are counted where the length would be a guess, or is a lie."""
    audio: Any = MP3(file)
    info = audio.info
    told = info.bitrate_mode != BitrateMode.UNKNOWN
    info.length, info.bitrate = _quick.length_of_mpeg(file, info.frame_offset, info.length, info.bitrate, told=told)
    return audio


_OPUS_HEAD, _OUTPUT_GAIN, _FIRST_PAGES = b"OpusHead", 16, 64 << 10  # bytes


def opus(file: BinaryIO) -> Any:
    """Opus, its output gain in dB among what is known of the sound (RFC 7845, section 5.1)."""
    audio: Any = OggOpus(file)
    file.seek(0)
    _, _, head = file.read(_FIRST_PAGES).partition(_OPUS_HEAD)
    start = _OUTPUT_GAIN - len(_OPUS_HEAD)
    audio.info.output_gain = int.from_bytes(head[start : start + 2], "little", signed=True) / 256
    return audio


def aac(file: BinaryIO) -> Any:
    """ADTS has no tags of its own; some programs put ID3 in front."""
    audio: Any = AAC(file)
    file.seek(0)
    try:
        audio.tags = ID3(file)
    except ID3NoHeaderError:
        pass
    return audio
