"""The folder of one podcast below its source: the one way in which this room writes there.

Every name is opened from the folder's descriptor and no link is followed, so nothing is written outside of it.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from medley.kernel.errors import MedleyError, Unavailable
from medley.kernel.files import from_text

TRASH = ".medley-trash"  # below the source; scans do not look into names with a dot
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_RESERVE = 256 << 20  # bytes that stay free on the disk


class Place:
    """A folder, open for writing; made where it is not there yet. Failures are `Unavailable`."""

    def __init__(self, root: str, folder: str) -> None:
        self._root = os.fsdecode(from_text(root))
        self._name = folder
        self._fd = -1

    def __enter__(self) -> "Place":
        with self._explained():
            root = os.open(self._root, _FOLDER)
            try:
                self._fd = _child(root, self._name)
            finally:
                os.close(root)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    def size(self, name: str) -> int | None:
        """Bytes of a file; None where there is none."""
        try:
            return os.stat(name, dir_fd=self._fd, follow_symlinks=False).st_size
        except OSError:
            return None

    def read(self, name: str, most: int = 1 << 20) -> bytes | None:
        """The first bytes of a file; None where there is none."""
        try:
            with open(os.open(name, _READ, dir_fd=self._fd), "rb") as file:
                return file.read(most)
        except OSError:
            return None

    def names(self) -> set[str]:
        """What lies in the folder, in lower case: not every file system tells cases apart."""
        with self._explained():
            return {each.lower() for each in os.listdir(self._fd)}

    @contextmanager
    def appending(self, name: str, at: int) -> Iterator[BinaryIO]:
        """A file to go on with from byte `at`; on the disk at the end, however the block is left."""
        with self._explained():
            opened = os.open(name, _WRITE, 0o644, dir_fd=self._fd)
            with open(opened, "wb", buffering=0) as file:
                file.truncate(at)
                file.seek(at)
                try:
                    yield file  # pyright: ignore[reportReturnType] - unbuffered, and complete for our purpose
                finally:
                    os.fsync(file.fileno())

    def write(self, name: str, data: bytes) -> None:
        """A whole file, there or not there but never half."""
        half = f".{name[:100]}.part"
        with self.appending(half, 0) as file:
            file.write(data)
        self.rename(half, name)

    def rename(self, before: str, after: str) -> None:
        with self._explained():
            os.rename(before, after, src_dir_fd=self._fd, dst_dir_fd=self._fd)
            os.fsync(self._fd)

    def remove(self, name: str) -> None:
        with self._explained(), contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._fd)

    def trash(self, name: str, under: str, now_ms: int) -> None:
        """Move a file into the source's trash as `under`; its time tells when."""
        with self._explained():
            root = os.open(self._root, _FOLDER)
            try:
                trash = _child(root, TRASH)
            finally:
                os.close(root)
            try:
                with contextlib.suppress(FileNotFoundError):
                    os.rename(name, under, src_dir_fd=self._fd, dst_dir_fd=trash)
                    os.utime(under, (now_ms / 1000, now_ms / 1000), dir_fd=trash, follow_symlinks=False)
            finally:
                os.close(trash)

    def check_room(self, needed: int) -> None:
        """`Unavailable` where `needed` bytes would fill the disk."""
        with self._explained():
            disk = os.fstatvfs(self._fd)
        free = disk.f_bavail * disk.f_frsize
        if free < needed + _RESERVE:
            raise Unavailable(
                f"The disk of {self._root} has {free >> 20:,} MiB left.", hint="Free some space; it is tried again."
            )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except MedleyError:
            raise
        except OSError as error:
            raise Unavailable(
                f"The folder “{self._name}” in {self._root} cannot be written: {error.strerror}.",
                hint="Free some space, or give Medley's user the right to write there.",
            ) from error


def empty_trash(root: str, before_ms: int) -> int:
    """Delete what lies in a source's trash since before a moment; how many files that were."""
    trash = Path(os.fsdecode(from_text(root))) / TRASH
    many = 0
    with contextlib.suppress(OSError):
        if trash.is_symlink():
            return 0
        for each in list(os.scandir(trash)):
            if each.is_file(follow_symlinks=False) and each.stat(follow_symlinks=False).st_mtime * 1000 < before_ms:
                Path(each.path).unlink()
                many += 1
    return many


def _child(parent: int, name: str) -> int:
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, 0o755, dir_fd=parent)
    return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=parent)
