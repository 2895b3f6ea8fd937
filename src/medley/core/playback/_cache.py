"""Segments on disk: named by content, bounded, whole or not there."""

import fcntl
import itertools
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

# What was just handed out is about to be opened by the server.
_GRACE_S = 10.0
_PART = ".part"


class SegmentCache:
    """Files below one folder, found by `(key, name)`; the least recently used go when they exceed `max_bytes`.

    The folder is the truth: what another process put there is found too. A file appears by a rename, so a killed
    process leaves no half segment. Its methods touch the disk; all may be called from any thread.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._sizes: OrderedDict[str, int] = OrderedDict()  # least recently used first
        self._given: dict[str, float] = {}
        self._total = 0
        self._lock = threading.Lock()
        self._serial = itertools.count()
        self._opened = False

    @property
    def total_bytes(self) -> int:
        """How much is held, as far as this process knows."""
        return self._total

    def open(self) -> None:
        """Learn what is there, and clear what a killed process left. Needed once; `put` does it otherwise."""
        with self._lock:
            if not self._opened:
                self._opened = True
                self._learn()

    def has(self, key: str, name: str) -> bool:
        """Whether it is there, without counting as a use."""
        return _size(self._folder / key / name) > 0

    def find(self, key: str, name: str) -> Path | None:
        """Where it is, if it is there; it stays for some seconds at least."""
        path = self._folder / key / name
        size = _size(path)
        if size <= 0:
            return None
        with self._lock:
            self._use(f"{key}/{name}", size)
            self._given[f"{key}/{name}"] = time.monotonic()
        return path

    def put(self, key: str, name: str, data: bytes) -> Path:
        """Keep `data` under this name, whole. Raises OSError."""
        try:
            return self._write(key, name, data)
        except FileNotFoundError:  # another process, starting, cleared the folder while it was empty
            return self._write(key, name, data)

    def part(self, key: str, name: str) -> "Part":
        """Begin a file of this name, to be written piece by piece. Raises OSError."""
        self.open()
        path = self._folder / key / name
        path.parent.mkdir(parents=True, exist_ok=True)
        here = path.with_name(f".{path.name}.{os.getpid()}.{next(self._serial)}{_PART}")
        return Part(here, lambda: self._keep(here, path, f"{key}/{name}"))

    def _write(self, key: str, name: str, data: bytes) -> Path:
        part = self.part(key, name)
        try:
            part.write(data)
            return part.keep()
        finally:
            part.drop()

    def _keep(self, here: Path, path: Path, name: str) -> Path:
        here.replace(path)
        with self._lock:
            self._use(name, path.stat().st_size)
            self._evict()
        return path

    def _learn(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        found: list[tuple[float, str, int]] = []
        for folder, _, names in os.walk(self._folder, topdown=False):
            for name in names:
                path = Path(folder, name)
                with suppress(OSError):
                    state = path.stat()
                    if not name.endswith(_PART):
                        found.append((state.st_mtime, path.relative_to(self._folder).as_posix(), state.st_size))
                    elif not _is_held(path):
                        path.unlink()
            with suppress(OSError):
                Path(folder).rmdir()  # goes only when empty
        for _, name, size in sorted(found):
            self._use(name, size)
        self._evict()

    def _use(self, name: str, size: int) -> None:
        self._total += size - self._sizes.pop(name, 0)
        self._sizes[name] = size

    def _evict(self) -> None:
        since = time.monotonic() - _GRACE_S
        self._given = {name: when for name, when in self._given.items() if when > since}
        for name in [name for name in self._sizes if name not in self._given]:
            if self._total <= self._max_bytes:
                return
            self._total -= self._sizes.pop(name)
            (self._folder / name).unlink(missing_ok=True)


class Part:
    """A file that is being written. It is locked as long, so that what a killed process leaves is known for that."""

    def __init__(self, path: Path, appear: Callable[[], Path]) -> None:
        self._path, self._appear = path, appear
        self._file: BinaryIO = path.open("x+b", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._file.fileno(), rest) :]
        self.size += len(data)

    def patch(self, at: int, data: bytes) -> None:
        """Write over what is there."""
        os.pwrite(self._file.fileno(), data, at)

    def reader(self) -> int:
        """A descriptor of its own to read what is written; the caller closes it."""
        return os.dup(self._file.fileno())

    def keep(self) -> Path:
        """Let it appear in the cache, whole."""
        path = self._appear()
        self._file.close()
        return path

    def drop(self) -> None:
        """Throw it away, unless it was kept."""
        if not self._file.closed:
            self._file.close()
            self._path.unlink(missing_ok=True)


def _is_held(part: Path) -> bool:
    with part.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
