"""7-Zip, as CB7 uses it, by way of py7zr."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import py7zr
from py7zr.io import Py7zIO, WriterFactory

from medley.adapters.media._archive_base import ENTRY_BYTES, RATIO, RATIO_FREE, Archive, Entry
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge, Unsupported


class SevenArchive(Archive):
    """A 7z file. It is usually solid: one entry costs as much as all before it."""

    format = "7z"
    solid = True

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        packed = file.seek(0, io.SEEK_END)
        with _opened(file) as archive:
            if archive.needs_password():
                raise Unsupported("The 7z file is protected by a password.", hint="Store the archive without one.")
            entries = [
                Entry(info.filename, info.uncompressed or 0, packed, info.filename)
                for info in archive.list()
                if not info.is_directory and not getattr(info, "is_symlink", False)
            ]
        if sum(entry.size for entry in entries) > max(RATIO_FREE, packed * RATIO):
            raise TooLarge("The archive unpacks to far more than it should; it may be a decompression bomb.")
        super().__init__(entries)

    def heads(self, names: list[str], count: int) -> Iterator[tuple[str, bytes]]:
        yield from self._extract(names, count, strict=False).items()

    def _open(self, entry: Entry) -> BinaryIO:
        data = self._extract([entry.name], ENTRY_BYTES, strict=True).get(entry.name)
        if data is None:
            raise InvalidInput(f"“{entry.name}” in the 7z file cannot be unpacked.")
        return io.BytesIO(data)

    def _extract(self, names: list[str], count: int, *, strict: bool) -> dict[str, bytes]:
        sinks = _Sinks(count)
        try:
            with _opened(self._file) as archive:
                archive.extract(targets=names, factory=sinks)
        except MedleyError:
            raise
        except Exception as error:
            if strict:
                raise InvalidInput(f"The 7z file is damaged: {error}.") from error
        return {name: sink.kept.getvalue() for name, sink in sinks.made.items()}


class _Sink(Py7zIO):
    """Keeps the first `count` bytes of an entry and forgets the rest."""

    def __init__(self, count: int) -> None:
        self.kept = io.BytesIO()
        self._left = count
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        self.kept.write(s[: self._left])
        self._left -= min(self._left, len(s))
        self._size += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return self.kept.read(size if size is not None else -1)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.kept.seek(offset, whence)

    def flush(self) -> None:
        return

    def size(self) -> int:
        return self._size


class _Sinks(WriterFactory):
    def __init__(self, count: int) -> None:
        self.made: dict[str, _Sink] = {}
        self._count = count

    def create(self, filename: str) -> Py7zIO:
        return self.made.setdefault(filename, _Sink(self._count))


def _opened(file: BinaryIO) -> py7zr.SevenZipFile:
    file.seek(0)
    try:
        return py7zr.SevenZipFile(file, "r")
    except Exception as error:
        raise InvalidInput(f"The 7z file is damaged or of an unknown kind: {error}.") from error
