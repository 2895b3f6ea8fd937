"""Who made the music: artists out of the tags that name them, and everybody's credits."""

import re
from collections.abc import Sequence

from medley.core.kinds._names import guests_in_title, split_artists, split_roles
from medley.core.kinds.guess import Credit

Tags = dict[str, list[str]]
Names = Sequence[str]

# The tags whose name is the role.
ROLES = frozenset(
    """composer lyricist writer conductor arranger remixer producer engineer mixer djmixer director performer""".split()
)
_INSTRUMENT = re.compile(r"(.+?)\s*\(([^()]+)\)$")
_MBID = re.compile(r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE)
_MBID_LENGTH = 36
_BETWEEN = re.compile(r"\s*[/;,]\s*|\s+(?:&|\+|x|×|and|und|et|with|vs\.?|feat\.?|ft\.?|featuring)\s+", re.IGNORECASE)


def credited(tags: Tags, many: str, single: str, mbids: str) -> tuple[Names, Names]:
    """(artists, guests) out of the tag that lists them, else out of the one that names them together.

    A tag of several values is split already and is left as it is. A lone value is split at what is between artists
    only; a slash without spaces, a comma or "&" also where as many MusicBrainz ids say that there are several.
    """
    values = tags.get(many)
    if values:
        return (values if len(values) > 1 else _listed(tags, values[0], single, mbids)), ()
    values = tags.get(single)
    if not values:
        return (), ()
    if len(values) > 1:
        return values, ()
    artists, guests = split_artists(values[0])
    ids = tags.get(mbids)
    if ids and (len(ids) > 1 or len(ids[0]) > _MBID_LENGTH) and len(_ids(ids)) > len(artists) + len(guests):
        return _in_parts(values[0], len(_ids(ids))) or artists, guests
    return artists, guests


def credits_of(names: Names, role: str, tags: Tags, sort: str, mbid: str) -> list[Credit]:
    """Credits whose sort names and MusicBrainz ids are known when there are as many of them as names."""
    sorts, ids = tags.get(sort, ()), tags.get(mbid, ())
    if len(ids) != len(names):
        ids = _ids(ids)
    if len(sorts) != len(names):
        sorts = _parts_of(sorts, len(names)) or ("",) * len(names)
    if len(ids) != len(names):
        return [Credit(name, role, sort) for name, sort in zip(names, sorts, strict=True)]
    return [
        Credit(name, role, sort, ids={"musicbrainz_artist": one})
        for name, sort, one in zip(names, sorts, ids, strict=True)
    ]


def track_credits(artists: Names, guests: Names, title: str, tags: Tags) -> list[Credit]:
    """Everybody on a track: artists and guests, then whoever else the tags name, in their order."""
    people = credits_of((*artists, *guests), "artist", tags, "artistsort", "musicbrainz_artistid")
    for guest in guests_in_title(title) if "(" in title or "[" in title else ():
        if all(guest != credit.name for credit in people):
            people.append(Credit(guest, "artist"))
    for name in () if ROLES.isdisjoint(tags) else tags:
        if name in ROLES:
            people += _players(tags[name]) if name == "performer" else _in_role(name, tags)
    return people


def _in_role(role: str, tags: Tags) -> list[Credit]:
    values = tags[role]
    names = values if len(values) > 1 else split_roles(values[0])
    return credits_of(names, role, tags, f"{role}sort", f"musicbrainz_{role}id")


def _players(values: list[str]) -> list[Credit]:
    """ "Ann (guitar)" and "Ann (vocals)" are one performer."""
    parts: dict[str, list[str]] = {}
    for value in values:
        match = _INSTRUMENT.match(value)
        played = parts.setdefault(match[1] if match else value, [])
        if match:
            played.append(match[2])
    return [Credit(name, "performer", character=", ".join(played)) for name, played in parts.items()]


def _listed(tags: Tags, value: str, single: str, mbids: str) -> Names:
    """The artists of a list that a program, or version 2.3 of ID3, joined to one text."""
    names = tuple(filter(None, map(str.strip, value.split(";"))))
    shown = tags.get(single, [""])[0]
    if len(names) > 1 or "/" not in value or value == shown:
        return names
    parts = tuple(part.strip() for part in value.split("/"))
    return (
        parts
        if all(part and part in shown for part in parts) or len(_ids(tags.get(mbids, ()))) == len(parts)
        else names
    )


def _in_parts(text: str, count: int) -> Names:
    parts = tuple(filter(None, _BETWEEN.split(text)))
    return parts if len(parts) == count else ()


def _parts_of(sorts: Names, count: int) -> Names:
    """Sort names that stand in one value, as the names did."""
    if len(sorts) != 1 or count < 2:
        return ()
    artists, guests = split_artists(sorts[0])
    return found if len(found := (*artists, *guests)) == count else ()


def _ids(values: Names) -> Names:
    """MusicBrainz ids, those too that were joined to one text."""
    if all(len(value) <= _MBID_LENGTH for value in values):
        return values
    return [one for value in values for one in _MBID.findall(value)]
