"""Segments on disk: named by content, bounded, whole or not there."""

import itertools
import os
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

# What was just handed out is about to be opened by the server.
_GRACE_S = 10.0
_STALE_PART_S = 3600.0
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
        self.open()
        path = self._folder / key / name
        try:
            self._write(path, data)
        except FileNotFoundError:  # another process, starting, cleared the folder while it was empty
            self._write(path, data)
        with self._lock:
            self._use(f"{key}/{name}", len(data))
            self._evict()
        return path

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(f".{path.name}.{os.getpid()}.{next(self._serial)}{_PART}")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise

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
                    elif time.time() - state.st_mtime > _STALE_PART_S:
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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
