"""Tar, plain or compressed with gzip, bzip2 or xz, as CBT uses it."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from medley.adapters.media._archive_base import ENTRIES, RATIO, RATIO_FREE, Archive, Bounded, Entry
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge

BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError)
OPENERS = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}


class TarArchive(Archive):
    """A tar file; a compressed one counts as solid, because going back means unpacking from the start."""

    format = "tar"

    def __init__(self, file: BinaryIO) -> None:
        plain, self.solid = _unpacked(file)
        try:
            self._tar = tarfile.open(fileobj=plain, mode="r:")  # noqa: SIM115 - reads from the caller's file
            entries = list(_entries(self._tar))
        except MedleyError:
            raise
        except BROKEN as error:
            raise InvalidInput(f"The tar file is damaged: {error}.") from error
        super().__init__(entries)

    def _open(self, entry: Entry) -> BinaryIO:
        try:
            stream = self._tar.extractfile(cast(tarfile.TarInfo, entry.handle))
        except BROKEN as error:
            raise InvalidInput(f"“{entry.name}” in the tar file is damaged: {error}.") from error
        return cast(BinaryIO, stream)


def _unpacked(file: BinaryIO) -> tuple[BinaryIO, bool]:
    magic = file.read(2)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    opener = OPENERS.get(magic)
    if opener is None:
        return file, False
    bounded = Bounded(cast(BinaryIO, opener(file, "rb")), max(RATIO_FREE, size * RATIO))
    return cast(BinaryIO, io.BufferedReader(bounded)), True


def _entries(archive: tarfile.TarFile) -> Iterator[Entry]:
    for count, info in enumerate(archive):
        if count >= ENTRIES:
            raise TooLarge(f"The archive has more than {ENTRIES:,} entries, so it is not read.")
        if info.isreg():
            yield Entry(info.name.removeprefix("./"), info.size, 0, info)
