"""What a folder's place says about the films in it."""

import re
from dataclasses import dataclass

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold
from medley.core.kinds._video_names import Release, Video
from medley.core.kinds.guess import Folder

_NOBODY = Release("")
# Names that programs give: they say nothing about the film, so the folder's name has to.
_MUTE = re.compile(
    r"(?:movie|film|video|main|feature|index|title[ _]?t?\d*|vts[ _]\d+[ _]\d+|\d{1,5}|[\da-f]{16,})$", re.IGNORECASE
)
_VOB = re.compile(r"VTS_(\d\d)_([1-9])\.VOB$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """`release` is the folder's own name taken apart (empty when the folder is but a place)."""

    release: Release = _NOBODY
    extra: str = ""  # every file of the folder is an extra of this sort
    disc: str = ""  # "bluray" or "dvd": the folder is the inside of a disc
    readable: bool = True

    def owns(self, video: Video, release: Release, *, alone: bool) -> bool:
        """Whether `video` is the film that the folder is named after.

        `alone`: all main files of the folder bear one title.
        """
        mine = self.release
        if not mine.title:
            return False
        if self.disc or _MUTE.match(video.stem):
            return True
        same = fold(release.title) == fold(mine.title)
        if release.year and mine.year and release.year != mine.year:
            return same and alone and abs(release.year - mine.year) == 1
        explicit = mine.year is not None or bool(mine.ids)
        return same or (explicit and (alone or fold(video.stem).startswith(fold(mine.title) + " ")))

    def pick(self, mains: list[Video]) -> list[Video]:
        """Of a disc only its main feature: the largest stream, or the pieces of the largest title set."""
        if self.disc == "bluray":
            return sorted(mains, key=lambda video: video.entry.size)[-1:]
        if self.disc == "dvd":
            return _largest_title_set(mains)
        return mains


def find_home(folder: Folder) -> Home:
    """The home that the path of `folder` makes for the films in it."""
    parts = list(folder.parts)
    last = fold(parts[-1]) if parts else ""
    if last in names.SUBTITLES or last in names.SAMPLES:
        return Home(readable=False)
    if last == "stream" and len(parts) > 2 and fold(parts[-2]) == "bdmv":
        return Home(_named(parts[-3]), disc="bluray")
    if last == "video ts" and len(parts) > 1:
        return Home(_named(parts[-2]), disc="dvd")
    if last in names.DISC and len(parts) > 1:
        return Home(readable=False)
    extra = names.extra_folder(parts[-1]) if len(parts) > 1 else ""
    if extra and _is_film_folder(parts[-2], folder.above[0] if folder.above else ()):
        return Home(_named(parts[-2]), extra=extra)
    return Home(_named(parts[-1]) if parts else _NOBODY)


def _is_film_folder(name: str, files: tuple[str, ...]) -> bool:
    release = names.parse_release(name)
    return release.year is not None or bool(release.ids) or any(names.is_video_name(file) for file in files)


def _named(name: str) -> Release:
    return _NOBODY if names.is_place(name) else names.parse_release(name)


def _largest_title_set(mains: list[Video]) -> list[Video]:
    sets: dict[str, list[Video]] = {}
    for video in mains:
        match = _VOB.search(video.entry.name)
        if match:
            sets.setdefault(match[1], []).append(video)
    largest = max(sets.values(), key=lambda videos: sum(video.entry.size for video in videos), default=[])
    return sorted(largest, key=lambda video: video.entry.name)
