"""Which files are one photo: raw and JPEG, original and edited, still and motion, and their sidecars."""

import re
from dataclasses import dataclass, field

from medley.core.kinds._names.hints import extension, stem_of
from medley.core.kinds._reading_names import IMAGES, RAW, VIDEOS, first_tag, is_artwork, media_files
from medley.core.kinds.guess import Entry, Folder

MOTION_MS = 15_000
MOTION_BYTES = 40 * 1024 * 1024  # where the length is not known
_EDITED = re.compile(
    r"[-_ ](?:edited|edit|bearbeitet|modifié|editado|modificato|bewerkt)(?=(?:\(\d+\))?$)|~\d{1,2}$", re.IGNORECASE
)
_IPHONE_EDIT = re.compile(r"IMG_E(\d{4})$")
_PIXEL = re.compile(r"\.(?:RAW-\d\d(?:\.(?:MP\.)?(?:COVER|ORIGINAL))?|MP(?:\.COVER)?|NIGHT|PORTRAIT-\d\d\.COVER)$")
_COUNTED = re.compile(r"\(\d+\)$")


@dataclass(slots=True)
class Shot:
    """The files of one photo; `versions` maps an edition's label to its file, the plain one first."""

    stem: str
    versions: dict[str, Entry] = field(default_factory=dict)
    motion: Entry | None = None
    sidecars: list[Entry] = field(default_factory=list)


def shots(folder: Folder) -> list[Shot]:
    """The photos of a folder; artwork is none, and a film that belongs to a still is its motion."""
    found: dict[str, Shot] = {}
    for entry in sorted(media_files(folder, IMAGES), key=_plainest):
        if is_artwork(entry.name) or (entry.facts and entry.facts.media != "image"):
            continue
        stem, edited = base_stem(stem_of(entry.name))
        shot = found.setdefault(stem.casefold(), Shot(stem))
        shot.versions[_label(shot, entry, edited=edited)] = entry
    _motions(folder, found)
    _sidecars(folder, found)
    return list(found.values())


def base_stem(stem: str) -> tuple[str, bool]:
    """The stem that all versions of a photo share, and whether this one is called edited."""
    plain = _PIXEL.sub("", stem)
    if match := _IPHONE_EDIT.match(plain):
        return f"IMG_{match[1]}", True
    edited = _EDITED.sub("", plain)
    return edited, edited != plain


def _plainest(entry: Entry) -> tuple[bool, bool, bool, str]:
    suffix = extension(entry.name)
    return base_stem(stem_of(entry.name))[1], suffix in RAW, suffix in ("heic", "heif", "hif"), entry.name


def _label(shot: Shot, entry: Entry, *, edited: bool) -> str:
    if edited:
        label = "Edited"
    elif extension(entry.name) in RAW:
        label = "RAW"
    else:
        label = extension(entry.name).upper() if shot.versions else ""
    return label if label not in shot.versions else f"{label} {entry.name}".strip()


def _motions(folder: Folder, found: dict[str, Shot]) -> None:
    by_content = {
        first_tag(e.facts.tags, "contentid"): s for s in found.values() for e in s.versions.values() if e.facts
    }
    for entry in media_files(folder, VIDEOS):
        content = first_tag(entry.facts.tags, "contentid") if entry.facts else ""
        stem = base_stem(stem_of(entry.name))[0].casefold()
        # Takeout calls the film of IMG_1.HEIC "IMG_1.HEIC.MP4" or "IMG_1.MP4".
        shot = (by_content.get(content) if content else None) or found.get(stem) or found.get(stem_of(stem))
        if shot and shot.motion is None and _is_short(entry):
            shot.motion = entry


def _is_short(entry: Entry) -> bool:
    if entry.facts and entry.facts.duration_ms:
        return entry.facts.duration_ms <= MOTION_MS
    return entry.size <= MOTION_BYTES


def _sidecars(folder: Folder, found: dict[str, Shot]) -> None:
    """`photo.jpg.xmp` goes before `photo.xmp`; Takeout's JSON is found under each of its odd names."""
    by_name = {entry.name.casefold(): shot for shot in found.values() for entry in shot.versions.values()}
    for entry in sorted(folder.files, key=lambda e: (-len(e.name), e.name)):
        if not entry.facts or entry.facts.media != "sidecar" or entry.facts.format not in ("xmp", "takeout-json"):
            continue
        stem = stem_of(entry.name).casefold()
        shot = _takeout(stem, by_name) if entry.facts.format == "takeout-json" else by_name.get(stem) or found.get(stem)
        if shot:
            shot.sidecars.append(entry)


def _takeout(stem: str, by_name: dict[str, Shot]) -> Shot | None:
    """`IMG.jpg`, `IMG.jpg.supplemental-metadata` cut off anywhere, `IMG.jpg(1)` for `IMG(1).jpg`, long names cut."""
    count = _COUNTED.search(stem)
    plain = stem[: count.start()] if count else stem
    at = plain.rfind(".s")
    if at > 0 and ".supplemental-metadata".startswith(plain[at:]):
        plain = plain[:at]
    if count:
        name, dot, suffix = plain.rpartition(".")
        plain = f"{name}{count[0]}{dot}{suffix}"
    if plain in by_name:
        return by_name[plain]
    return next((shot for name, shot in by_name.items() if len(plain) >= 40 and name.startswith(plain)), None)
