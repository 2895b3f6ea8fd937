"""Keyframes of a Matroska file from its own index, reading kilobytes.

The layout is RFC 9559 (Matroska) on RFC 8794 (EBML): SeekHead (5.1.1) points to Cues (5.1.5), CueTime counts in
TimestampScale nanoseconds.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

_EBML, _SEGMENT, _SEEK_HEAD, _INFO, _TRACKS, _CUES, _CLUSTER = (
    0x1A45DFA3, 0x18538067, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675,
)  # fmt: skip
_SEEK, _SEEK_ID, _SEEK_POSITION = 0x4DBB, 0x53AB, 0x53AC
_SCALE = 0x2AD7B1
_TRACK_ENTRY, _TRACK_NUMBER, _TRACK_TYPE, _VIDEO, _PROJECTION, _ROLL = 0xAE, 0xD7, 0x83, 0xE0, 0x7670, 0x7675
_CUE_POINT, _CUE_TIME, _CUE_TRACK_POSITIONS, _CUE_TRACK = 0xBB, 0xB3, 0xB7, 0xF7
_LARGEST = 16 << 20  # of one element that is read whole; the cues of a day-long film stay below 4 MB
_HEADERS = 64  # top-level elements looked at before the first cluster


class NoIndex(Exception):
    """The file has no index that can be used."""


def read_matroska(file: BinaryIO) -> tuple[list[int], int]:
    """The start of every keyframe that the cues name for the first video track, in ms, and how many degrees clockwise
    the picture is to be turned. The list is empty when there are no cues; NoIndex when this is not Matroska."""
    start, info, tracks, cues_at = _headers(file)
    video = _video_track(tracks)
    track, rotation = _number(_child(video, _TRACK_NUMBER), 0), _rotation(video)
    if cues_at is None:
        return [], rotation
    scale = _number(_child(info, _SCALE), 1_000_000)
    file.seek(start + cues_at)
    identifier, size = _header(file)
    cues = _whole(file, size) if identifier == _CUES else b""
    return sorted({time * scale // 1_000_000 for time in _cue_times(cues, track)}), rotation


def _headers(file: BinaryIO) -> tuple[int, bytes, bytes, int | None]:
    """Where the segment's content starts, its Info and Tracks, and the place of its Cues relative to that start."""
    identifier, size = _header(file)
    if identifier != _EBML or size > 4096:
        raise NoIndex
    file.seek(size, 1)
    identifier, _ = _header(file)
    if identifier != _SEGMENT:
        raise NoIndex
    start, info, tracks, cues_at = file.tell(), b"", b"", None
    for _ in range(_HEADERS):
        at = file.tell() - start
        identifier, size = _header(file)
        if identifier == _CLUSTER:
            break
        if identifier == _CUES:
            cues_at = at
        if identifier not in (_SEEK_HEAD, _INFO, _TRACKS):
            file.seek(size, 1)
            continue
        content = _whole(file, size)
        if identifier == _INFO:
            info = content
        elif identifier == _TRACKS:
            tracks = content
        elif cues_at is None:
            cues_at = _seek_position(content)
    return start, info, tracks, cues_at


def _seek_position(seek_head: bytes) -> int | None:
    for identifier, seek in _elements(seek_head):
        if identifier == _SEEK and int.from_bytes(_child(seek, _SEEK_ID)) == _CUES:
            return _number(_child(seek, _SEEK_POSITION), 0)
    return None


def _video_track(tracks: bytes) -> bytes:
    for identifier, entry in _elements(tracks):
        if identifier == _TRACK_ENTRY and _number(_child(entry, _TRACK_TYPE), 0) == 1:
            return entry
    raise NoIndex


def _rotation(track: bytes) -> int:
    """Matroska's roll is counter-clockwise; only quarter turns are told."""
    roll = _child(_child(_child(track, _VIDEO), _PROJECTION), _ROLL)
    if len(roll) not in (4, 8):
        return 0
    (degrees,) = struct.unpack(">f" if len(roll) == 4 else ">d", roll)
    return -round(degrees) % 360 if degrees in (-180.0, -90.0, 90.0, 180.0) else 0


def _cue_times(cues: bytes, track: int) -> Iterator[int]:
    for identifier, point in _elements(cues):
        if identifier != _CUE_POINT:
            continue
        for inner, positions in _elements(point):
            if inner == _CUE_TRACK_POSITIONS and _number(_child(positions, _CUE_TRACK), 0) == track:
                yield _number(_child(point, _CUE_TIME), 0)
                break


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements of a master element's content; ends quietly where the data is broken."""
    at, end = 0, len(data)
    while at < end:
        identifier, at = _vint(data, at, keep_marker=True)
        size, at = _vint(data, at, keep_marker=False)
        if at < 0 or size < 0 or at + size > end:
            return
        yield identifier, data[at : at + size]
        at += size


def _child(data: bytes, wanted: int) -> bytes:
    return next((content for identifier, content in _elements(data) if identifier == wanted), b"")


def _number(data: bytes, otherwise: int) -> int:
    return int.from_bytes(data) if 0 < len(data) <= 8 else otherwise


def _vint(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """RFC 8794, 4.4; (-1, -1) when the data ends or the number is malformed."""
    if at < 0 or at >= len(data) or not data[at]:
        return -1, -1
    length = 9 - data[at].bit_length()
    if at + length > len(data):
        return -1, -1
    value = int.from_bytes(data[at : at + length])
    return (value if keep_marker else value & ((1 << 7 * length) - 1)), at + length


def _header(file: BinaryIO) -> tuple[int, int]:
    """Identifier and size of the element at the file's position, which then is at its content."""
    at, head = file.tell(), file.read(12)
    identifier, after = _vint(head, 0, keep_marker=True)
    size, end = _vint(head, after, keep_marker=False)
    if end < 0:
        raise NoIndex
    file.seek(at + end)
    return identifier, size


def _whole(file: BinaryIO, size: int) -> bytes:
    if size > _LARGEST:
        raise NoIndex
    return file.read(size)
