"""Our sheets → their songs, albums and artists, by way of what Subsonic's part of the door makes of them."""

from collections.abc import Iterable
from typing import Any

from msgspec import UNSET, UnsetType

from medley.core.library import Credited, ItemSheet
from medley.protocols.subsonic import _translate as subsonic
from medley.protocols.subsonic._ids import item_id, music_folder_id, to_id
from medley.protocols.subsonic.navidrome._wire import Album, Artist, Genre, Participant, PlaylistTrack, Song


def song(sheet: ItemSheet) -> Song:
    """A track."""
    return Song(**_song(sheet))


def playlist_track(sheet: ItemSheet, place: int, playlist_id: str) -> PlaylistTrack:
    """A track at a place of a playlist."""
    known = _song(sheet)
    return PlaylistTrack(**{**known, "id": str(place)}, media_file_id=known["id"], playlist_id=playlist_id)


def album(sheet: ItemSheet) -> Album:
    """An album."""
    known, fields = subsonic.album(sheet), sheet.fields
    artist, artist_id = _text(known.artist), _text(known.artist_id)
    return Album(
        id=known.id,
        name=known.name,
        order_album_name=sheet.sort_title,
        artist=artist,
        artist_id=artist_id,
        album_artist=artist,
        album_artist_id=artist_id,
        participants=_participants(sheet.people),
        max_year=sheet.year or 0,
        min_year=sheet.year or 0,
        compilation=bool(fields.get("compilation")),
        song_count=sheet.child_count,
        discs=dict(fields.get("disc_titles", {})),
        mbz_album_id=_known(sheet.ids.get("musicbrainz_album")),
        mbz_release_group_id=_known(sheet.ids.get("musicbrainz_release_group")),
        mbz_album_type=_first(fields.get("release_types")),
        explicit_status=_status(fields),
        **_of_both(sheet),
        **_mine(sheet),
    )


def artist(sheet: ItemSheet, songs: int) -> Artist:
    """An artist."""
    return Artist(
        id=item_id(sheet.level, sheet.id),
        name=sheet.title,
        order_artist_name=sheet.sort_title,
        mbz_artist_id=_known(sheet.ids.get("musicbrainz_artist")),
        album_count=sheet.child_count,
        song_count=songs,
        genres=_genres(sheet),
        missing=sheet.missing,
        created_at=subsonic.instant(sheet.added_at_ms),
        **_mine(sheet),
    )


def _song(sheet: ItemSheet) -> dict[str, Any]:
    known, fields = subsonic.song(sheet), sheet.fields
    return {
        "id": known.id,
        "title": known.title,
        "order_title": sheet.sort_title,
        "path": _text(known.path),
        "album": _text(known.album),
        "album_id": _text(known.album_id),
        "artist": _text(known.artist),
        "artist_id": _text(known.artist_id),
        "album_artist": _text(known.display_album_artist),
        "album_artist_id": known.album_artists[0].id if known.album_artists else "",
        "participants": _participants([*sheet.people, *sheet.parent_people]),
        "has_cover_art": bool(known.cover_art),
        "track_number": _number(known.track),
        "disc_number": _number(known.disc_number),
        "disc_subtitle": _known(fields.get("disc_title")),
        "year": _number(known.year),
        "size": _number(known.size),
        "suffix": _text(known.suffix),
        "bit_rate": _number(known.bit_rate),
        "sample_rate": _number(known.sampling_rate),
        "bit_depth": known.bit_depth,
        "channels": _number(known.channel_count),
        "codec": _codec(sheet),
        "compilation": bool(sheet.parent_fields.get("compilation")),
        "bpm": round(fields["bpm"]) if "bpm" in fields else UNSET,
        "explicit_status": _status(fields),
        "mbz_recording_id": _known(sheet.ids.get("musicbrainz_recording")),
        "mbz_release_track_id": _known(sheet.ids.get("musicbrainz_track")),
        "mbz_album_id": _known(sheet.ids.get("musicbrainz_album")),
        "bookmark_position": sheet.mine.position_ms,
        **{f"rg_{gain}": fields.get(f"replaygain_{gain}", UNSET) for gain in _GAINS},
        **_of_both(sheet),
        **_mine(sheet),
    }


_GAINS = ("album_gain", "album_peak", "track_gain", "track_peak")


def _of_both(sheet: ItemSheet) -> dict[str, Any]:
    """What songs and albums have alike."""
    fields, genres = sheet.fields, _genres(sheet)
    return {
        "library_id": music_folder_id(sheet.source_id),
        "date": _known(sheet.date),
        "original_date": _known(fields.get("original_date")),
        "release_date": _known(fields.get("release_date")),
        "duration": sheet.duration_ms / 1000,
        "comment": _known(fields.get("comment")),
        "catalog_num": _first(fields.get("catalog_numbers")),
        "genre": genres[0].name if genres else "",
        "genres": genres,
        "tags": {"genre": [each.name for each in genres]} if genres else {},
        "missing": sheet.missing,
        "created_at": subsonic.instant(sheet.added_at_ms),
    }


def _mine(sheet: ItemSheet) -> dict[str, Any]:
    mine = sheet.mine
    return {
        "play_count": mine.play_count,
        "play_date": subsonic.moment(mine.played_at_ms),
        "rating": _number(subsonic.stars(mine.rating)),
        "starred": mine.favourite_at_ms > 0,
        "starred_at": subsonic.moment(mine.favourite_at_ms),
    }


def _genres(sheet: ItemSheet) -> list[Genre]:
    return [Genre(id=each.id, name=each.name) for each in sheet.genres]


def _participants(people: Iterable[Credited]) -> dict[str, list[Participant]]:
    """Everybody by role, as theirs are named: `albumartist`."""
    found: dict[str, list[Participant]] = {}
    for each in people:
        own = to_id("ar", each.item_id) if each.item_id else to_id("pe", each.id)
        found.setdefault(each.role.replace("_", ""), []).append(Participant(id=own, name=each.name))
    return found


def _codec(sheet: ItemSheet) -> str:
    technical = sheet.file.technical if sheet.file else None
    return next((each.codec for each in technical.streams if each.type == "audio"), "") if technical else ""


def _status(fields: dict[str, Any]) -> str:
    """`e` explicit, `c` clean, or nothing."""
    return {"explicit": "e", "clean": "c"}.get(fields.get("explicit", ""), "")


def _first(values: Any) -> str | UnsetType:
    return str(values[0]) if isinstance(values, list) and values else UNSET


def _known(value: Any) -> str | UnsetType:
    return str(value) if value else UNSET


def _text(value: str | UnsetType) -> str:
    return "" if value is UNSET else str(value)


def _number(value: int | UnsetType) -> int:
    return 0 if isinstance(value, UnsetType) else value
