"""What tags say of a track and of an album besides who made it: the fields of both."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from medley.core.kinds._names import VARIOUS, iso_date, split_values, year_of
from medley.core.kinds.music._draft import Draft

Tags = dict[str, list[str]]

_EXPLICIT = {"1": "explicit", "4": "explicit", "explicit": "explicit", "2": "clean", "clean": "clean"}
_TEXTS = {"subtitle": "subtitle", "discsubtitle": "disc_title", "comment": "comment", "key": "key", "media": "media"}
_LISTS = {"mood": "moods", "grouping": "groupings", "isrc": "isrc", "language": "languages"}
_WHOLE = frozenset(("groupings",))  # values that are never split: people write sentences there
_DECIBELS = ("replaygain_track_gain", "replaygain_album_gain", "replaygain_base_gain")
_PEAKS = ("replaygain_track_peak", "replaygain_album_peak")


def track_fields(tags: Tags) -> dict[str, Any]:
    """The fields of one track, see the README."""
    fields: dict[str, Any] = {}
    for tag in tags:
        if tag in _TRACK:
            name, value_of = _TRACK[tag]
            value = value_of(tags)
            if value is not None and value != []:
                fields[name] = value
    return fields


def album_fields(tracks: Sequence[Draft]) -> dict[str, Any]:
    """The fields of an album, see the README; what differs from track to track is told of the first that says it."""
    fields: dict[str, Any] = {}
    original, released = album_dates(tracks)
    fields["original_date"], fields["release_date"] = original, released
    fields["version"] = tracks[0].version
    said = {name for draft in tracks for name in draft.tags}
    for tag, name in _ALBUM_TEXTS.items():
        fields[name] = _first_of(tracks, tag) if tag in said else ""
    for tag, (name, split) in _ALBUM_LISTS.items():
        fields[name] = _all_of(tracks, tag, split) if tag in said else []
    fields["labels"] = fields["labels"] or _all_of(tracks, "publisher")
    fields["release_types"] = [text.lower() for text in fields["release_types"]]
    fields["release_status"] = fields["release_status"].lower()
    fields["explicit"] = _advice(tracks) if "explicit" in said else ""
    fields["disc_titles"] = _disc_titles(tracks)
    fields["compilation"] = tracks[0].album_artists[0] == VARIOUS or any(draft.compilation for draft in tracks)
    return {name: value for name, value in fields.items() if value}


def album_dates(tracks: Sequence[Draft]) -> tuple[str, str]:
    """(first release, this release). Many programs put this release's date where the recording's belongs.

    So that date counts as this release's where none is said, and it is not before the first release.
    """
    original, released = earliest(tracks, "originaldate"), earliest(tracks, "releasedate")
    date = earliest(tracks, "date") or earliest(tracks, "year")
    if not released and date >= original:
        released = date
    return original, released


def earliest(tracks: Iterable[Draft], name: str) -> str:
    """The earliest date of a tag: a reissue's date on one track does not make the album younger."""
    dates = [date for track in tracks if name in track.tags and (date := _date(track.tags[name]))]
    return min(dates, default="")


def first_date(tags: Tags, *names: str) -> str:
    """The date of the first of the tags that has one."""
    return next((date for name in names if name in tags and (date := _date(tags[name]))), "")


def reissued(draft: Draft) -> str:
    """The year of a release that is later than the first one; "" for any other."""
    if "originaldate" not in draft.tags:
        return ""
    original, released = album_dates((draft,))
    return released[:4] if original and released and year_of(original) != year_of(released) else ""


def _date(values: list[str]) -> str:
    """The most exact of the values: ORIGINALYEAR and ORIGINALDATE are one tag to us."""
    return max(map(_iso, values), key=len) if len(values) > 1 else _iso(values[0])


def _works(tags: Tags) -> list[dict[str, str]]:
    names, ids = tags["work"], tags.get("musicbrainz_workid", [])
    if len(ids) != len(names):
        return [{"name": name} for name in names]
    return [{"name": name, "id": id_} for name, id_ in zip(names, ids, strict=True)]


def _movements(tags: Tags) -> list[dict[str, Any]]:
    found: dict[str, Any] = {"name": tags["movement"][0]}
    for tag, name in (("movementnumber", "number"), ("movementtotal", "count")):
        text = tags.get(tag, [""])[0]
        if text.isdecimal() and len(text) < 6:
            found[name] = int(text)
    return [found]


def _bpm(tags: Tags) -> int | None:
    value = _decimal(tags["bpm"][0])
    return round(value) if value is not None and 0 < value < 10_000 else None


def _text(name: str) -> Callable[[Tags], str]:
    return lambda tags: tags[name][0]


def _list(name: str, *, whole: bool) -> Callable[[Tags], list[str]]:
    def values(tags: Tags) -> list[str]:
        found = tags[name]
        return found if whole or len(found) > 1 else list(split_values(found[0]))

    return values


def _number(name: str, *, positive: bool = False) -> Callable[[Tags], float | None]:
    def value(tags: Tags) -> float | None:
        number = _decimal(tags[name][0])
        return None if number is None or (positive and number <= 0) else number

    return value


# tag → (field, what makes its value of all tags)
_TRACK: dict[str, tuple[str, Callable[[Tags], Any]]] = {
    **{tag: (name, _text(tag)) for tag, name in _TEXTS.items()},
    **{tag: (name, _list(tag, whole=name in _WHOLE)) for tag, name in _LISTS.items()},
    **{tag: (tag, _number(tag)) for tag in _DECIBELS},
    **{tag: (tag, _number(tag, positive=True)) for tag in _PEAKS},
    "bpm": ("bpm", _bpm),
    "explicit": ("explicit", lambda tags: _EXPLICIT.get(tags["explicit"][0].lower())),
    "work": ("works", _works),
    "movement": ("movements", _movements),
}


def _first_of(tracks: Sequence[Draft], name: str) -> str:
    return next((draft.tags[name][0] for draft in tracks if name in draft.tags), "")


def _whole(text: str) -> tuple[str]:
    return (text,)


def _all_of(tracks: Sequence[Draft], name: str, split: Callable[[str], Iterable[str]] = _whole) -> list[str]:
    """The values of a tag on all tracks, each once; a lone value may be several."""
    lists = [draft.tags[name] for draft in tracks if name in draft.tags]
    return list(dict.fromkeys(one for values in lists for one in (values if len(values) > 1 else split(values[0]))))


def _advice(tracks: Sequence[Draft]) -> str:
    said = {_EXPLICIT.get(draft.tags["explicit"][0].lower(), "") for draft in tracks if "explicit" in draft.tags}
    return next((word for word in ("explicit", "clean") if word in said), "")


def _disc_titles(tracks: Sequence[Draft]) -> dict[str, str]:
    return {str(draft.disc or 1): title for draft in reversed(tracks) if (title := draft.disc_title)}


_ALBUM_TEXTS = {
    "barcode": "barcode",
    "copyright": "copyright",
    "releasestatus": "release_status",
    "releasecountry": "release_country",
}
_ALBUM_LISTS = {
    "label": ("labels", _whole),
    "catalognumber": ("catalog_numbers", _whole),
    "media": ("media", _whole),
    "mood": ("moods", split_values),
    "language": ("languages", split_values),
    "releasetype": ("release_types", split_values),
}


@lru_cache(maxsize=2048)
def _iso(text: str) -> str:
    return iso_date(text)


@lru_cache(maxsize=4096)
def _decimal(text: str) -> float | None:
    try:
        number = float(text.lower().removesuffix("db").replace(",", ".").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) else None
