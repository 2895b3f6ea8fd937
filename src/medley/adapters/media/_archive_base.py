"""What every archive has in common: names that are safe, and reading that ends."""

import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple, Self

from medley.kernel.errors import InvalidInput, MedleyError, NotFound, TooLarge

ENTRIES = 100_000
ENTRY_BYTES = 512 * 1024 * 1024
RATIO = 200  # unpacked to packed; deflate cannot honestly pass about 1030, and pictures and text stay below 100
RATIO_FREE = 10 * 1024 * 1024  # small files may be as repetitive as they like
CHUNK = 256 * 1024


class Entry(NamedTuple):
    """A regular file in an archive; `packed` is 0 where the format does not say."""

    name: str
    size: int
    packed: int
    handle: object  # what the format's library calls it


class Archive(ABC):
    """A uniform, read-only view: regular files with harmless names, in the archive's order."""

    format = ""
    solid = False  # reading one entry unpacks those before it; a caller that wants many should ask for them at once

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        for count, entry in enumerate(entries):
            if count >= ENTRIES:
                raise TooLarge(f"The archive has more than {ENTRIES:,} entries, so it is not read.")
            if harmless(entry.name):
                self._entries.setdefault(entry.name, entry)

    def names(self) -> list[str]:
        """The names of the files, `/` between folders."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """The unpacked size in bytes that the archive claims for `name`."""
        return self._entry(name).size

    def read(self, name: str, limit: int = ENTRY_BYTES) -> bytes:
        """All bytes of `name`; TooLarge above `limit` or when it unpacks suspiciously far."""
        entry = self._entry(name)
        limit = min(limit, ENTRY_BYTES)
        if entry.size > limit:
            raise TooLarge(f"“{name}” in the archive has {entry.size:,} bytes; at most {limit:,} are read.")
        try:
            with self._open(entry) as stream:
                return read_bounded(stream, limit, entry.packed, name)
        except MedleyError:
            raise
        except Exception as error:
            raise InvalidInput(f"“{name}” in the archive is damaged or incomplete: {error}.") from error

    def heads(self, names: list[str], count: int) -> Iterator[tuple[str, bytes]]:
        """The first `count` bytes of each of `names`, in whatever order is cheapest; unreadable ones are left out."""
        for name in names:
            try:
                with self._open(self._entry(name)) as stream:
                    yield name, stream.read(count)
            except Exception:  # noqa: S112 - one broken page must not hide the others, whatever a library raises
                continue

    def close(self) -> None:  # noqa: B027 - most formats hold nothing open beyond the caller's file
        """Let go of what the format's library holds; the caller's file stays open."""

    @abstractmethod
    def _open(self, entry: Entry) -> BinaryIO: ...

    def _entry(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except KeyError:
            raise NotFound(f"There is no “{name}” in the archive.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def harmless(name: str) -> bool:
    """Whether a name stays inside the archive: relative, no `..`, no drive, printable, not absurdly long."""
    if not name or name[0] in "/\\" or len(name) > 4096 or ":" in name[:3] or not name.isprintable():
        return False
    return ".." not in name.replace("\\", "/").split("/")


def read_bounded(stream: BinaryIO, limit: int, packed: int, name: str) -> bytes:
    """Everything from `stream`, refusing more than `limit` bytes or more than `RATIO` times `packed`."""
    allowed = min(limit, max(RATIO_FREE, packed * RATIO)) if packed else limit
    out = io.BytesIO()
    while chunk := stream.read(min(CHUNK, allowed + 1 - out.tell())):
        out.write(chunk)
        if out.tell() > allowed:
            raise TooLarge(f"“{name}” unpacks to far more than it should; it may be a decompression bomb.")
    return out.getvalue()


class Bounded(io.RawIOBase):
    """A decompressing stream that refuses to go further than `limit` bytes, so that looking for the end ends."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit = stream, limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence != io.SEEK_END:
            self._check(offset + (self._stream.tell() if whence == io.SEEK_CUR else 0))
        else:
            raise InvalidInput("The end of a compressed archive is not known beforehand.")
        return self._stream.seek(offset, whence)

    def readinto(self, buffer) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._check(self._stream.tell())
        return len(data)

    def _check(self, position: int) -> None:
        if position > self._limit:
            raise TooLarge("The archive unpacks to far more than it should; it may be a decompression bomb.")
