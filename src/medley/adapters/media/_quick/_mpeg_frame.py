"""One frame of MPEG audio (ISO 11172-3, 2.4.2.3)."""

import struct

from medley.adapters.media._quick._shapes import Unusual
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


class Frame:
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


def mark_of(window: Window, frame: Frame) -> bytes:
    """What stands where a header with the number of frames may: "Xing", "Info" or "VBRI"."""
    if frame.layer != 3:
        return b""
    mark = window.at(frame.xing, 4)
    return mark if mark in (b"Xing", b"Info") else window.at(frame.place + 36, 4)
