"""Step 1: what is there, what changed, what is gone."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from medley.core.library._scan.ignore import Ignore
from medley.kernel.errors import Unavailable
from medley.kernel.files import from_text, to_text

_MAX_DEPTH = 60
_NAMES_ABOVE = 3


@dataclass(slots=True)
class Listing:
    """One folder as it lies on the disk. `path` is below the source; `files` are (name, size, mtime_ns), sorted."""

    path: str
    files: list[tuple[str, int, int]] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    above: tuple[tuple[str, ...], ...] = ()
    error: str = ""

    def signature(self) -> bytes:
        """Changes whenever a name, size, time or sub-folder does."""
        digest = blake2b(digest_size=16)
        digest.update(repr(self.files).encode("utf-8", "surrogatepass"))
        digest.update(repr(self.folders).encode("utf-8", "surrogatepass"))
        return digest.digest()


def walk(root: str, below: str = "") -> Iterator[Listing]:
    """Every folder of `root` at and below `below`, parents first.

    A folder that cannot be read is listed with its `error`. The root itself not being readable is `Unavailable`.
    """
    top = _absolute(root, below)
    if not Path(top).is_dir():
        raise Unavailable(f"The folder {top} is not there.", hint="Mount the disk or correct the source's path.")
    real_root = os.path.realpath(root)
    stack: list[tuple[str, str, Ignore, tuple[str, ...]]] = [
        (below, top, Ignore.of(root, below), (os.path.realpath(top),))
    ]
    while stack:
        path, absolute, ignore, chain = stack.pop()
        listing, folders = _list(path, absolute, ignore, real_root)
        yield listing
        if len(chain) >= _MAX_DEPTH:
            continue
        for name, target in reversed(folders):
            # A link to a folder that we are inside of would go round for ever.
            if target and target in chain:
                continue
            inside = os.path.join(absolute, name)
            child = f"{path}/{to_text(name)}" if path else to_text(name)
            stack.append((child, inside, ignore.inside(inside, to_text(name)), (*chain, target or inside)))


def _absolute(root: str, below: str) -> str:
    return os.path.join(root, os.fsdecode(from_text(below))) if below else root


class Relister:
    """Lists single folders of a source again, remembering what neighbours have in common."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self._names = lru_cache(maxsize=256)(self._list_names)
        self._ignore = lru_cache(maxsize=256)(self._make_ignore)

    def listing(self, path: str) -> Listing:
        """The folder at `path` as it is now; its `error` says when it cannot be read."""
        listing, _ = _list(path, _absolute(self._root, path), self._ignore(path), self._real_root)
        above = []
        while path and len(above) < _NAMES_ABOVE:
            path = path.rpartition("/")[0]
            above.append(self._names(path))
        listing.above = tuple(above)
        return listing

    def _list_names(self, path: str) -> tuple[str, ...]:
        listing, _ = _list(path, _absolute(self._root, path), self._ignore(path), self._real_root)
        return tuple(name for name, _, _ in listing.files)

    def _make_ignore(self, path: str) -> Ignore:
        above, _, name = path.rpartition("/")
        rules = self._ignore(above) if path else Ignore()
        return rules.inside(_absolute(self._root, path), name)


def _list(path: str, absolute: str, ignore: Ignore, root: str) -> tuple[Listing, list[tuple[str, str]]]:
    listing = Listing(path)
    folders: list[tuple[str, str]] = []
    try:
        with os.scandir(absolute) as entries:
            for entry in entries:
                if not ignore.hides(entry.name):
                    _sort_out(entry, listing, folders, root, ignore)
    except OSError as error:
        listing.error = f"The folder cannot be read: {error.strerror}."
    listing.files.sort()
    folders.sort()
    listing.folders = [to_text(name) for name, _ in folders]
    return listing, folders


def _sort_out(
    entry: os.DirEntry[str], listing: Listing, folders: list[tuple[str, str]], root: str, ignore: Ignore
) -> None:
    try:
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if target != root and not target.startswith(root + os.sep):
                return  # a way out of the source
        else:
            target = ""
        if entry.is_dir():
            if not ignore.hides_folder(entry.name):
                folders.append((entry.name, target))
        elif entry.is_file():
            found = entry.stat()
            listing.files.append((to_text(entry.name), found.st_size, found.st_mtime_ns))
    except OSError:
        return  # it went away while we looked
