"""Artists, albums and tracks as rungs of the ladder."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from medley.core.kinds._names import VARIOUS, VARIOUS_MBID, guests_in_title, identity, iso_date, split_genres, year_of
from medley.core.kinds.guess import Art, Credit, Folder, Rung
from medley.core.kinds.music._draft import Draft
from medley.core.kinds.music._place import Place

_ALBUM_ARTIST_ID = "musicbrainz_albumartistid"
_ROLES = ("composer", "conductor", "lyricist", "performer", "arranger", "remixer", "producer", "engineer", "mixer")
_TRACK_FIELDS = {
    "discsubtitle": "disc_title",
    "isrc": "isrc",
    "comment": "comment",
    "work": "work",
    "movement": "movement",
    "key": "key",
    "grouping": "grouping",
}
_NUMBERS = ("bpm", "replaygain_track_gain", "replaygain_track_peak", "replaygain_album_gain", "replaygain_album_peak")
_ALBUM_FIELDS = {"label": "label", "catalognumber": "catalog_number", "barcode": "barcode", "copyright": "copyright"}


def artist_rung(tracks: list[Draft], place: Place) -> Rung:
    """The first album artist: with several, the others are found by their credits."""
    draft = tracks[0]
    name = draft.album_artists[0]
    various = name == VARIOUS
    mbid = VARIOUS_MBID if various else draft.first("musicbrainz_albumartistid")
    return Rung(
        "artist",
        identity(name),
        name,
        sort=draft.first("albumartistsort") if len(draft.album_artists) == 1 else "",
        ids={"musicbrainz_artist": mbid} if mbid else {},
        art=[] if various else place.artist_art,
    )


def album_rung(tracks: list[Draft], place: Place, folder: Folder) -> Rung:
    """The album; its identity does not depend on dates, formats or discs, which differ within one album."""
    draft = tracks[0]
    artist = draft.album_artists[0]
    original, released = _date(tracks, "originaldate"), _date(tracks, "date") or _date(tracks, "releasedate")
    date = original or released or _date(tracks, "year") or (str(place.year) if place.year else "")
    return Rung(
        "album",
        draft.album_id or identity(artist, draft.album, draft.version),
        draft.album,
        sort=draft.first("albumsort"),
        year=year_of(date),
        date=date,
        fields=_album_fields(tracks, original, released),
        credits=_people(
            draft.album_artists, "album_artist", draft.tags, "albumartistsort", "musicbrainz_albumartistid"
        ),
        genres=_genres_of_all(tracks),
        ids=_ids(draft, musicbrainz_album="album_id", musicbrainz_release_group="musicbrainz_releasegroupid"),
        art=place.covers + _embedded(tracks, folder),
    )


def track_rung(draft: Draft, album: Rung) -> Rung:
    """One track: by MusicBrainz's id of the track on this release, else by its place and title."""
    mbid = draft.first("musicbrainz_releasetrackid")
    place = (mbid,) if mbid else (draft.disc or 1, draft.number, draft.title)
    date = _date((draft,), "originaldate") or _date((draft,), "date")
    return Rung(
        "track",
        identity(album.identity, *place),
        draft.title,
        sort=draft.first("titlesort") or draft.first("sorttitle"),
        number=draft.number,
        group=draft.disc,
        year=year_of(date),
        date=date,
        fields=_track_fields(draft),
        credits=_credits(draft),
        genres=_genres(draft),
        ids=_ids(
            draft,
            musicbrainz_recording="musicbrainz_trackid",
            musicbrainz_track="musicbrainz_releasetrackid",
            isrc="isrc",
        ),
    )


def _credits(draft: Draft) -> list[Credit]:
    tags = draft.tags
    names = draft.artists or draft.album_artists
    people = _people(names, "artist", tags, "artistsort", "musicbrainz_artistid")
    guests = (*draft.guests, *guests_in_title(draft.title)) if draft.guests or "(" in draft.title else ()
    for guest in guests:
        if all(guest != credit.name for credit in people):
            people.append(Credit(guest, "artist"))
    for role in _ROLES:
        if role in tags:
            people += _people(tags[role], role, tags, "composersort" if role == "composer" else "", "")
    return people


def _people(names: Sequence[str], role: str, tags: dict[str, list[str]], sort: str, mbid: str) -> list[Credit]:
    """Credits whose sort names and MusicBrainz ids are known when there are as many of them as names."""
    sorts, ids = tags.get(sort, ()), tags.get(mbid, ())
    if len(sorts) != len(names):
        sorts = ("",) * len(names)
    if len(ids) != len(names):
        return [Credit(name, role, sort) for name, sort in zip(names, sorts, strict=True)]
    return [
        Credit(name, role, sort, ids={"musicbrainz_artist": one})
        for name, sort, one in zip(names, sorts, ids, strict=True)
    ]


def _track_fields(draft: Draft) -> dict[str, Any]:
    tags = draft.tags
    fields: dict[str, Any] = {name: tags[tag][0] for tag, name in _TRACK_FIELDS.items() if tag in tags}
    for name in _NUMBERS:
        if name in tags and (value := _decimal(tags[name][0])) is not None:
            fields[name] = value
    shown = tags.get("artist")
    if shown and (draft.guests or len(draft.artists) > 1):
        fields["artist"] = shown[0] if len(shown) == 1 else " • ".join(shown)
    if "explicit" in tags:
        fields["explicit"] = tags["explicit"][0] in ("1", "4")
    return fields


def _album_fields(tracks: list[Draft], original: str, released: str) -> dict[str, Any]:
    draft = tracks[0]
    fields: dict[str, Any] = {name: draft.tags[tag][0] for tag, name in _ALBUM_FIELDS.items() if tag in draft.tags}
    if original and released and original != released:
        fields["release_date"] = released
    if draft.version:
        fields["version"] = draft.version
    if "releasetype" in draft.tags:
        fields["release_types"] = [part.lower() for value in draft.tags["releasetype"] for part in value.split("/")]
    if draft.album_artists[0] == VARIOUS or any(track.compilation for track in tracks):
        fields["compilation"] = True
    return fields


def _genres(draft: Draft) -> list[str]:
    values = draft.tags.get("genre")
    if not values:
        return []
    return list(split_genres(values[0])) if len(values) == 1 else values


def _genres_of_all(tracks: list[Draft]) -> list[str]:
    return list(dict.fromkeys(genre for track in tracks for genre in _genres(track)))


def _embedded(tracks: list[Draft], folder: Folder) -> list[Art]:
    """The front cover inside the first file that has one."""
    for draft in tracks:
        pictures = draft.entry.facts.pictures if draft.entry.facts else ()
        if pictures:
            chosen = next((picture for picture in pictures if picture.role == "cover"), pictures[0])
            return [Art("cover", "embedded", folder.path(draft.entry.name), chosen.index)]
    return []


def _ids(draft: Draft, **names: str) -> dict[str, str]:
    found = {name: draft.album_id if tag == "album_id" else draft.first(tag) for name, tag in names.items()}
    return {name: value for name, value in found.items() if value}


def _date(tracks: Iterable[Draft], name: str) -> str:
    """The earliest: a reissue date on one track does not make the album younger."""
    dates = [date for track in tracks if name in track.tags and (date := _iso(track.tags[name][0]))]
    return min(dates) if dates else ""


@lru_cache(maxsize=2048)
def _iso(text: str) -> str:
    return iso_date(text)


@lru_cache(maxsize=4096)
def _decimal(text: str) -> float | None:
    try:
        return float(text.lower().removesuffix("db").replace(",", ".").strip())
    except ValueError:
        return None
