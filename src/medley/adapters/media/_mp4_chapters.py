"""Chapters in MP4: Nero's `chpl` atom, and the text track that QuickTime and Apple's players use.

QuickTime File Format: a sound track's `tref/chap` names a text track; each of its samples is a chapter's title and
lasts as long as the chapter. Nero's list ends at 255 chapters, so the longer of the two is taken.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

Starts = list[tuple[int, str]]  # milliseconds, title

_MOST = 10_000  # chapters of one file
_LONGEST_TITLE = 4096


def starts(atoms: Any, fileobj: Any) -> Starts:
    """The chapters' beginnings; what cannot be read is left out, for no list of chapters is worth a file."""
    if b"moov" not in atoms:
        return []
    moov = atoms[b"moov"]
    nero = _tried(_nero, moov, fileobj) if _child(moov, b"udta", b"chpl") is not None else []
    return max(nero, _tried(_quicktime, moov, fileobj), key=len)


def _tried(read: Callable[[Any, Any], Starts], moov: Any, fileobj: Any) -> Starts:
    try:
        return read(moov, fileobj)
    except (struct.error, IndexError, ValueError, ZeroDivisionError, OSError):
        return []


def _nero(moov: Any, fileobj: Any) -> Starts:
    """version, flags, (version 1: 4 reserved bytes), count, then 100 ns units, length and UTF-8 of each title."""
    data = _payload(_child(moov, b"udta", b"chpl"), fileobj)
    position = 9 if data[0] else 5
    count = data[position - 1]
    found: Starts = []
    for _ in range(count):
        (start,) = struct.unpack_from(">Q", data, position)
        length = data[position + 8]
        title = data[position + 9 : position + 9 + length]
        found.append((start // 10_000, title.decode("utf-8", "replace")))
        position += 9 + length
    return found


def _chapter_track(moov: Any, fileobj: Any) -> Any:
    """The track that another names as its chapters; a picture track may be named beside it."""
    wanted: set[int] = set()
    for track in moov.findall(b"trak"):
        if (reference := _child(track, b"tref")) is not None:
            wanted.update(_referred(_payload(reference, fileobj)))
    if not wanted:
        return None
    for track in moov.findall(b"trak"):
        if _track_id(_payload(_child(track, b"tkhd"), fileobj)) in wanted and _is_text(track, fileobj):
            return track
    return None


def _referred(tref: bytes) -> Iterable[int]:
    """The track numbers in the `chap` box among the boxes of a `tref`."""
    position = 0
    while position + 8 <= len(tref):
        size, kind = struct.unpack_from(">I4s", tref, position)
        if kind == b"chap":
            yield from struct.unpack_from(f">{(size - 8) // 4}I", tref, position + 8)
        position += max(size, 8)


def _track_id(tkhd: bytes) -> int:
    return struct.unpack_from(">I", tkhd, 20 if tkhd[0] else 12)[0]


def _is_text(track: Any, fileobj: Any) -> bool:
    return _payload(_child(track, b"mdia", b"hdlr"), fileobj)[8:12] in (b"text", b"sbtl")


def _quicktime(moov: Any, fileobj: Any) -> Starts:
    track = _chapter_track(moov, fileobj)
    if track is None:
        return []
    media = _child(track, b"mdia")
    table = _child(media, b"minf", b"stbl")
    timescale = _timescale(_payload(_child(media, b"mdhd"), fileobj))
    durations = islice(_durations(_payload(_child(table, b"stts"), fileobj)), _MOST)
    found: Starts = []
    time = 0
    for duration, (offset, size) in zip(durations, _samples(table, fileobj), strict=False):
        title = _title(fileobj, offset, size)
        if title or duration:
            found.append((time * 1000 // timescale, title))
        time += duration
    return found


def _title(fileobj: Any, offset: int, size: int) -> str:
    fileobj.seek(offset)
    data = fileobj.read(min(size, _LONGEST_TITLE))
    (length,) = struct.unpack_from(">H", data)
    text = data[2 : 2 + length]
    return text.decode("utf-16" if text[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace").strip("\0 ")


def _timescale(mdhd: bytes) -> int:
    return struct.unpack_from(">I", mdhd, 20 if mdhd[0] else 12)[0]


def _durations(stts: bytes) -> Iterator[int]:
    (entries,) = struct.unpack_from(">I", stts, 4)
    for entry in range(entries):
        count, duration = struct.unpack_from(">2I", stts, 8 + entry * 8)
        for _ in range(count):
            yield duration


def _samples(table: Any, fileobj: Any) -> Iterator[tuple[int, int]]:
    """(offset, size) of each sample: sizes from `stsz`, laid out in chunks by `stsc` and `stco`/`co64`."""
    sizes = _sizes(_payload(_child(table, b"stsz"), fileobj))
    runs = _payload(_child(table, b"stsc"), fileobj)
    per_chunk = _per_chunk(runs)
    for chunk, offset in enumerate(_offsets(table, fileobj), start=1):
        for _ in range(per_chunk(chunk)):
            size = next(sizes, None)
            if size is None:
                return
            yield offset, size
            offset += size


def _sizes(stsz: bytes) -> Iterator[int]:
    fixed, count = struct.unpack_from(">2I", stsz, 4)
    for sample in range(min(count, _MOST)):
        yield fixed or struct.unpack_from(">I", stsz, 12 + sample * 4)[0]


def _per_chunk(stsc: bytes) -> Callable[[int], int]:
    (count,) = struct.unpack_from(">I", stsc, 4)
    runs = [struct.unpack_from(">2I", stsc, 8 + run * 12) for run in range(min(count, _MOST))]

    def samples(chunk: int) -> int:
        return next((number for first, number in reversed(runs) if first <= chunk), 0)

    return samples


def _offsets(table: Any, fileobj: Any) -> Iterator[int]:
    wide = _child(table, b"co64")
    data = _payload(wide if wide is not None else _child(table, b"stco"), fileobj)
    (count,) = struct.unpack_from(">I", data, 4)
    form, width = (">Q", 8) if wide is not None else (">I", 4)
    for chunk in range(min(count, _MOST)):
        yield struct.unpack_from(form, data, 8 + chunk * width)[0]


def _child(atom: Any, *path: bytes) -> Any:
    for name in path:
        atom = next(atom.findall(name), None) if atom is not None and atom.children else None
    return atom


def _payload(atom: Any, fileobj: Any) -> bytes:
    if atom is None:
        raise ValueError("an atom of the chapter track is missing")
    ok, data = atom.read(fileobj)
    if not ok:
        raise ValueError("an atom of the chapter track is cut short")
    return data
