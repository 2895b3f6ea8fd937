"""MPEG audio: how long it is by its first frame and the Xing header in that.

The header of Xing and what LAME adds to it: http://gabriel.mp3-tech.org/mp3infotag.html
"""

import re
import struct

from medley.adapters.media._quick._mpeg_frame import Frame, mark_of
from medley.adapters.media._quick._mpeg_length import is_constant, is_likely
from medley.adapters.media._quick._shapes import Sound, Unusual
from medley.adapters.media._quick._window import Window

_FRAMES_IN_A_ROW = 4  # of constant bitrate, after which mutagen believes that it is sound
_HAS_FRAMES, _HAS_BYTES, _HAS_TABLE, _HAS_QUALITY = 1, 2, 4, 8
_TABLE = 100  # bytes
_XING = 120  # bytes of the whole header
_LAME = re.compile(rb"LAME3\.(9[1-9]|[1-9]\d\d)(?!\d)")  # the versions that tell of their delays
_LAME_SIZE, _DELAYS = 36, 21  # bytes, and where in them the delays stand


def sound(window: Window, place: int) -> Sound:
    """What the frame at `place` says of the whole; `Unusual` where no frame begins there."""
    first = Frame(window, place)
    mark = mark_of(window, first)
    if mark in (b"Xing", b"Info"):
        return _of_xing(window, first)
    if mark == b"VBRI":
        raise Unusual("a header of Fraunhofer's encoder")
    _check_next(window, first)
    return _of_size(window, first)


def _check_next(window: Window, frame: Frame) -> None:
    for _ in range(_FRAMES_IN_A_ROW - 1):
        frame = Frame(window, frame.place + frame.length)
        if mark_of(window, frame) in (b"Xing", b"Info", b"VBRI"):
            raise Unusual("a second beginning")


def _of_size(window: Window, frame: Frame) -> Sound:
    """Of constant bitrate."""
    if not is_constant(window, frame):
        raise Unusual("a bitrate that varies, and no word of it")
    length = 8 * (window.size - frame.place) / float(frame.bitrate)
    return Sound(length, frame.bitrate, frame.channels, frame.sample_rate, layer=frame.layer)


def _of_xing(window: Window, frame: Frame) -> Sound:
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
    if not is_likely(window.size - frame.place, length, bitrate):
        raise Unusual("a header that says something else than the file")
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
