"""Step 1: what is there, what changed, what is gone."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import msgspec

from medley.core.kinds import SUBTITLE_FILES, SUBTITLE_FOLDERS, disc_folder
from medley.core.library._scan.ignore import IGNORE_FILE, Ignore
from medley.kernel.errors import Unavailable
from medley.kernel.files import from_text, to_text

_MAX_DEPTH = 60
_NAMES_ABOVE = 3
# Files that mean something to the folders below theirs: pictures and descriptions, and films that have extras.
_TELLING = frozenset(
    "jpg jpeg png webp gif avif tbn nfo xml opf json txt mkv mp4 m4v avi webm mov ts m2ts mpg mpeg wmv iso".split()
)
# Files of a subtitle folder: it is part of the folder that it lies in, unless something else is in it, too.
_WITH_SUBTITLES = SUBTITLE_FILES | {"txt", "nfo", "sfv"}
_Found = tuple[str, int, int]
_encode = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class Listing:
    """One folder as it lies on the disk. `path` is below the source; `files` are (name, size, mtime_ns), sorted.

    Subtitles in a folder of their own are among its files, by names like `Subs/2_English.srt`.
    """

    path: str
    files: list[_Found] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    above: tuple[tuple[str, ...], ...] = ()
    around: tuple[bytes, ...] = ()  # what tells something in the folders above
    error: str = ""

    def signature(self) -> bytes:
        """Changes whenever a name, size, time or sub-folder does, or a telling file above."""
        return blake2b(_encode((self.files, self.folders, self.around)), digest_size=16).digest()

    def telling(self) -> bytes:
        """A digest of the names that mean something to the folders below; empty where there are none."""
        return _telling(name for name, _, _ in self.files)


def owner_of(path: str) -> str:
    """The folder that lists what is in `path`: another one where that may be a folder of subtitles."""
    parts = path.split("/")
    for depth in range(max(0, len(parts) - 2), len(parts)):
        if parts[depth].lower() in SUBTITLE_FOLDERS:
            return "/".join(parts[:depth])
    return path


def disc_of(path: str) -> str | None:
    """The folder that `path` is one disc of; None where it is no disc."""
    above, _, name = path.rpartition("/")
    return above if above and disc_folder(name) is not None else None


def check_root(root: str) -> bool:
    """Whether there is anything in a source's folder; `Unavailable` when it cannot be read."""
    try:
        with os.scandir(_absolute(root, "")) as entries:
            return any(True for _ in entries)
    except OSError as error:
        raise Unavailable(
            f"The folder {root} cannot be read: {error.strerror}.",
            hint="Mount the disk, correct the source's path, or give Medley's user the right to read it.",
        ) from error


def walk(root: str, below: str = "") -> Iterator[Listing]:
    """Every folder of `root` at and below `below`, parents first; nothing where `below` is hidden or not there.

    A folder that cannot be read is listed with its `error`.
    """
    disk = _Disk(root)
    if not disk.visible(below) or not os.path.isdir(disk.absolute(below)):  # noqa: PTH112
        return
    top = disk.absolute(below)
    stack: list[tuple[str, str, Ignore, tuple[str, ...], tuple[bytes, ...]]] = [
        (below, top, disk.from_above(below), (os.path.realpath(top),), disk.around(below))
    ]
    while stack:
        path, absolute, ignore, chain, around = stack.pop()
        listing, folders, ignore = disk.look(path, absolute, ignore)
        listing.around = around
        if len(chain) > _MAX_DEPTH:
            listing.error = f"Folders more than {_MAX_DEPTH} deep are not looked at."
        yield listing
        if listing.error or not folders:
            continue
        around = (listing.telling(), *around[: _NAMES_ABOVE - 1])
        for name, target in reversed(folders):
            # A link to a folder that we are inside of would go round for ever.
            if target and target in chain:
                continue
            inside = f"{absolute}/{name}"
            child = f"{path}/{to_text(name)}" if path else to_text(name)
            stack.append((child, inside, ignore.inside(name), (*chain, target or inside), around))


class Relister:
    """Lists single folders again, with the names above them, for the steps after the walk."""

    def __init__(self, root: str) -> None:
        self._disk = _Disk(root)

    def listing(self, path: str) -> Listing:
        """The folder as it is now, which the next steps are told."""
        disk = self._disk
        listing, *_ = disk.look(path, disk.absolute(path), disk.from_above(path))
        listing.above = tuple(disk.names(each) for each in _ancestors(path))
        listing.around = disk.around(path)
        return listing


