"""Fragmented MP4, as far as cutting needs it: read tracks and samples, write a fragment. ISO/IEC 14496-12.

Box layouts: `trak` 8.3.1, `tkhd` 8.3.2, `mdhd` 8.4.2, `hdlr` 8.4.3, `trex` 8.8.3, `tfhd` 8.8.7, `trun` 8.8.8,
`tfdt` 8.8.12.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from struct import Struct, pack, unpack_from

_NOT_SYNC = 0x10000  # of the sample flags, 8.8.3.1
_ROW = Struct(">IIIi")  # duration, size, flags, composition time offset
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Track:
    """One track of the `moov`; `timescale` in ticks a second; `defaults` = duration, size, flags from `trex`."""

    id: int
    video: bool
    timescale: int
    defaults: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame. `dts` and `pts` in ticks of its track."""

    track: int
    dts: int
    pts: int
    duration: int
    flags: int
    data: bytes

    @property
    def key(self) -> bool:
        """Whether decoding can begin here."""
        return not self.flags & _NOT_SYNC


class Boxes:
    """Top-level boxes out of a byte stream that comes in pieces."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The (type, whole box) pairs that are complete now. Raises ValueError for what cannot be a box."""
        self._buffer += data
        start = 0
        while (size := self._size(start)) and start + size <= len(self._buffer):
            yield bytes(self._buffer[start + 4 : start + 8]), bytes(self._buffer[start : start + size])
            start += size
        del self._buffer[:start]

    def _size(self, start: int) -> int:
        if start + 16 > len(self._buffer):
            return 0
        (size,) = unpack_from(">I", self._buffer, start)
        if size == 1:
            (size,) = unpack_from(">Q", self._buffer, start + 8)
        if not 8 <= size <= _LARGEST:
            raise ValueError(f"a box of {size} bytes")
        return size


def tracks(moov: bytes) -> dict[int, Track]:
    """The tracks by id."""
    found = [_track(moov, start, end) for name, start, end in _children(moov, 8, len(moov)) if name == b"trak"]
    defaults = {}
    for _, start, end in _all(moov, b"mvex", 8, len(moov)):
        for _, inner, _ in _all(moov, b"trex", start, end):
            identity, _, *values = unpack_from(">5I", moov, inner + 4)
            defaults[identity] = tuple(values)
    return {track.id: replace(track, defaults=defaults.get(track.id, (0, 0, 0))) for track in found}


def samples(moof: bytes, mdat: bytes, known: dict[int, Track]) -> Iterator[Sample]:
    """The samples of one fragment whose `tfhd` says default-base-is-moof and whose `tfdt` is there."""
    for _, start, end in _all(moof, b"traf", 8, len(moof)):
        boxes = {name: inner for name, inner, _ in _children(moof, start, end) if name != b"trun"}
        identity, defaults = _header(moof, boxes[b"tfhd"], known)
        (dts,) = unpack_from(">Q" if moof[boxes[b"tfdt"]] else ">I", moof, boxes[b"tfdt"] + 4)
        for _, run, _ in _all(moof, b"trun", start, end):
            for sample in _run(moof, run, mdat, identity, dts, defaults):
                dts = sample.dts + sample.duration
                yield sample


def fragment(number: int, parts: Sequence[tuple[int, Sequence[Sample]]]) -> bytes:
    """One `moof` and `mdat` with the samples of each track id, in decode order; `tfdt` is the first one's `dts`."""
    size = 8 + 16 + sum(_traf_size(len(held)) for _, held in parts)
    offset, trafs = size + 8, []
    for identity, held in parts:
        trafs.append(_traf(identity, held, offset))
        offset += sum(len(sample.data) for sample in held)
    moof = _box(b"moof", _box(b"mfhd", pack(">II", 0, number + 1)), *trafs)
    assert len(moof) == size
    return b"".join((moof, pack(">I4s", offset - size, b"mdat"), *(s.data for _, held in parts for s in held)))


def _children(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start of content, end) of the boxes between two offsets."""
    while start + 8 <= end:
        size, name = unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            raise ValueError("a box that does not fit into its parent")
        yield name, start + 8, start + size
        start += size


def _all(data: bytes, wanted: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    return (box for box in _children(data, start, end) if box[0] == wanted)


def _track(moov: bytes, start: int, end: int) -> Track:
    tkhd = next(_all(moov, b"tkhd", start, end))[1]
    (identity,) = unpack_from(">I", moov, tkhd + (20 if moov[tkhd] else 12))
    _, inner, inner_end = next(_all(moov, b"mdia", start, end))
    mdhd = next(_all(moov, b"mdhd", inner, inner_end))[1]
    (timescale,) = unpack_from(">I", moov, mdhd + (20 if moov[mdhd] else 12))
    hdlr = next(_all(moov, b"hdlr", inner, inner_end))[1]
    return Track(identity, moov[hdlr + 8 : hdlr + 12] == b"vide", timescale)


def _header(moof: bytes, at: int, known: dict[int, Track]) -> tuple[int, tuple[int, int, int]]:
    flags, identity = unpack_from(">II", moof, at)
    at += 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    defaults = list(known[identity].defaults)
    for place, bit in enumerate((0x8, 0x10, 0x20)):
        if flags & bit:
            (defaults[place],) = unpack_from(">I", moof, at)
            at += 4
    return identity, (defaults[0], defaults[1], defaults[2])


def _run(
    moof: bytes, at: int, mdat: bytes, identity: int, dts: int, defaults: tuple[int, int, int]
) -> Iterator[Sample]:
    flags, count, offset = unpack_from(">IIi", moof, at)
    if not flags & 0x1:
        raise ValueError("a run of samples that does not say where its data is")
    at += 12
    first_flags = None
    if flags & 0x4:
        (first_flags,) = unpack_from(">I", moof, at)
        at += 4
    offset -= len(moof)
    for place in range(count):
        values = [*defaults, 0]
        for column, bit in enumerate((0x100, 0x200, 0x400, 0x800)):
            if flags & bit:
                (values[column],) = unpack_from(">i" if column == 3 else ">I", moof, at)
                at += 4
        duration, size, sample_flags, shift = values
        if first_flags is not None and place == 0:
            sample_flags = first_flags
        yield Sample(identity, dts, dts + shift, duration, sample_flags, mdat[offset : offset + size])
        dts += duration
        offset += size


def _traf_size(count: int) -> int:
    return 8 + 16 + 20 + 20 + _ROW.size * count


def _traf(identity: int, held: Sequence[Sample], offset: int) -> bytes:
    rows = b"".join(_ROW.pack(s.duration, len(s.data), s.flags, s.pts - s.dts) for s in held)
    tfhd = _box(b"tfhd", pack(">II", 0x020000, identity))
    tfdt = _box(b"tfdt", pack(">IQ", 1 << 24, held[0].dts))
    return _box(b"traf", tfhd, tfdt, _box(b"trun", pack(">IIi", 1 << 24 | 0xF01, len(held), offset), rows))


def _box(name: bytes, *content: bytes) -> bytes:
    return pack(">I4s", 8 + sum(map(len, content)), name) + b"".join(content)
