"""ZIP (APPNOTE 6.3.10), as comics, EPUB and FB2 use it."""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from medley.adapters.media._archive_base import Archive, Entry
from medley.kernel.errors import InvalidInput, TooLarge, Unsupported

DIRECTORY = 64 * 1024 * 1024  # bytes of central directory: zipfile loads all of it before anyone can count entries
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError, RuntimeError)


class ZipArchive(Archive):
    """A ZIP file."""

    format = "zip"

    def __init__(self, file: BinaryIO) -> None:
        _refuse_huge_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except NotImplementedError as error:
            raise Unsupported(f"The ZIP file is of a kind that cannot be read: {error}.") from error
        except BROKEN as error:
            raise InvalidInput(f"The ZIP file is damaged: {error}.") from error
        super().__init__(_entries(self._zip))

    def _open(self, entry: Entry) -> BinaryIO:
        info = cast(zipfile.ZipInfo, entry.handle)
        if info.flag_bits & 0x1:
            raise Unsupported(f"“{entry.name}” is protected by a password.", hint="Store the archive without one.")
        try:
            return cast(BinaryIO, self._zip.open(info))
        except NotImplementedError as error:
            raise Unsupported(f"“{entry.name}” is compressed in a way that cannot be read: {error}.") from error
        except BROKEN as error:
            raise InvalidInput(f"“{entry.name}” in the ZIP file is damaged: {error}.") from error


def _entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    for info in archive.infolist():
        mode = info.external_attr >> 16
        if info.is_dir() or (mode and stat.S_ISLNK(mode)):
            continue
        yield Entry(_name(info), info.file_size, info.compress_size, info)


def _name(info: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 without saying so; zipfile has then read it as code page 437."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except ValueError:
            pass
    return name.replace("\\", "/")


def _refuse_huge_directory(file: BinaryIO) -> None:
    """Raise TooLarge when the end record claims an enormous central directory (APPNOTE 4.3.14–4.3.16)."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    big = tail.rfind(b"PK\x06\x06")
    claimed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if claimed == 0xFFFFFFFF and big >= 0:
        claimed = int.from_bytes(tail[big + 40 : big + 48], "little")
    if claimed > DIRECTORY:
        raise TooLarge("The ZIP file's list of entries is too large to be read.")
