"""Opus in Ogg: the two pages in front and the last one (RFC 3533, section 6; RFC 7845, section 5)."""

import struct

from medley.adapters.media._quick import _comments
from medley.adapters.media._quick._shapes import Audio, Sound, Unusual
from medley.adapters.media._quick._window import Window

_HEADER = struct.Struct("<4sBBqIIIB")  # mark, version, flags, position, serial, number, checksum, segments
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_HEAD = struct.Struct("<8sBBHIh")  # mark, version, channels, samples to skip, sample rate of old, output gain
_HEAD_SIZE = 19  # bytes, of which the first tell all that is needed
_RATE = 48_000  # Hz; whatever was encoded, this is what Opus decodes to
_TAIL = 16 << 10


class _Page:
    """The page at `place`; its `first` packet is `whole` where it ends on this page."""

    __slots__ = ("end", "first", "flags", "position", "serial", "whole")

    def __init__(self, window: Window, place: int) -> None:
        head = window.at(place, _HEADER.size)
        mark, version, self.flags, self.position, self.serial, _, _, segments = _HEADER.unpack(head)
        begin = place + _HEADER.size + segments
        lacing = window.at(place + _HEADER.size, segments)
        self.end = begin + sum(lacing)
        if mark != b"OggS" or version or not segments or self.end > window.size:
            raise Unusual("no page of Ogg")
        full = segments - len(lacing.lstrip(b"\xff"))
        self.whole = full < segments
        self.first = window.at(begin, sum(lacing[: full + 1]))


def load(window: Window) -> Audio:
    """Stream and comments; `Unusual` where they take more than a page each, or other streams are among them."""
    head = _Page(window, 0)
    info = _info(head)
    said = _Page(window, head.end)
    if said.serial != head.serial or said.flags & _CONTINUED or not said.whole or said.first[:8] != b"OpusTags":
        raise Unusual("comments elsewhere")
    comments, _ = _comments.read(said.first, 8)
    last = _Page(window, _last_page(window))
    if last.serial != head.serial or not last.flags & _LAST or last.position == -1:
        raise Unusual("another end")
    info.length = (last.position - info.length) / float(_RATE)
    info.bitrate = round((window.size - said.end) * 8 / info.length) if info.length else 0
    return Audio(info, comments)


def _info(page: _Page) -> Sound:
    """The stream; `length` is still the number of samples to skip."""
    mark, version, channels, skip, _, gain = _HEAD.unpack_from(page.first)
    if mark != b"OpusHead" or len(page.first) < _HEAD_SIZE or version >> 4 or not page.flags & _FIRST:
        raise Unusual("no beginning of Opus")
    return Sound(skip, 0, channels, output_gain=gain / 256)


def _last_page(window: Window) -> int:
    tail = window.end(_TAIL)
    index = tail.rfind(b"OggS")
    if index < 0:
        raise Unusual("no end of Ogg")
    return window.size - len(tail) + index
