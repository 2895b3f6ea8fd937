"""What a scan leaves out: system files, half-finished downloads, and what `.medleyignore` names."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache

from pathspec import GitIgnoreSpec

# Names that file systems, NAS boxes, desktops and download programs leave behind.
_FOLDERS = frozenset(
    (
        "$recycle.bin",
        "@eadir",
        "#recycle",
        "#snapshot",
        "@recycle",
        "@recently-snapshot",
        "lost+found",
        "system volume information",
        "__macosx",
    )
)
_FILES = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"))
_PARTIAL = re.compile(r"\.(part|partial|crdownload|!qb|!ut|tmp|temp|aria2|unmanic|filepart)$", re.IGNORECASE)
IGNORE_FILE = ".medleyignore"


@lru_cache(maxsize=4096)
def _is_folder_of_systems(name: str) -> bool:
    return name.lower() in _FOLDERS


@dataclass(frozen=True, slots=True)
class Ignore:
    """The rules that hold in one folder: (depth they start at, patterns) from the root down to it."""

    below: tuple[str, ...] = ()
    rules: tuple[tuple[int, GitIgnoreSpec], ...] = ()

    @classmethod
    def of(cls, root: str, below: str) -> "Ignore":
        """The rules of the folder `below` in the source `root`."""
        ignore, absolute = cls().inside(root, ""), root
        for name in filter(None, below.split("/")):
            absolute = os.path.join(absolute, name)
            ignore = ignore.inside(absolute, name)
        return ignore

    def inside(self, absolute: str, name: str) -> "Ignore":
        """The rules of a sub-folder: these, and its own `.medleyignore` (gitignore syntax)."""
        below = (*self.below, name) if name else self.below
        try:
            with open(os.path.join(absolute, IGNORE_FILE), encoding="utf-8", errors="replace") as file:
                rules = (*self.rules, (len(below), GitIgnoreSpec.from_lines(file.read(1 << 20).splitlines())))
        except OSError:
            rules = self.rules
        return Ignore(below, rules)

    def hides(self, name: str) -> bool:
        """Whether a file or folder called `name` here is left out."""
        if name.startswith(".") or name.lower() in _FILES or _PARTIAL.search(name):
            return True
        return bool(self.rules) and self._ruled_out(name)

    def hides_folder(self, name: str) -> bool:
        """Whether a folder called `name` is one that systems make."""
        return _is_folder_of_systems(name) or (bool(self.rules) and self._ruled_out(name + "/"))

    def _ruled_out(self, name: str) -> bool:
        return any(spec.match_file("/".join((*self.below[depth:], name))) for depth, spec in self.rules)
