"""Our sheets → their songs, albums and artists."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import UNSET, UnsetType

from medley.core.library import Credited, Crumb, ItemSheet, NamedItem, SheetFile
from medley.protocols.plumbing.media import media_type_of
from medley.protocols.subsonic._ids import item_id, to_id
from medley.protocols.subsonic._wire.media import (
    AlbumID3,
    Artist,
    ArtistID3,
    Child,
    Contributor,
    DiscTitle,
    ItemDate,
    ItemGenre,
    Movement,
    RecordLabel,
    ReplayGain,
    Work,
)

ARTISTS = "artist"
_ARTIST_LEVEL, _ALBUM_LEVEL = "artist", "album"
ALBUM_ARTISTS = "album_artist"
_COMPOSER = "composer"
_TYPES = {"music": "music", "podcast": "podcast", "audiobook": "audiobook"}
_SHORT = {"ep": "EP", "dj-mix": "DJ-mix"}  # release types that are not written as words


def song(sheet: ItemSheet) -> Child:
    """A track, or anything else that is played."""
    album, credits_ = sheet.parent if is_listed(sheet.parent) else None, sheet.people
    artists = _people(credits_, ARTISTS) or _above(sheet)
    album_artists = _people(sheet.parent_people, ALBUM_ARTISTS) or _above(sheet)
    fields = sheet.fields
    return Child(
        id=to_id("so", sheet.id),
        parent=item_id(album.level, album.id) if album else UNSET,
        is_dir=False,
        title=sheet.title,
        album=album.title if album else UNSET,
        artist=_shown(fields, artists),
        track=int(sheet.number) if sheet.number is not None else UNSET,
        cover_art=item_id(album.level, album.id) if album else to_id("so", sheet.id),
        disc_number=sheet.group or UNSET,
        album_id=item_id(album.level, album.id) if album else UNSET,
        artist_id=artists[0].id if artists else UNSET,
        type=_TYPES.get(sheet.kind, "video" if _is_video(sheet) else "music"),
        media_type="song",
        bpm=round(fields["bpm"]) if "bpm" in fields else 0,
        comment=fields.get("comment", ""),
        music_brainz_id=sheet.ids.get("musicbrainz_recording", ""),
        isrc=_list(fields.get("isrc")),
        artists=artists,
        display_artist=_shown(fields, artists),
        album_artists=album_artists,
        display_album_artist=_shown(sheet.parent_fields, album_artists),
        contributors=[_contributor(each) for each in credits_ if each.role not in (ARTISTS, ALBUM_ARTISTS)],
        display_composer=", ".join(each.name for each in credits_ if each.role == _COMPOSER),
        replay_gain=_replay_gain(fields),
        explicit_status=_explicit(fields),
        works=[Work(name=each["name"], music_brainz_id=each.get("id", UNSET)) for each in fields.get("works", ())],
        movements=[_movement(each) for each in fields.get("movements", ())],
        groupings=_list(fields.get("groupings")),
        **_of_any(sheet),
        **_of_file(sheet, sheet.file),
    )


def album(sheet: ItemSheet) -> AlbumID3:
    """An album by its tags."""
    fields = sheet.fields
    artists = _people(sheet.people, ALBUM_ARTISTS) or _above(sheet)
    return AlbumID3(
        id=item_id(sheet.level, sheet.id),
        name=sheet.title,
        version=fields.get("version", UNSET),
        artist=_shown(fields, artists),
        artist_id=artists[0].id if artists else UNSET,
        cover_art=item_id(sheet.level, sheet.id),
        song_count=sheet.child_count,
        record_labels=[RecordLabel(name=each) for each in _list(fields.get("labels"))],
        music_brainz_id=sheet.ids.get("musicbrainz_album", ""),
        artists=artists,
        display_artist=_shown(fields, artists),
        release_types=[_SHORT.get(each, each.capitalize()) for each in _list(fields.get("release_types"))],
        original_release_date=_date(fields.get("original_date") or sheet.date),
        release_date=_date(fields.get("release_date", "")),
        is_compilation=bool(fields.get("compilation")),
        explicit_status=_explicit(fields),
        disc_titles=[DiscTitle(disc=int(disc), title=title) for disc, title in _discs(fields)],
        **_dated(sheet),
    )


def album_folder(sheet: ItemSheet) -> Child:
    """An album as a folder."""
    artists = _people(sheet.people, ALBUM_ARTISTS) or _above(sheet)
    return Child(
        id=item_id(sheet.level, sheet.id),
        parent=item_id(sheet.parent.level, sheet.parent.id) if sheet.parent else UNSET,
        is_dir=True,
        title=sheet.title,
        album=sheet.title,
        artist=_shown(sheet.fields, artists),
        cover_art=item_id(sheet.level, sheet.id),
        artist_id=artists[0].id if artists else UNSET,
        media_type="album",
        **_of_any(sheet),
    )


def artist(sheet: ItemSheet) -> ArtistID3:
    """An artist by tags."""
    return ArtistID3(
        id=item_id(sheet.level, sheet.id),
        name=sheet.title,
        cover_art=item_id(sheet.level, sheet.id),
        album_count=sheet.child_count,
        starred=moment(sheet.mine.favourite_at_ms),
        user_rating=stars(sheet.mine.rating),
        music_brainz_id=sheet.ids.get("musicbrainz_artist", ""),
        sort_name=sheet.sort_title,
        roles=["albumartist"],
    )


def person(person_id: str, name: str) -> ArtistID3:
    """Somebody who is credited and has no page as an artist."""
    return ArtistID3(id=to_id("pe", person_id), name=name)


def artist_folder(sheet: ItemSheet) -> Artist:
    """An artist as a folder."""
    return Artist(
        id=item_id(sheet.level, sheet.id),
        name=sheet.title,
        starred=moment(sheet.mine.favourite_at_ms),
        user_rating=stars(sheet.mine.rating),
        average_rating=_average(sheet),
        cover_art=item_id(sheet.level, sheet.id),
    )


def named_artist(item: NamedItem, level: str) -> ArtistID3:
    """An artist in the list of all."""
    return ArtistID3(
        id=item_id(level, item.id),
        name=item.title,
        cover_art=item_id(level, item.id),
        album_count=item.child_count,
        starred=moment(item.favourite_at_ms),
        user_rating=stars(item.rating),
        music_brainz_id=item.ids.get("musicbrainz_artist", ""),
        sort_name=item.sort_title,
        roles=["albumartist"],
    )


def named_folder(item: NamedItem, level: str) -> Artist:
    """An artist in the list of all folders."""
    return Artist(
        id=item_id(level, item.id),
        name=item.title,
        starred=moment(item.favourite_at_ms),
        user_rating=stars(item.rating),
        cover_art=item_id(level, item.id),
    )


def is_listed(crumb: Crumb | None) -> bool:
    """Whether apps can open what an item stands in: they know artists and albums, and no seasons."""
    return crumb is not None and crumb.level in (_ARTIST_LEVEL, _ALBUM_LEVEL)


def moment(at_ms: int) -> str | UnsetType:
    """Milliseconds since 1970 as ISO 8601; nothing for never."""
    if at_ms <= 0:
        return UNSET
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(at_ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601, also where they are 0."""
    return str(moment(max(1, at_ms)))


