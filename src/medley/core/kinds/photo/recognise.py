"""Photos: pictures that are not some other medium's artwork."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from medley.core.kinds._names import date_in_name, fold, identity, year_of
from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, extension, stem_of
from medley.core.kinds._reading_names import (
    BOOKS,
    COMICS,
    VIDEOS,
    announced,
    cover_beside,
    first_tag,
    media_files,
)
from medley.core.kinds.guess import Art, Companion, Credit, Entry, Folder, Guess, Rung
from medley.core.kinds.photo._groups import Shot, shots

FOLDER_NAMES = frozenset(
    """photos|photo|pictures|fotos|foto|bilder|images|dcim|camera|camera roll|camera uploads|google photos|
    google fotos|takeout|photographs|immagini|imagenes|фото|写真|照片""".replace("\n    ", "").split("|")
)
GENERIC = re.compile(r"(?:dcim|\d{3}[a-z_]{5}|raw|raws|jpe?gs?|edited|edits|exports?|originals?|camera)", re.IGNORECASE)
HIDDEN = frozenset({"@eadir", ".thumbnails", ".picasaoriginals", "@__thumb", ".trashes"})
CLIP = re.compile(
    r"(?:IMG|VID|MVI|MOV|DSC[NF]?|PXL|MVIMG|GOPR|GX\d\d|GH\d\d|DJI|P\d|C)_?\d{3,}|\d{8}[_-]\d{6}", re.IGNORECASE
)
FILM = re.compile(r"[(\[. ](?:19|20)\d\d[)\]. ]|\bs\d\de\d\d\b|\b(?:720|1080|2160)p\b", re.IGNORECASE)
FILM_MS = 30 * 60_000
_MOMENT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])"
    r"(?:[-_ T.]?(?:at )?([01]\d|2[0-3])[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d)(\d{3})?)?(?!\d)"
)
TEXT_FIELDS = ("offset", "camera_make", "camera_model", "lens", "exposure", "burst", "motion")
NUMBER_FIELDS = ("latitude", "longitude", "altitude", "iso", "aperture", "focal_length", "rating")
Tags = dict[str, list[str]]


def recognise(folder: Folder) -> Iterator[Guess]:
    """A guess per picture, and per clip of the same cameras that is no motion of a still."""
    if any(part.casefold() in HIDDEN for part in folder.parts):
        return
    sure, foreign = announced(folder, FOLDER_NAMES), _is_foreign(folder)
    found = [shot for shot in shots(folder) if not foreign or sure or any(map(_by_camera, shot.versions.values()))]
    album = _album(folder, found)
    for shot in found:
        yield from _guesses(folder, album, shot, sure=sure)
    motions = {shot.motion.name for shot in found if shot.motion}
    for entry in media_files(folder, VIDEOS):
        if entry.name not in motions and not _is_film(entry):
            yield from _clip(folder, album, entry, sure=sure, among=bool(found))


def _is_foreign(folder: Folder) -> bool:
    """Whether the folder, or the one above, holds another medium, whose scans and artwork its pictures then are."""
    other = AUDIO_EXTENSIONS | BOOKS | COMICS
    names = [entry.name for entry in folder.files] + list(folder.above[0] if folder.above else ())
    if any(extension(name) in other or name.lower().endswith((".nfo", ".opf", ".cue")) for name in names):
        return True
    if any(extension(name) in VIDEOS and FILM.search(name) for name in names):
        return True
    return any(_is_film(entry) for entry in media_files(folder, VIDEOS))


def _is_film(entry: Entry) -> bool:
    return bool(FILM.search(entry.name)) or bool(entry.facts and entry.facts.duration_ms > FILM_MS)


def _by_camera(entry: Entry) -> bool:
    tags = entry.facts.tags if entry.facts else {}
    return "camera_model" in tags or "datetaken" in tags


def _guesses(folder: Folder, album: Rung, shot: Shot, *, sure: bool) -> Iterator[Guess]:
    rung = _photo(folder, album, shot)
    cameras = any(map(_by_camera, shot.versions.values()))
    motion = [Companion(folder.path(shot.motion.name), "motion")] if shot.motion else []
    companions = motion + [Companion(folder.path(entry.name), "sidecar") for entry in shot.sidecars]
    for label, entry in shot.versions.items():
        confidence = 0.95 if sure else 0.8 if cameras else 0.5
        path = folder.path(entry.name)
        yield Guess("photo", confidence, (album, rung), path, edition=label, companions=companions)


def _clip(folder: Folder, album: Rung, entry: Entry, *, sure: bool, among: bool) -> Iterator[Guess]:
    """A film of a camera among its photos; elsewhere the kinds of film are surer."""
    called = bool(CLIP.match(entry.name))
    confidence = 0.95 if sure and called else 0.8 if called and among else 0.6 if sure else 0.1
    shot = Shot(stem_of(entry.name), {"": entry})
    rung = _photo(folder, album, shot)
    rung.fields["media"] = "video"
    yield Guess("photo", confidence, (album, rung), folder.path(entry.name))


def _album(folder: Folder, found: list[Shot]) -> Rung:
    """The nearest folder with a name of its own. Its year is part of what it is: every year has a "Summer"."""
    named = [part for part in folder.parts if not GENERIC.fullmatch(part)]
    title = named[-1] if named else folder.source_name or "Photos"
    date, rest = date_in_name(title)
    years = [int(part) for part in named if re.fullmatch(r"(?:19|20)\d\d", part)]
    year = year_of(date) or next((int(y[0]) for y in [re.findall(r"\b(?:19|20)\d\d\b", title)] if y), None)
    year = year or (years[-1] if years else None)
    cover = cover_beside(folder) or next((folder.path(e.name) for shot in found for e in shot.versions.values()), "")
    art = [Art("cover", "beside", cover)] if cover else []
    date = date or _first_day(found) or str(year or "")  # albums are sorted by it, too
    return Rung("album", identity(year, rest or title), title, year=year, date=date, art=art)


def _first_day(found: list[Shot]) -> str:
    """The day of the earliest photo, by its camera; empty where no camera said."""
    taken = [first_tag(e.facts.tags, "datetaken") for shot in found for e in shot.versions.values() if e.facts]
    return min((moment[:10] for moment in taken if moment), default="")


def _photo(folder: Folder, album: Rung, shot: Shot) -> Rung:
    tags, origin = _tags(shot)
    first = next(iter(shot.versions.values()))
    taken = first_tag(tags, "datetaken") or _moment(first)
    if not origin:
        origin = "name" if _MOMENT.search(shot.stem) else "modified" if taken else ""
    path = folder.path(first.name)
    return Rung(
        level="photo",
        identity=_identity(album, shot, tags),
        title=first_tag(tags, "title") or shot.stem,
        year=year_of(taken),
        date=taken[:10],
        overview=first_tag(tags, "description"),
        fields=_fields(shot, tags) | ({"taken": taken, "taken_by": origin} if taken else {}),
        credits=[Credit(name, "photographer") for name in tags.get("artist", ()) if name],
        tags=[word for word in tags.get("keywords", ()) if word],
        art=[Art("thumb", "frame" if extension(first.name) in VIDEOS else "itself", path)],
    )


def _identity(album: Rung, shot: Shot, tags: Tags) -> str:
    """Moment, camera and name say which photo it is wherever it lies: bursts share a second, counters start again.

    Without a moment from the camera a name such as "scan 1" only means something within its album.
    """
    taken = [first_tag(e.facts.tags, "datetaken") for e in shot.versions.values() if e.facts]
    moment = next((found for found in taken if found), "")
    if not moment:
        return identity(album.identity, shot.stem)
    return identity(moment, first_tag(tags, "camera_model"), shot.stem)


def _tags(shot: Shot) -> tuple[Tags, str]:
    """All files' tags, and who gave the moment: XMP sidecars replace, Takeout only fills what the photo leaves open."""
    found: Tags = {}
    for entry in reversed(shot.versions.values()):
        found |= entry.facts.tags if entry.facts else {}
    origin = "file" if "datetaken" in found else ""
    for entry in shot.sidecars:
        said = entry.facts.tags if entry.facts else {}
        replaces = entry.facts is not None and entry.facts.format == "xmp"
        if "datetaken" in said and (replaces or not origin):
            origin = "sidecar"
            found.pop("offset", None)
        if not replaces:
            said = {tag: values for tag, values in said.items() if tag not in ("title", "webpage_url")}
        found = found | said if replaces else said | found
    return found, origin


def _moment(entry: Entry) -> str:
    """By the name ("IMG_20190713_101112", "2019-07-13 10.11.12"), else the time of the file."""
    if match := _MOMENT.search(stem_of(entry.name)):
        year, month, day, hour, minute, second, _ = match.groups()
        return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}" if hour else "")
    if entry.mtime_ms <= 0:
        return ""
    return datetime.fromtimestamp(entry.mtime_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _fields(shot: Shot, tags: Tags) -> dict[str, object]:
    facts = next((entry.facts for entry in shot.versions.values() if entry.facts), None)
    renamed = tags | {"burst": tags.get("burstid") or _burst(shot.stem)}
    fields: dict[str, object] = {name: first_tag(renamed, name) for name in TEXT_FIELDS}
    fields |= {name: _number(first_tag(tags, name)) for name in NUMBER_FIELDS}
    fields["people"] = [name for name in tags.get("people", ()) if name]
    if facts and facts.width:
        fields |= {"width": facts.width, "height": facts.height}
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _burst(stem: str) -> list[str]:
    match = re.match(r"(.*?)_?BURST\d*(?:_COVER)?", stem)
    return [fold(match[1])] if match and match[1] else []


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
