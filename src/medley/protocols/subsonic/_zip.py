"""A ZIP that is sent while it is made: stored, as music is packed already, with one piece in memory at a time."""

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from medley.kernel.errors import MedleyError

_PIECE = 256 << 10
_FIRST_YEAR = 1980


@dataclass(frozen=True, slots=True)
class Member:
    """One file; `open` may fail with a `MedleyError`, and then it is left out."""

    name: str
    mtime_ms: int
    open: Callable[[], BinaryIO]


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of the archive. Names that come again get a number."""
    out = _Out()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for member in members:
            try:
                file = member.open()
            except MedleyError:
                continue
            with file:
                yield from _one(archive, out, file, _info(_own(member.name, taken), member.mtime_ms))
    yield out.taken()


def _one(archive: zipfile.ZipFile, out: "_Out", file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info, "w", force_zip64=True) as inside:
        while data := file.read(_PIECE):
            inside.write(data)
            yield out.taken()
    yield out.taken()


def _info(name: str, mtime_ms: int) -> zipfile.ZipInfo:
    when = time.gmtime(max(0, mtime_ms) // 1000)
    date = when[:6] if when.tm_year >= _FIRST_YEAR else (_FIRST_YEAR, 1, 1, 0, 0, 0)
    return zipfile.ZipInfo(name, date)


def _own(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    mine, number = name, 1
    while mine.casefold() in taken:  # some systems hold a and A for the same
        number += 1
        mine = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    taken.add(mine.casefold())
    return mine


class _Out(io.RawIOBase):
    """What `zipfile` writes to: it cannot be sought in, so sizes and checksums follow each file."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
