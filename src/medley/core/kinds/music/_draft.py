"""One track before its album is settled: what its tags say, and its file name where they are silent."""

from collections.abc import Sequence

import msgspec

from medley.core.kinds._names import (
    VARIOUS,
    fold,
    is_various,
    leading_number,
    split_artists,
    track_name,
    without_disc,
)
from medley.core.kinds._names.cue import CueTrack, Sheet
from medley.core.kinds._names.hints import stem_of
from medley.core.kinds.guess import Entry
from medley.core.kinds.music._people import credited
from medley.core.kinds.music._place import Place

_MBID_LENGTH = 36
_NO_TAGS: dict[str, list[str]] = {}


class Draft(msgspec.Struct):
    """A track to be; empty strings and tuples are things that nobody said."""

    entry: Entry
    tags: dict[str, list[str]]
    title: str
    disc: int | None
    number: int | None
    artists: Sequence[str]
    guests: Sequence[str]
    disc_title: str
    album: str
    album_artists: Sequence[str]
    version: str
    album_id: str
    compilation: bool
    start_ms: int = 0
    end_ms: int = 0

    def first(self, name: str) -> str:
        """The first value of a tag, "" without one."""
        values = self.tags.get(name)
        return values[0] if values else ""


def draft_of(entry: Entry, place: Place) -> Draft:
    """The draft of a file that is one track."""
    tags = entry.facts.tags if entry.facts else _NO_TAGS
    title, album = _first(tags, "title"), _first(tags, "album")
    disc, number = _number(tags, "discnumber"), _number(tags, "tracknumber")
    if album:
        album, told = without_disc(album)
        disc = disc if disc is not None else told
    artists, guests = credited(tags, "artists", "artist", "musicbrainz_artistid")
    if not title:
        told, named, title = track_name(stem_of(entry.name))
        disc = disc if disc is not None else told
        number = number if number is not None else named
        if not artists:
            artists, title = _artist_in_name(title, place)
    album_artists = _album_artists(tags)
    return Draft(
        entry,
        tags,
        title,
        disc if disc is not None else place.disc,
        number,
        artists,
        guests,
        _first(tags, "discsubtitle") or place.disc_title,
        album or place.album,
        album_artists,
        _first(tags, "albumversion"),
        _first(tags, "musicbrainz_albumid")[:_MBID_LENGTH],
        _first(tags, "compilation").lower() in ("1", "true", "yes"),
    )


def drafts_of_cue(entry: Entry, place: Place, sheet: Sheet, tracks: list[CueTrack]) -> list[Draft]:
    """One draft per track of a sheet whose tracks are all in this file."""
    whole = draft_of(entry, place)
    album_artists = whole.album_artists or tuple(filter(None, (sheet.get("PERFORMER"),)))
    drafts: list[Draft] = []
    for track, following in zip(tracks, [*tracks[1:], None], strict=True):
        artists, guests = split_artists(track.performer or sheet.get("PERFORMER"))
        drafts.append(
            msgspec.structs.replace(
                whole,
                tags=_cue_tags(whole.tags, sheet, track),
                title=track.title or f"Track {track.number}",
                number=track.number,
                disc=_cue_disc(sheet, whole),
                artists=artists or whole.artists,
                guests=guests,
                album=sheet.get("TITLE") or whole.album,
                album_artists=tuple(map(various_or_name, album_artists)),
                start_ms=track.start_ms,
                end_ms=following.start_ms if following else 0,
            )
        )
    return drafts


def various_or_name(name: str) -> str:
    """One spelling for "VA", "Various", "Verschiedene Interpreten"."""
    return VARIOUS if is_various(name) else name


def _album_artists(tags: dict[str, list[str]]) -> Sequence[str]:
    if "albumartist" not in tags and "albumartists" not in tags:
        return ()
    names, _ = credited(tags, "albumartists", "albumartist", "musicbrainz_albumartistid")
    return (VARIOUS,) if names and is_various(names[0]) else names


def _artist_in_name(title: str, place: Place) -> tuple[Sequence[str], str]:
    """ "Artist - Title" where the folder names no other artist, or names just this one."""
    artist, dash, rest = title.partition(" - ")
    if not dash:
        return (), title
    if place.artist in ("", VARIOUS):
        return (artist.strip(),), rest.strip()
    return ((), rest.strip()) if fold(artist) == fold(place.artist) else ((), title)


def _cue_tags(tags: dict[str, list[str]], sheet: Sheet, track: CueTrack) -> dict[str, list[str]]:
    """The file's tags belong to the album; those of one track would be wrong for the others."""
    own = {"isrc": track.isrc, "composer": track.composer or track.songwriter, "arranger": track.arranger}
    own |= {"replaygain_track_gain": track.gain, "replaygain_track_peak": track.peak}
    album = {name: sheet.get(field) for name, field in _CUE_FIELDS.items()}
    kept = {name: values for name, values in tags.items() if name in _OF_ALBUM}
    missing = {name: [value] for name, value in album.items() if value and name not in kept}
    return kept | missing | {name: [value] for name, value in own.items() if value}


_CUE_FIELDS = {
    "genre": "GENRE",
    "date": "DATE",
    "barcode": "CATALOG",
    "label": "LABEL",
    "catalognumber": "CATALOGNUMBER",
    "replaygain_album_gain": "REPLAYGAIN_ALBUM_GAIN",
    "replaygain_album_peak": "REPLAYGAIN_ALBUM_PEAK",
}
_ALBUM_TAGS = """album albumsort albumartist albumartists albumartistsort albumartistcredit albumversion date year
originaldate releasedate genre mood label publisher catalognumber barcode media language copyright releasetype
releasestatus releasecountry musicbrainz_albumid musicbrainz_albumartistid musicbrainz_releasegroupid
musicbrainz_discid disctotal discsubtitle replaygain_album_gain replaygain_album_peak replaygain_base_gain
compilation asin"""
_OF_ALBUM = frozenset(_ALBUM_TAGS.split())


def _cue_disc(sheet: Sheet, whole: Draft) -> int | None:
    told = leading_number(sheet.get("DISCNUMBER"))
    return told if told is not None else whole.disc


def _first(tags: dict[str, list[str]], name: str) -> str:
    values = tags.get(name)
    return values[0] if values else ""


def _number(tags: dict[str, list[str]], name: str) -> int | None:
    values = tags.get(name)
    if not values:
        return None
    text = values[0]
    return int(text) if text.isdecimal() and len(text) < 9 else leading_number(text)