class _Disk:
    """A source's folder, and the rules of what is left out below it."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._real_root = os.path.realpath(_absolute(root, ""))
        self.names = lru_cache(maxsize=1024)(self._names)
        self.ignore = lru_cache(maxsize=1024)(self._ignore)

    def absolute(self, path: str) -> str:
        return _absolute(self._root, path)

    def look(self, path: str, absolute: str, ignore: Ignore) -> tuple[Listing, list[tuple[str, str]], Ignore]:
        """The folder; (name as the system gives it, where a link leads) of its folders; the rules that hold in it.

        `ignore`: those from above it.
        """
        listing, folders, ignore = self._list(path, absolute, ignore)
        for folder in [each for each in folders if each[0].lower() in SUBTITLE_FOLDERS]:
            subtitles = self._subtitles(folder, absolute, ignore)
            if subtitles is not None:
                folders.remove(folder)
                listing.files += subtitles
        listing.files.sort()
        folders.sort()
        listing.folders = [to_text(name) for name, _ in folders]
        return listing, folders, ignore

    def _subtitles(
        self, folder: tuple[str, str], above: str, ignore: Ignore, *, deeper: bool = True
    ) -> list[_Found] | None:
        """What is in a folder of subtitles, or in folders in it; None where it is something else."""
        name, link = folder
        listing, folders, ignore = self._list("", f"{above}/{name}", ignore.inside(name))
        other = any(_ending(each) not in _WITH_SUBTITLES for each, _, _ in listing.files)
        if link or listing.error or other or (folders and not deeper):
            return None
        found = listing.files
        for each in folders:
            inside = self._subtitles(each, f"{above}/{name}", ignore, deeper=False)
            if inside is None:
                return None
            found += inside
        return [
            (f"{to_text(name)}/{file}", size, time) for file, size, time in found if _ending(file) in SUBTITLE_FILES
        ]

    def _list(self, path: str, absolute: str, ignore: Ignore) -> tuple[Listing, list[tuple[str, str]], Ignore]:
        listing = Listing(path)
        folders: list[tuple[str, str]] = []
        try:
            with os.scandir(absolute) as found:
                entries = list(found)
            if IGNORE_FILE in [entry.name for entry in entries]:
                ignore = ignore.reading(absolute)
            for entry in entries:
                if not ignore.hides(entry.name):
                    self._sort_out(entry, listing, folders, ignore)
        except OSError as error:
            listing.error = f"The folder cannot be read: {error.strerror}."
        return listing, folders, ignore

    def visible(self, path: str) -> bool:
        """Whether a walk from the root comes by this folder: not hidden, not outside."""
        real = os.path.realpath(self.absolute(path))
        if real != self._real_root and not real.startswith(self._real_root + "/"):
            return False
        here = ""
        for name in filter(None, path.split("/")):
            rules = self.ignore(here)
            system = os.fsdecode(from_text(name))
            if name == ".." or rules.hides(system) or rules.hides_folder(system):
                return False
            here = f"{here}/{name}" if here else name
        return True

    def around(self, path: str) -> tuple[bytes, ...]:
        """As `Listing.around`."""
        return tuple(_telling(self.names(each)) for each in _ancestors(path))

    def from_above(self, path: str) -> Ignore:
        """The rules of a folder without those of its own."""
        above, _, name = path.rpartition("/")
        return self.ignore(above).inside(os.fsdecode(from_text(name))) if path else Ignore()

    def _ignore(self, path: str) -> Ignore:
        return self.from_above(path).reading(self.absolute(path))

    def _names(self, path: str) -> tuple[str, ...]:
        listing, *_ = self.look(path, self.absolute(path), self.from_above(path))
        return tuple(name for name, _, _ in listing.files)

    def _sort_out(
        self, entry: os.DirEntry[str], listing: Listing, folders: list[tuple[str, str]], ignore: Ignore
    ) -> None:
        try:
            target = ""
            if entry.is_symlink() and not (target := self._follow(entry)):
                return
            if entry.is_dir():
                if not ignore.hides_folder(entry.name):
                    folders.append((entry.name, target))
            elif entry.is_file():
                found = entry.stat()
                listing.files.append((to_text(entry.name), found.st_size, found.st_mtime_ns))
        except OSError:
            return  # it went away while we looked

    def _follow(self, link: os.DirEntry[str]) -> str:
        """Where a link leads; "" when that is out of the source, or a place that the walk comes by anyway."""
        target = os.path.realpath(link.path)
        if target == self._real_root or not target.startswith(self._real_root + "/"):
            return ""
        below = to_text(target[len(self._real_root) + 1 :])
        folder, _, name = below.rpartition("/")
        shown = self.visible(below if link.is_dir() else folder)
        if shown and not link.is_dir():
            shown = not self.ignore(folder).hides(os.fsdecode(from_text(name)))
        return "" if shown else target


def _ancestors(path: str) -> Iterator[str]:
    """The folders above `path`, the nearest first, as many as matter."""
    for _ in range(_NAMES_ABOVE):
        if not path:
            return
        path = path.rpartition("/")[0]
        yield path


def _telling(names: Iterable[str]) -> bytes:
    found = [name for name in names if _ending(name) in _TELLING]
    return blake2b(_encode(found), digest_size=8).digest() if found else b""


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _absolute(root: str, path: str) -> str:
    inside = f"{root}/{path}" if path else root
    return inside if inside.isascii() else os.fsdecode(from_text(inside))
