"""What the folders around music files say: artist, album, year, disc."""

import re

import msgspec

from medley.core.kinds._names import VARIOUS, disc_folder, disc_folder_title, fold, is_various
from medley.core.kinds._names.artwork import PICTURES, covers_beside
from medley.core.kinds._names.hints import announced, below_announcement, extension, stem_of
from medley.core.kinds.guess import Art, Folder

_YEAR_FIRST = re.compile(r"[\[(]?(?P<year>(?:19|20)\d\d)(?:[-.]\d\d){0,2}[\])]?\s*(?:[-–_.]\s*|\s+)(?P<rest>\S.*)$")
_YEAR_LAST = re.compile(r"(?P<rest>.*\S)\s*[\[(](?P<year>(?:19|20)\d\d)(?:[-.]\d\d){0,2}[\])]")
_TECHNICAL = re.compile(
    r"\s*[\[({][^\[\](){}]*\b(?:flac|mp3|aac|alac|ogg|opus|web|vinyl rip|cd rip|320|256|v0|v2|16|24)\b[^\[\](){}]*"
    r"[\])}]",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-–—]\s+")
_SHELF_NAMES = """albums|album|singles|eps|singles and eps|lossless|lossy|flac|mp3|discography|studio albums|live"""
_SHELVES = frozenset(re.split("[|\\n]", _SHELF_NAMES))
_COMPILATIONS = frozenset(("compilations", "compilation", "soundtracks", "soundtrack", "samplers", "ost"))


class Place(msgspec.Struct):
    """One album folder, disc folders taken off."""

    album: str = ""
    artist: str = ""
    year: int | None = None
    disc: int | None = None
    disc_title: str = ""
    announced: str = ""  # the kind that the top folder or the source names
    covers: list[Art] = []
    artist_art: list[Art] = []


def place_of(folder: Folder) -> Place:
    """What the path of `folder` says."""
    place = Place(announced=announced(folder.parts[0] if folder.parts else "", folder.source_name))
    names = list(below_announcement(folder))
    levels = 0
    if len(names) > 1 and (disc := disc_folder(names[-1])) is not None:
        place.disc, place.disc_title, levels = disc, disc_folder_title(names.pop()), 1
    if names:
        place.album, place.year = album_of(names.pop())
        _find_artist(place, names)
    place.covers = covers_beside(folder, levels)
    place.artist_art = _artist_art(folder, levels)
    return place


def album_of(name: str) -> tuple[str, int | None]:
    """(title, year) of an album's folder: "1999 - Title", "(1999) Title", "Title (1999) [FLAC]"."""
    name = _TECHNICAL.sub("", name).replace("_", " ").strip() or name
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        match = pattern.match(name)
        if match:
            return match["rest"].strip(" -–"), int(match["year"])
    return name, None


def _find_artist(place: Place, names: list[str]) -> None:
    """From the folder above, or from "Artist - Album" when there is none or the artist is repeated."""
    while names and fold(names[-1]) in _SHELVES:
        names.pop()
    above = names[-1] if names else ""
    parts = _DASH.split(place.album, maxsplit=1)
    if len(parts) == 2 and (not above or fold(parts[0]) == fold(above)):
        place.artist = parts[0]
        place.album, year = album_of(parts[1])
        place.year = year or place.year
    else:
        place.artist = above
    if is_various(place.artist) or fold(place.artist) in _COMPILATIONS:
        place.artist = VARIOUS


def _artist_art(folder: Folder, levels: int) -> list[Art]:
    """`artist.*` in the album's folder or in the one above it."""
    shelves = [(folder.parts, tuple(entry.name for entry in folder.files))]
    for depth, names in enumerate(folder.above[: levels + 1], start=1):
        shelves.append((folder.parts[: len(folder.parts) - depth], names))
    return [
        Art("artist", "beside", "/".join((*parts, name)))
        for parts, names in shelves
        for name in names
        if stem_of(name).lower() == "artist" and extension(name) in PICTURES
    ]
