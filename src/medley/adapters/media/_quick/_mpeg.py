"""MPEG audio: how long it is by its first frame (ISO 11172-3, 2.4.2.3) and the Xing header in that.

The header of Xing and what LAME adds to it: http://gabriel.mp3-tech.org/mp3infotag.html
"""

import re
import struct

from medley.adapters.media._quick._shapes import Sound, Unusual
from medley.adapters.media._quick._window import Window

_SYNC = 0x7FF
_MONO = 3
_VERSIONS = {3: 1, 2: 2, 0: 2.5}
_RATES = {1: (44100, 48000, 32000), 2: (22050, 24000, 16000), 2.5: (11025, 12000, 8000)}
# kbit/s by (lower sampling frequencies?, layer), from index 1 on
_BITRATES = {
    (False, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (False, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (False, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (True, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (True, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (True, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_FRAMES_IN_A_ROW = 4  # of constant bitrate, after which mutagen believes that it is sound
_HAS_FRAMES, _HAS_BYTES, _HAS_TABLE, _HAS_QUALITY = 1, 2, 4, 8
_TABLE = 100  # bytes
_XING = 120  # bytes of the whole header
_LAME = re.compile(rb"LAME3\.(9[1-9]|[1-9]\d\d)(?!\d)")  # the versions that tell of their delays
_LAME_SIZE, _DELAYS = 36, 21  # bytes, and where in them the delays stand


class _Frame:
    """The header of the frame at `place`."""

    __slots__ = ("bitrate", "channels", "layer", "length", "place", "sample_rate", "samples", "xing")

    def __init__(self, window: Window, place: int) -> None:
        (bits,) = struct.unpack(">I", window.at(place, 4))
        version, layer = bits >> 19 & 3, 4 - (bits >> 17 & 3)
        bitrate, rate, padding = bits >> 12 & 15, bits >> 10 & 3, bits >> 9 & 1
        if bits >> 21 != _SYNC or version == 1 or layer == 4 or rate == 3 or bitrate in (0, 15):
            raise Unusual("no frame of MPEG audio")
        low, mono = version != 3, bits >> 6 & 3 == _MONO
        self.place, self.layer, self.channels = place, layer, 1 if mono else 2
        self.bitrate = _BITRATES[low, layer][bitrate - 1] * 1000
        self.sample_rate = _RATES[_VERSIONS[version]][rate]
        self.samples = 384 if layer == 1 else 576 if low and layer == 3 else 1152
        slot = 4 if layer == 1 else 1
        self.length = (self.samples // 8 * self.bitrate // self.sample_rate + padding) * slot
        self.xing = place + ((13 if mono else 21) if low else (21 if mono else 36))


def sound(window: Window, place: int) -> Sound:
    """What the frame at `place` says of the whole; `Unusual` where no frame begins there."""
    first = _Frame(window, place)
    mark = _mark(window, first)
    if mark in (b"Xing", b"Info"):
        return _of_xing(window, first)
    if mark == b"VBRI":
        raise Unusual("a header of Fraunhofer's encoder")
    _check_next(window, first)
    return _of_size(window, first)


def _mark(window: Window, frame: _Frame) -> bytes:
    """What stands where a header with the number of frames may: "Xing", "Info" or "VBRI"."""
    if frame.layer != 3:
        return b""
    mark = window.at(frame.xing, 4)
    return mark if mark in (b"Xing", b"Info") else window.at(frame.place + 36, 4)


def _check_next(window: Window, frame: _Frame) -> None:
    for _ in range(_FRAMES_IN_A_ROW - 1):
        frame = _Frame(window, frame.place + frame.length)
        if _mark(window, frame) in (b"Xing", b"Info", b"VBRI"):
            raise Unusual("a second beginning")


def _of_size(window: Window, frame: _Frame) -> Sound:
    """Of constant bitrate."""
    length = 8 * (window.size - frame.place) / float(frame.bitrate)
    return Sound(length, frame.bitrate, frame.channels, frame.sample_rate, layer=frame.layer)


def _of_xing(window: Window, frame: _Frame) -> Sound:
    data = window.at(frame.xing, _XING + _LAME_SIZE)
    if len(data) != _XING + _LAME_SIZE:
        raise Unusual("hardly any sound")
    (flags,) = struct.unpack_from(">I", data, 4)
    if not flags & _HAS_FRAMES:
        return _of_size(window, frame)
    frames, size = struct.unpack_from(">II", data, 8)
    place = 12 + (4 if flags & _HAS_BYTES else 0) + (_TABLE if flags & _HAS_TABLE else 0)
    place += 4 if flags & _HAS_QUALITY else 0
    samples, bitrate = frame.samples * frames, frame.bitrate
    if flags & _HAS_BYTES and samples > 0:
        # The frame of the header counts among the bytes, not among the frames.
        bitrate = round(max(0, size - frame.length) * 8 * frame.sample_rate / float(samples))
    length = max(0, samples - _delays(data[place : place + _LAME_SIZE])) / frame.sample_rate
    return Sound(length, bitrate, frame.channels, frame.sample_rate, layer=frame.layer)


def _delays(lame: bytes) -> int:
    """Samples of silence that the encoder added at both ends."""
    if not lame.startswith((b"LAME", b"L3.99")):
        return 0
    if not _LAME.match(lame):
        raise Unusual("an old version of LAME")
    if lame[9] >> 4:
        return 0  # a revision that nobody knows
    both = int.from_bytes(lame[_DELAYS : _DELAYS + 3], "big")
    return (both >> 12) + (both & 0xFFF)
