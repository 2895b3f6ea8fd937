"""Artists, albums and tracks as rungs of the ladder."""

from collections.abc import Sequence

from medley.core.kinds._names import VARIOUS, VARIOUS_MBID, identity, split_values, year_of
from medley.core.kinds.guess import Art, Credit, Folder, Rung
from medley.core.kinds.music._album import edition_of
from medley.core.kinds.music._draft import Draft
from medley.core.kinds.music._fields import album_dates, album_fields, earliest, first_date, track_fields
from medley.core.kinds.music._people import credits_of, track_credits
from medley.core.kinds.music._place import Place

_ALBUM_IDS = {
    "musicbrainz_albumid": "musicbrainz_album",
    "musicbrainz_releasegroupid": "musicbrainz_release_group",
    "musicbrainz_discid": "musicbrainz_disc",
    "asin": "asin",
    "barcode": "barcode",
}
_TRACK_IDS = {
    "musicbrainz_trackid": "musicbrainz_recording",
    "musicbrainz_releasetrackid": "musicbrainz_track",
    "musicbrainz_workid": "musicbrainz_work",
    "acoustid_id": "acoustid",
    "isrc": "isrc",
}


def artist_rung(tracks: list[Draft], place: Place) -> Rung:
    """The first album artist: with several, the others are found by their credits."""
    draft = tracks[0]
    name = draft.album_artists[0]
    if name == VARIOUS:
        return Rung("artist", identity(name), name, ids={"musicbrainz_artist": VARIOUS_MBID})
    credit = _album_credits(tracks)[0]
    return Rung("artist", identity(name), name, sort=credit.sort, ids=credit.ids, art=place.artist_art)


def album_rung(tracks: list[Draft], place: Place, folder: Folder) -> Rung:
    """The album; its identity does not depend on dates, formats or discs, which differ within one album."""
    draft = tracks[0]
    date = next(filter(None, (*album_dates(tracks), earliest(tracks, "date"))), "")
    date = date or (str(place.year) if place.year else "")
    plain = _identity(tracks)
    shown = _shown(draft.album_artists, draft.tags.get("albumartistcredit") or draft.tags.get("albumartist"))
    return Rung(
        "album",
        draft.album_id or plain,
        draft.album,
        plain_identity=plain if draft.album_id else "",
        sort=draft.first("albumsort"),
        year=year_of(date),
        date=date,
        fields=({"artist": shown} if shown else {}) | album_fields(tracks),
        credits=_album_credits(tracks),
        genres=list(dict.fromkeys(genre for track in tracks for genre in _genres(track))),
        ids=_ids(draft, _ALBUM_IDS) | ({"musicbrainz_album": draft.album_id} if draft.album_id else {}),
        art=place.covers + _embedded(tracks, folder),
    )


def track_rung(draft: Draft, album: Rung) -> Rung:
    """One track: by MusicBrainz's id of the track on this release, else by its place and title."""
    tags = draft.tags
    mbid = draft.first("musicbrainz_releasetrackid")
    place = f"{draft.disc or 1}|{'' if draft.number is None else draft.number}|{identity(draft.title)}"
    plain = f"{album.plain_identity or album.identity}|{place}"
    date = first_date(tags, "originaldate", "date", "releasedate", "year")
    artists = draft.artists or draft.album_artists
    fields = track_fields(tags)
    if shown := _shown(draft.artists, tags.get("artistcredit") or tags.get("artist")):
        fields["artist"] = shown
    if draft.disc_title:
        fields["disc_title"] = draft.disc_title
    return Rung(
        "track",
        f"{album.identity}|{mbid or place}",
        draft.title,
        plain_identity=plain if mbid or album.plain_identity else "",
        sort=draft.first("titlesort"),
        number=draft.number,
        group=draft.disc,
        year=year_of(date),
        date=date,
        fields=fields,
        credits=track_credits(artists, draft.guests, draft.title, tags),
        genres=_genres(draft),
        ids=_ids(draft, _TRACK_IDS),
    )


def _identity(tracks: list[Draft]) -> str:
    draft = tracks[0]
    parts = draft.album_artists[0], draft.album, draft.version
    edition = edition_of(tracks)
    return identity(*parts, edition) if edition else identity(*parts)


def _album_credits(tracks: list[Draft]) -> list[Credit]:
    """Of the first track that has the artists' ids: one may lack what the others have."""
    names = tracks[0].album_artists
    tags = next((draft.tags for draft in tracks if "musicbrainz_albumartistid" in draft.tags), tracks[0].tags)
    return credits_of(names, "album_artist", tags, "albumartistsort", "musicbrainz_albumartistid")


def _shown(names: Sequence[str], written: list[str] | None) -> str:
    """The artists as the tag writes them, where that is not just a name."""
    if not written or (len(names) == len(written) == 1 and written[0] == names[0]):
        return ""
    return written[0] if len(written) == 1 else " • ".join(written)


def _genres(draft: Draft) -> list[str]:
    values = draft.tags.get("genre")
    if not values:
        return []
    return list(split_values(values[0])) if len(values) == 1 else values


def _embedded(tracks: list[Draft], folder: Folder) -> list[Art]:
    """The front cover inside the first file that has one."""
    for draft in tracks:
        pictures = draft.entry.facts.pictures if draft.entry.facts else ()
        if pictures:
            chosen = next((picture for picture in pictures if picture.role == "cover"), pictures[0])
            return [Art("cover", "embedded", folder.path(draft.entry.name), chosen.index)]
    return []


def _ids(draft: Draft, names: dict[str, str]) -> dict[str, str]:
    return {name: draft.tags[tag][0] for tag, name in names.items() if tag in draft.tags}
