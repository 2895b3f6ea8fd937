"""What a scan leaves out: system files, half-finished downloads, and what `.medleyignore` names."""

import os
from dataclasses import dataclass

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
_PARTIAL = frozenset("part partial crdownload !qb !ut tmp temp aria2 unmanic filepart".split())
IGNORE_FILE = ".medleyignore"


@dataclass(frozen=True, slots=True)
class Ignore:
    """The rules that hold in one folder: (depth they start at, patterns) from the root down to it."""

    below: tuple[str, ...] = ()
    rules: tuple[tuple[int, GitIgnoreSpec], ...] = ()

    def inside(self, name: str) -> "Ignore":
        """The rules of a sub-folder as far as they come from above it."""
        return Ignore((*self.below, name), self.rules)

    def reading(self, absolute: str) -> "Ignore":
        """These and those of the folder's own `.medleyignore` (gitignore syntax), where it has one."""
        try:
            with open(os.path.join(absolute, IGNORE_FILE), encoding="utf-8", errors="surrogateescape") as file:
                spec = GitIgnoreSpec.from_lines(file.read(1 << 20).splitlines())
        except (OSError, ValueError):
            return self
        return Ignore(self.below, (*self.rules, (len(self.below), spec)))

    def hides(self, name: str) -> bool:
        """Whether a file or folder called `name` here is left out."""
        dot = name.rfind(".")
        if name[0] == "." or name.lower() in _FILES or (dot > 0 and name[dot + 1 :].lower() in _PARTIAL):
            return True
        return bool(self.rules) and self._ruled_out(name)

    def hides_folder(self, name: str) -> bool:
        """Whether a folder called `name` is one that systems make."""
        return name.lower() in _FOLDERS or (bool(self.rules) and self._ruled_out(name + "/"))

    def _ruled_out(self, name: str) -> bool:
        return any(spec.match_file("/".join((*self.below[depth:], name))) for depth, spec in self.rules)
