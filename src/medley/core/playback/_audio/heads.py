"""The heads of audio streams: what only the end of an encoding tells is written into them when it is known.

An encoder that writes to a pipe cannot go back to say how long it has become. So we do, in what is kept: an `Info`
frame for MP3 (encoder delay and padding, for playing without gaps; https://wiki.hydrogenaudio.org/index.php?title=MP3,
"VBRI, XING, and LAME headers"), the number of samples in FLAC's STREAMINFO (RFC 9639, 8.2), the sizes in WAV's RIFF.
Ogg says it in its last page by itself; ADTS has no place for it.
"""

import struct
from collections.abc import Iterator
from typing import Protocol

from medley.core.playback.ports import AudioFormat

Patch = tuple[int, bytes]  # where, what


class Head(Protocol):
    """What happens to a stream on its way, and to its beginning afterwards."""

    def feed(self, data: bytes) -> bytes:
        """More of the stream, as it is to be written."""
        ...

    def patches(self, size: int, samples: int | None) -> Iterator[Patch]:
        """What to write over the whole file, once it holds `size` bytes of `samples` samples."""
        ...


def head_of(audio_format: AudioFormat) -> Head:
    """The one for a format."""
    return {"mp3": _Mp3, "flac": _Flac, "wav": _Wav}.get(audio_format, _Plain)()


class _Plain:
    def feed(self, data: bytes) -> bytes:
        return data

    def patches(self, size: int, samples: int | None) -> Iterator[Patch]:  # noqa: ARG002 - the face of a head
        return iter(())


class _Flac(_Plain):
    """STREAMINFO comes first, and says “unknown” by zeros in the 36 bits of the number of samples."""

    _AT = 4 + 4 + 13

    def __init__(self) -> None:
        self._start = b""

    def feed(self, data: bytes) -> bytes:
        if len(self._start) <= self._AT:
            self._start += data[: self._AT + 1]
        return data

    def patches(self, size: int, samples: int | None) -> Iterator[Patch]:  # noqa: ARG002 - see above
        if samples and len(self._start) > self._AT and self._start.startswith(b"fLaC") and samples < 1 << 36:
            first = self._start[self._AT] & 0xF0 | samples >> 32
            yield self._AT, bytes([first]) + struct.pack(">I", samples & 0xFFFFFFFF)


class _Wav(_Plain):
    """The chunk `data` is the last; both sizes are written as the greatest number there is."""

    _WITHIN = 16 << 10

    def __init__(self) -> None:
        self._start = b""

    def feed(self, data: bytes) -> bytes:
        if len(self._start) < self._WITHIN:
            self._start += data[: self._WITHIN]
        return data

    def patches(self, size: int, samples: int | None) -> Iterator[Patch]:  # noqa: ARG002 - see above
        data = self._start.find(b"data\xff\xff\xff\xff")
        if data > 0 and size < 1 << 32:
            yield 4, struct.pack("<I", size - 8)
            yield data + 4, struct.pack("<I", size - data - 8)


_ENCODER_DELAY = 576  # samples that LAME puts before the sound; a decoder knows of its own 529
# By the two bits of the version: 3 is MPEG-1, 2 is MPEG-2.
_BITRATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000)}
_INFO_BYTES = 156  # of the fields, from the word `Info` on


class _Mp3:
    """Puts an `Info` frame between the tags and the first frame."""

    def __init__(self) -> None:
        self._waiting: bytes | None = b""
        self._at = 0
        self._frame = b""

    def feed(self, data: bytes) -> bytes:
        if self._waiting is None:
            return data
        self._waiting += data
        tag = _tag_bytes(self._waiting)
        if len(self._waiting) < tag + 4:
            return b""
        self._at, self._frame = tag, self._waiting[tag : tag + 4]
        whole, self._waiting = self._waiting, None
        return whole[:tag] + _info(self._frame, 0, 0, 0) + whole[tag:]

    def patches(self, size: int, samples: int | None) -> Iterator[Patch]:
        info = _info(self._frame, 0, 0, 0)
        if not info or samples is None:
            return
        sound = size - self._at - len(info)
        bitrate, rate, per_frame = _shape(self._frame)
        frames = round(sound * 8 * rate / (bitrate * per_frame))
        padding = frames * per_frame - samples - _ENCODER_DELAY
        if 0 <= padding < 4096:
            yield self._at, _info(self._frame, frames, size - self._at, padding)


def _tag_bytes(data: bytes) -> int:
    """The length of an ID3v2 tag at the beginning; sizes have seven bits a byte (id3v2.4.0-structure, 6.2)."""
    if len(data) < 10 or not data.startswith(b"ID3"):
        return 10 if data[:3] == b"ID3"[: len(data)] and len(data) < 10 else 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _shape(frame: bytes) -> tuple[int, int, int]:
    """Bit/s, Hz and samples a frame, of a header of layer III (ISO/IEC 11172-3, 2.4.2.3); zeros for anything else."""
    version = frame[1] >> 3 & 3 if len(frame) == 4 and frame[0] == 0xFF and frame[1] >> 1 & 3 == 1 else 0
    index, rate = (frame[2] >> 4, frame[2] >> 2 & 3) if version in _RATES else (0, 3)
    if not 0 < index < 15 or rate == 3:
        return 0, 0, 0
    return _BITRATES[version][index] * 1000, _RATES[version][rate], 1152 if version == 3 else 576


def _info(frame: bytes, frames: int, size: int, padding: int) -> bytes:
    """An `Info` frame shaped like `frame`, or wider where that is too narrow; empty where it is no frame of ours."""
    bitrate, rate, per_frame = _shape(frame)
    if not bitrate:
        return b""
    version, mono = frame[1] >> 3 & 3, frame[3] >> 6 == 3
    side = (17 if mono else 32) if version == 3 else (9 if mono else 17)
    index = frame[2] >> 4
    while (length := per_frame // 8 * _BITRATES[version][index] * 1000 // rate) < 4 + side + _INFO_BYTES:
        index += 1
    header = bytes([0xFF, frame[1] | 1, index << 4 | frame[2] & 0x0C, frame[3]])
    fields = b"Info" + bytes(4)  # with nothing that is not known yet
    if frames:
        table = bytes(step * 256 // 100 for step in range(100))
        fields = struct.pack(">4sIII100sI", b"Info", 0b1111, frames, size, table, 0)
    delays = (_ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    lame = struct.pack(">9sBB8sBB3sBBHIH", b"Lavc63.01", 1, 0, bytes(8), 0, 0, delays, 0, 0, 0, size, 0)
    whole = header + bytes(side) + fields + lame
    return (whole + _crc16(whole).to_bytes(2, "big")).ljust(length, b"\0")


def _crc16(data: bytes) -> int:
    """CRC-16/ARC."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
