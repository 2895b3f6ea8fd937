"""MP4 tags (iTunes `ilst` atoms and freeform names) and chapters of both sorts."""

from typing import Any

from mutagen.mp4 import MP4, MP4Cover

from medley.adapters.media import _mp4_chapters
from medley.adapters.media._tag_names import FREE
from medley.adapters.media._tag_names import MP4 as ATOMS
from medley.adapters.media._tag_values import add, closed
from medley.core.kinds import Facts, Picture

_MEDIA_KINDS = {2: "audiobook", 21: "podcast"}
_PAIRS = {"trkn": ("tracknumber", "tracktotal"), "disk": ("discnumber", "disctotal")}
_MIMES = {MP4Cover.FORMAT_JPEG: "image/jpeg", MP4Cover.FORMAT_PNG: "image/png"}


class _Chapters:
    """Stands in for mutagen's Nero-only chapter list: it is handed the parsed atoms, so nothing is parsed twice."""

    def __init__(self, atoms: Any, fileobj: Any) -> None:
        self.starts = _mp4_chapters.starts(atoms, fileobj)

    @classmethod
    def _can_load(cls, atoms: Any) -> bool:
        return _mp4_chapters.present(atoms)


class File(MP4):
    """`mutagen.mp4.MP4` whose `chapters` also come from a QuickTime text track."""

    MP4Chapters = _Chapters  # pyright: ignore[reportAssignmentType]


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
    if audio.chapters is not None:
        facts.chapters = closed(audio.chapters.starts, facts.duration_ms)


def pictures(audio: Any) -> list[bytes]:
    """The bytes of the embedded pictures, in the order of `Facts.pictures`."""
    return [bytes(cover) for cover in (audio.tags or {}).get("covr", ())]


def _add_all(facts: Facts, name: str, values: Any) -> None:
    if not isinstance(values, list):
        values = [values]
    for value in values:
        if value is False:
            continue
        text = "1" if value is True else str(value)
        add(facts.tags, name, _MEDIA_KINDS.get(value, text) if name == "mediakind" else text)


def _freeform(facts: Facts, key: str, values: Any) -> None:
    name = FREE.get(key.rpartition(":")[2].lower())
    if name:
        for value in values:
            add(facts.tags, name, bytes(value).decode("utf-8", "replace"))


def _pair(facts: Facts, key: str, values: Any) -> None:
    for name, number in zip(_PAIRS[key], values[0] if values else (), strict=False):
        if number:
            add(facts.tags, name, str(number))
