"""Keyframes of an MP4 or QuickTime file from its own index, without the boxes that only say where the bytes lie.

The layout is ISO/IEC 14496-12: moov/trak/mdia/minf/stbl with stss (sync samples), stts and ctts (times), elst (edits);
for fragmented files mfra/tfra at the end, or sidx.
"""

import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from medley.adapters.media._matroska_index import NoIndex

_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}
_KEPT = {b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"stts", b"ctts", b"stss", b"elst", b"mvex"}
_LARGEST = 16 << 20  # of one box that is read whole
_BOXES = 4096  # looked at in one file
_SAMPLES = 1_000_000  # looked at where every frame is a keyframe: eleven hours at 25 a second
_LEAD_IN = 20_000  # samples looked at for the first frame behind a cut
_SPACING_MS = 250  # of the keyframes kept where every frame is one


class _Box(NamedTuple):
    kind: bytes
    start: int  # of its content
    end: int


class _Track(dict[bytes, bytes]):
    """The kept boxes of one trak, by name."""


def read_mp4(file: BinaryIO) -> tuple[list[int], int]:
    """Keyframe times in ms of the first video track, as FFmpeg counts them, and how many degrees clockwise the picture
    is to be turned. The list is empty when the file has no index; NoIndex when it has no video track."""
    size = file.seek(0, 2)
    movie, track = _first_video(file, size)
    scale, header = _timescale(track.get(b"mdhd", b"")), track.get(b"tkhd", b"")
    times: Iterable[int] = ()
    if scale and b"mvex" in movie:
        number = _u32(header, 20 if _long(header) else 12)
        times = (time * 1000 // scale for time in _fragments(file, size, number))
    elif scale and b"stts" in track:
        shift = _edit_shift(track, scale, _timescale(movie.get(b"mvhd", b"")))
        times = (max(0, (time + shift) * 1000 // scale) for time in _sync_times(track))
    return _spaced(times, 1 if b"stss" in track else _SPACING_MS), _rotation(header)


def _first_video(file: BinaryIO, size: int) -> tuple[_Track, _Track]:
    """The movie's own boxes and those of its first video track that is no cover picture."""
    movie, current = _Track(), _Track()
    tracks: list[_Track] = []
    for box in islice(_walk(file, 0, size), _BOXES):
        if box.kind == b"trak":
            current = _Track()
            tracks.append(current)
        elif box.kind in (b"mvhd", b"mvex"):
            movie[box.kind] = _content(file, box)
        elif box.kind in _KEPT and box.kind not in current:
            current[box.kind] = _content(file, box)
    for track in tracks:
        if track.get(b"hdlr", b"")[8:12] == b"vide":
            return movie, track
    raise NoIndex


def _walk(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    """Boxes depth first, entering only those that lead to the index."""
    at = start
    while at + 8 <= end:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        length, kind, skip = int.from_bytes(head[:4]), head[4:8], 8
        if length == 1 and len(head) == 16:
            length, skip = int.from_bytes(head[8:16]), 16
        elif length == 0:
            length = end - at
        if length < skip:
            return
        box = _Box(kind, at + skip, min(at + length, end))
        yield box
        if kind in _CONTAINERS:
            yield from _walk(file, box.start, box.end)
        at += length


def _content(file: BinaryIO, box: _Box) -> bytes:
    if box.end - box.start > _LARGEST:
        raise NoIndex
    file.seek(box.start)
    return file.read(box.end - box.start)


def _sync_times(track: _Track) -> Iterator[int]:
    """Presentation times of the sync samples, in units of the track; without a table of them every sample is one."""
    table = track.get(b"stss")
    numbers = range(1, _SAMPLES) if table is None else (entry[0] for entry in _entries(table, ">I"))
    return (shown for _, shown in _sample_times(track, numbers))


def _sample_times(track: _Track, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Decoding and presentation time of the samples with these rising numbers."""
    decode = _Runs(_entries(track[b"stts"], ">II"))
    offsets = _Runs(_entries(track[b"ctts"], ">Ii")) if b"ctts" in track else None
    for number in numbers:
        if not decode.seek(number):
            return
        time = decode.before(number)
        yield time, time + (offsets.value if offsets is not None and offsets.seek(number) else 0)


class _Runs:
    """A table of runs (count, value), read forwards."""

    def __init__(self, entries: Iterator[tuple[int, ...]]) -> None:
        self._entries = entries
        self._first, self._count, self._sum = 1, 0, 0
        self.value = 0  # of the sample sought last

    def seek(self, number: int) -> bool:
        """Go to sample `number` (from 1, never falling); False past the end."""
        while number >= self._first + self._count:
            run = next(self._entries, None)
            if run is None:
                return False
            self._sum += self._count * self.value
            self._first += self._count
            self._count, self.value = run
        return number >= self._first

    def before(self, number: int) -> int:
        """The sum of the values of all samples before the one sought last."""
        return self._sum + (number - self._first) * self.value


def _entries(table: bytes, layout: str) -> Iterator[tuple[int, ...]]:
    width = struct.calcsize(layout)
    count = max(0, min(_u32(table, 4), (len(table) - 8) // width))
    return struct.iter_unpack(layout, table[8 : 8 + count * width])


def _spaced(times: Iterable[int], spacing: int) -> list[int]:
    """The times in order, none closer than `spacing` to the one before it."""
    found: list[int] = []
    for time in times:
        if not found or time >= found[-1] + spacing:
            found.append(time)
    return found


def _edit_shift(track: _Track, scale: int, movie_scale: int) -> int:
    """What the edit list adds to every time: a leading empty edit delays, a media time cuts (8.6.6).

    A cut between two frames counts from the first frame behind it, as in FFmpeg.
    """
    table, shift = track.get(b"elst", b""), 0
    for duration, media_time, _ in _entries(table, ">QqI" if _long(table) else ">IiI"):
        if media_time >= 0:
            return shift - _first_shown(track, media_time)
        shift += duration * scale // movie_scale if movie_scale else 0
    return shift


def _first_shown(track: _Track, media_time: int) -> int:
    """The earliest presentation time at or after `media_time`."""
    found = None
    for decoded, shown in islice(_sample_times(track, range(1, _SAMPLES)), _LEAD_IN):
        if found is not None and decoded >= found:
            break
        if shown >= media_time and (found is None or shown < found):
            found = shown
    return media_time if found is None else found


def _fragments(file: BinaryIO, size: int, track: int) -> list[int]:
    """Of a fragmented file: the random access table at its end (8.8.10), in units of the track."""
    file.seek(max(0, size - 16))
    tail = file.read(16)
    length = int.from_bytes(tail[12:16]) if tail[4:8] == b"mfro" else 0
    if not 16 < length <= min(size, _LARGEST):
        return []
    for box in islice(_walk(file, size - length + 8, size), _BOXES):
        table = _content(file, box) if box.kind == b"tfra" else b""
        if _u32(table, 4) == track:
            return sorted(set(_tfra(table)))
    return []


def _tfra(table: bytes) -> Iterator[int]:
    sizes = _u32(table, 8)
    extra = sum((sizes >> shift & 3) + 1 for shift in (0, 2, 4))
    wide = table[0] == 1
    width = (16 if wide else 8) + extra
    for number in range(min(_u32(table, 12), (len(table) - 16) // width)):
        at = 16 + number * width
        yield int.from_bytes(table[at : at + (8 if wide else 4)])


def _long(box: bytes) -> bool:
    return box[:1] == b"\x01"


def _timescale(box: bytes) -> int:
    return _u32(box, 20 if _long(box) else 12)


def _rotation(tkhd: bytes) -> int:
    """Degrees clockwise, from the track's matrix; only quarter turns are told (8.3.2)."""
    at = 52 if _long(tkhd) else 40
    if len(tkhd) < at + 20:
        return 0
    a, b = struct.unpack(">ii", tkhd[at : at + 8])
    turns = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}
    return turns.get(((a > 0) - (a < 0), (b > 0) - (b < 0)), 0)


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4]) if len(data) >= at + 4 else 0
