"""What sidecar tags (NFO, info.json) add to a rung: they were written on purpose, so they win over names."""

import re
from typing import Any

import msgspec

from medley.core.kinds.guess import Credit, Rung, SeriesEntry

Tags = dict[str, list[str]]
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_CREDITS = (("director", "director"), ("writer", "writer"), ("composer", "composer"), ("producer", "producer"))
_IDS = ("imdb", "tmdb", "tvdb", "anidb", "tvmaze", "trakt", "wikidata")
_FIELDS = ("tagline", "mpaa", "rating", "runtime", "originaltitle", "outline", "votes")


def first(tags: Tags, *names: str) -> str:
    """The first value under the first of these names that has one."""
    return next((tags[name][0] for name in names if tags.get(name) and tags[name][0]), "")


def whole(text: str) -> int | None:
    """`text` as a whole number, when it is a sensible one."""
    match = re.match(r"\s*(\d{1,6})", text)
    return int(match[1]) if match else None


def iso_date(text: str) -> str:
    """The date at the start of `text`, as exact as it is: 1994, 1994-03, 1994-03-01; "" when there is none."""
    match = _DATE.match(text.strip())
    return match[0] if match and match[1] != "0000" else ""


def enrich(rung: Rung, tags: Tags) -> Rung:
    """`rung` with what `tags` say; what they do not say stays as it was. The identity never changes."""
    if not tags:
        return rung
    day = iso_date(first(tags, "premiered", "releasedate", "aired", "date"))
    year = whole(first(tags, "year")) or whole(day)
    changes: dict[str, Any] = {
        "title": first(tags, "title"),
        "sort": first(tags, "sorttitle"),
        "year": year,
        "date": day,
        "overview": first(tags, "plot", "description", "outline"),
        "credits": credits_of(tags),
        "genres": _unique(tags.get("genre", [])),
        "tags": _unique(tags.get("keywords", [])),
        "series": [SeriesEntry(name) for name in tags.get("set", [])[:1]],
        "ids": {**rung.ids, **{name: tags[name][0] for name in _IDS if tags.get(name)}},
        "fields": {**rung.fields, **fields_of(tags)},
    }
    return msgspec.structs.replace(rung, **{name: value for name, value in changes.items() if value})


def episodes_of(tags: Tags) -> list[Tags]:
    """The tags of each episode of an NFO that describes several (kept by the reader as JSON under `episodes`)."""
    found = []
    for text in tags.get("episodes", []):
        try:
            found.append(msgspec.json.decode(text, type=Tags))
        except msgspec.DecodeError:
            continue
    return found


def credits_of(tags: Tags) -> list[Credit]:
    """People, in the order of the sidecar: directors, writers, then actors with their characters."""
    people = [Credit(name, role) for tag, role in _CREDITS for name in _unique(tags.get(tag, []))]
    for line in _unique(tags.get("actor", [])):
        name, _, character = line.partition("\t")
        people.append(Credit(name, "actor", character=character))
    return people


def fields_of(tags: Tags) -> dict[str, Any]:
    """What has no place in every rung: tagline, age rating, studios …"""
    fields: dict[str, Any] = {name: tags[name][0] for name in _FIELDS if tags.get(name)}
    for many, tag in (("studios", "studio"), ("countries", "country")):
        if tags.get(tag):
            fields[many] = _unique(tags[tag])
    return fields


def _unique(values: list[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))
