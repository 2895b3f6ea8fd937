"""A folder, looked at once: every question about a file is then one lookup, however many files lie beside it."""

import re
from functools import cached_property

from medley.core.kinds._video_names.companions import SUBTITLES, subtitle
from medley.core.kinds._video_names.episodes import parse_episode
from medley.core.kinds._video_names.files import Video, find_videos, split_name
from medley.core.kinds.facts import Facts
from medley.core.kinds.guess import Companion, Folder

_COUNTED = re.compile(r"^\d{1,3}[_. -]+(?=\D)")  # of a release's track list: 2_English
PICTURES = frozenset(("jpg", "jpeg", "png", "webp", "avif", "gif", "bmp", "tbn", "heic", "jxl"))


class View:
    """A `Folder` with indexes of its videos, sidecars, pictures and subtitles. Names are compared without case."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._pictures: dict[int, dict[str, str]] = {}
        self._names: dict[int, set[str]] = {}

    @property
    def parts(self) -> tuple[str, ...]:
        """The folder's path below the source."""
        return self.folder.parts

    @property
    def last(self) -> str:
        """The folder's own name; "" for the root."""
        return self.folder.parts[-1] if self.folder.parts else ""

    @cached_property
    def videos(self) -> list[Video]:
        """The videos, without hidden files and samples."""
        return find_videos(self.folder)

    @cached_property
    def _by_name(self) -> dict[str, Facts | None]:
        return {entry.name.lower(): entry.facts for entry in self.folder.files}

    def has(self, name: str, up: int = 0) -> bool:
        """Whether a file of this name lies in the folder, or in the one `up` folders above."""
        if up not in self._names:
            self._names[up] = {each.lower() for each in self.names_at(up)}
        return name.lower() in self._names[up]

    def tags(self, name: str, sidecar: str) -> dict[str, list[str]]:
        """The tags read from the file `name` if it is a sidecar of this format; else empty."""
        facts = self._by_name.get(name.lower())
        return facts.tags if facts is not None and facts.format == sidecar else {}

    def names_at(self, up: int) -> tuple[str, ...]:
        """The names of the files `up` folders above; 0 is this folder."""
        if up == 0:
            return tuple(entry.name for entry in self.folder.files)
        return self.folder.above[up - 1] if 0 < up <= len(self.folder.above) else ()

    def parts_at(self, up: int) -> tuple[str, ...]:
        """The path of the folder `up` folders above."""
        return self.folder.parts[: len(self.folder.parts) - up]

    def pictures_at(self, up: int) -> dict[str, str]:
        """Lower-case stem → path of the pictures `up` folders above."""
        if up not in self._pictures:
            found: dict[str, str] = {}
            for name in self.names_at(up):
                stem, extension = split_name(name)
                if extension in PICTURES and not name.startswith("."):
                    found.setdefault(stem.lower(), "/".join((*self.parts_at(up), name)))
            self._pictures[up] = found
        return self._pictures[up]

    def subtitles(self, video: Video, *, alone: bool = False) -> list[Companion]:
        """The subtitle files of `video`: those whose name begins with its name, and with no longer video's name.

        `alone`: the folder holds one work only, so subtitles with a name of their own belong to it, too.
        """
        own = self._subtitles.get(video.stem.lower(), [])
        return [*own, *self._subtitles.get("", [])] if alone else own

    @cached_property
    def _subtitles(self) -> dict[str, list[Companion]]:
        stems = {video.stem.lower() for video in self.videos}
        found: dict[str, list[Companion]] = {}
        for entry in self.folder.files:
            name, extension = split_name(entry.name)
            # A VobSub pair counts once, by its index.
            if extension in SUBTITLES and not (extension == "sub" and self.has(f"{name}.idx")):
                owner, suffix = _place(name, stems) if "/" in name else _beside(name, stems)
                found.setdefault(owner, []).append(subtitle(self.folder.path(entry.name), suffix))
        return found


def _beside(name: str, stems: set[str]) -> tuple[str, str]:
    """Whose subtitles those of this name are, and what the name has more."""
    owner = _owner(name.lower(), stems)
    return owner, name[len(owner) :]


def _place(path: str, stems: set[str]) -> tuple[str, str]:
    """As `_beside` of `Subs/Film.en`, `Subs/2_English` and `Subs/Show.S01E02/2_English`."""
    *folders, name = path.split("/")
    owner, suffix = _beside(name, stems)
    if owner:
        return owner, suffix
    suffix = _COUNTED.sub("", name)
    if len(folders) > 1:
        inside = folders[-1].lower()
        return (inside if inside in stems else _owner_of_prefix(inside, stems)), suffix
    alone = len(stems) == 1 and parse_episode(name) is None
    return (next(iter(stems)) if alone else ""), suffix


def _owner_of_prefix(name: str, stems: set[str]) -> str:
    """The one of `stems` that begins with `name`, up to a word's end; "" when there is none, or several."""
    found = [stem for stem in stems if stem.startswith(name) and not stem[len(name)].isalnum()]
    return found[0] if len(found) == 1 else ""


def _owner(name: str, stems: set[str]) -> str:
    """The longest of `stems` that `name` begins with, up to a word's end; "" when there is none."""
    for end in range(len(name), 0, -1):
        if (end == len(name) or not name[end].isalnum()) and name[:end] in stems:
            return name[:end]
    return ""