def stars(rating: int | None) -> int | UnsetType:
    """0 to 10 as 1 to 5; nothing for none."""
    return max(1, (rating + 1) // 2) if rating else UNSET


def seconds(length_ms: int) -> int:
    """Milliseconds as whole seconds; what is there lasts at least one."""
    return max(1, round(length_ms / 1000)) if length_ms > 0 else 0


def _dated(sheet: ItemSheet) -> dict[str, Any]:
    """What songs, albums and folders have alike, and albums must have."""
    mine, genres = sheet.mine, [each.name for each in sheet.genres]
    return {
        "year": sheet.year or UNSET,
        "genre": genres[0] if genres else UNSET,
        "duration": seconds(sheet.duration_ms),
        "user_rating": stars(mine.rating),
        "play_count": mine.play_count,
        "played": moment(mine.played_at_ms),
        "created": instant(sheet.added_at_ms),
        "starred": moment(mine.favourite_at_ms),
        "sort_name": sheet.sort_title,
        "genres": [ItemGenre(name=each) for each in genres],
        "moods": _list(sheet.fields.get("moods")),
    }


def _of_any(sheet: ItemSheet) -> dict[str, Any]:
    return {**_dated(sheet), "average_rating": _average(sheet)}


def _of_file(sheet: ItemSheet, file: SheetFile | None) -> dict[str, Any]:
    if file is None:
        return {}
    found: dict[str, Any] = {
        "size": _share(sheet, file),
        "content_type": media_type_of(file.name),
        "suffix": file.name.rpartition(".")[2].lower(),
        "path": file.path,
        "is_video": _is_video(sheet),
    }
    technical = file.technical
    if technical is None:
        return found
    sound = next((each for each in technical.streams if each.type == "audio"), None)
    found["bit_rate"] = round(((sound.bitrate if sound else 0) or technical.bitrate) / 1000) or UNSET
    if sound is not None:
        found["bit_depth"] = sound.bit_depth or UNSET
        found["sampling_rate"] = sound.sample_rate or UNSET
        found["channel_count"] = sound.channels or UNSET
    if found["is_video"]:
        found["original_width"], found["original_height"] = technical.width, technical.height
    return found


def _share(sheet: ItemSheet, file: SheetFile) -> int:
    """The track's share of a file that holds several."""
    whole = file.technical.duration_ms if file.technical else 0
    if not whole or not (file.start_ms or file.end_ms):
        return file.size
    return min(file.size, file.size * sheet.duration_ms // whole)


def _is_video(sheet: ItemSheet) -> bool:
    technical = sheet.file.technical if sheet.file else None
    return technical is not None and technical.media == "video"


def _people(credited: Iterable[Credited], role: str) -> list[ArtistID3]:
    return [_person(each) for each in credited if each.role == role]


def _person(credited: Credited) -> ArtistID3:
    """Somebody by the page that stands for them, or by their name where there is none."""
    if not credited.item_id:
        return person(credited.id, credited.name)
    return ArtistID3(id=to_id("ar", credited.item_id), name=credited.name)


def _above(sheet: ItemSheet) -> list[ArtistID3]:
    """Where nobody is credited: what the item stands in at the top."""
    top = sheet.top or sheet.parent
    return [ArtistID3(id=item_id(top.level, top.id), name=top.title)] if top and is_listed(top) else []


def _contributor(credited: Credited) -> Contributor:
    return Contributor(
        role=credited.role.replace("_", ""), sub_role=credited.character or UNSET, artist=_person(credited)
    )


def _shown(fields: dict[str, Any], artists: list[ArtistID3]) -> str:
    """The artists as the tag writes them, or one after the other."""
    return str(fields.get("artist") or ", ".join(each.name for each in artists))


def _replay_gain(fields: dict[str, Any]) -> ReplayGain:
    values = {name: fields.get(f"replaygain_{name}", UNSET) for name in _GAINS}
    return ReplayGain(**values)


_GAINS = ("track_gain", "album_gain", "track_peak", "album_peak", "base_gain")


def _movement(each: dict[str, Any]) -> Movement:
    return Movement(name=each["name"], number=each.get("number", UNSET), count=each.get("count", UNSET))


def _explicit(fields: dict[str, Any]) -> str:
    """Said by whoever tagged it; nothing where nobody did."""
    said = fields.get("explicit", "")
    return said if said in ("explicit", "clean") else ""


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _discs(fields: dict[str, Any]) -> list[tuple[str, str]]:
    titles = fields.get("disc_titles", {})
    return sorted(titles.items(), key=lambda each: int(each[0]))


def _date(text: str) -> ItemDate:
    numbers = [int(each) for each in text.split("-") if each.isdecimal()]
    return ItemDate(**dict(zip(("year", "month", "day"), numbers, strict=False)))


def _average(sheet: ItemSheet) -> float | UnsetType:
    return round(sheet.average_rating / 2, 2) if sheet.average_rating else UNSET
