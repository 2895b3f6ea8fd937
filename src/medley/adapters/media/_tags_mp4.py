"""MP4 tags (iTunes `ilst` atoms and freeform names) and chapters of both sorts."""

from typing import Any, BinaryIO

from mutagen.mp4 import MP4, MP4Cover, MP4Tags
from mutagen.mp4._atom import Atoms

from medley.adapters.media import _mp4_chapters
from medley.adapters.media._tag_names import MP4 as ATOMS
from medley.adapters.media._tag_values import add, add_free, closed
from medley.core.kinds import Facts, Picture

_MEDIA_KINDS = {2: "audiobook", 21: "podcast"}
_ZERO_IS_NONE = frozenset(("bpm", "explicit", "movementnumber", "movementtotal"))
_PAIRS = {"trkn": ("tracknumber", "tracktotal"), "disk": ("discnumber", "disctotal")}
_MIMES = {MP4Cover.FORMAT_JPEG: "image/jpeg", MP4Cover.FORMAT_PNG: "image/png"}


class _Tags(MP4Tags):
    """mutagen's tags: they are handed the parsed atoms, so taking the chapters on the way parses nothing twice."""

    def load(self, atoms: Any, fileobj: Any) -> None:
        super().load(atoms, fileobj)
        self.starts = _mp4_chapters.starts(atoms, fileobj)


class _NoChapters:
    """Stands in for mutagen's list of chapters, which gives up the whole file over one bad title."""

    def __init__(self, atoms: Any, fileobj: Any) -> None:
        pass


class File(MP4):
    """`mutagen.mp4.MP4` with `starts`: the beginnings of the chapters, Nero's or QuickTime's."""

    MP4Tags = _Tags
    MP4Chapters = _NoChapters  # pyright: ignore[reportAssignmentType]
    starts: _mp4_chapters.Starts

    def load(self, filething: BinaryIO) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().load(filething)
        if self.tags is None:
            self.starts = _mp4_chapters.starts(Atoms(filething), filething)
        else:
            self.starts = getattr(self.tags, "starts", [])


def fill(facts: Facts, audio: Any) -> None:
    """Put tags, pictures and chapters of the `File` into `facts`."""
    for key, values in (audio.tags or {}).items():
        name = ATOMS.get(key)
        if name is not None:
            _add_all(facts, name, values)
        elif key.startswith("----"):
            _freeform(facts, key, values)
        elif key in _PAIRS:
            _pair(facts, key, values)
        elif key == "covr":
            facts.pictures = [
                Picture(index, "cover" if index == 0 else "other", _MIMES.get(cover.imageformat, ""), len(cover))
                for index, cover in enumerate(values)
            ]
    if audio.starts:
        facts.chapters = closed(audio.starts, facts.duration_ms)


def pictures(audio: Any) -> list[bytes]:
    """The bytes of the embedded pictures, in the order of `Facts.pictures`."""
    return [bytes(cover) for cover in (audio.tags or {}).get("covr", ())]


def _add_all(facts: Facts, name: str, values: Any) -> None:
    if not isinstance(values, list):
        values = [values]
    for value in values:
        if value is False or (value == 0 and name in _ZERO_IS_NONE):
            continue
        text = "1" if value is True else str(value)
        add(facts.tags, name, _MEDIA_KINDS.get(value, text) if name == "mediakind" else text)


def _freeform(facts: Facts, key: str, values: Any) -> None:
    name = key.split(":", 2)[-1].lower()
    for value in values:
        add_free(facts.tags, name, bytes(value).decode("utf-8", "replace"))


def _pair(facts: Facts, key: str, values: Any) -> None:
    for name, number in zip(_PAIRS[key], values[0] if values else (), strict=False):
        if number:
            add(facts.tags, name, str(number))
