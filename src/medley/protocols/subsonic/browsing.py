"""Browsing: folders, artists, albums, songs, genres, videos, and what is known of them."""

import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import ItemDetail, ItemQuery, ItemSheet, NamedItem
from medley.kernel.errors import NotFound
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._counted import Counted
from medley.protocols.subsonic._ids import music_folder_id, source_of, to_id
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.browsing import (
    AlbumInfo,
    ArtistInfo,
    ArtistsID3,
    AudioTrack,
    Captions,
    Directory,
    Genre,
    Genres,
    Index,
    Indexes,
    IndexID3,
    MusicFolder,
    MusicFolders,
    VideoInfo,
    Videos,
)
from medley.protocols.subsonic._wire.media import AlbumID3, ArtistWithAlbumsID3, Child

GENRES = Counted()
ARTICLES = "The A An Der Das Le La Les El Los Las Il Gli Het Os"  # that names are not looked for under


def get_music_folders(house: Parts, who: Asker, _ask: Ask) -> MusicFolders:
    """The sources with music in them."""
    found = music.sources(house, who)
    return MusicFolders(music_folder=[MusicFolder(id=music_folder_id(each.id), name=each.name) for each in found])


def get_indexes(house: Parts, who: Asker, ask: Ask) -> Indexes:
    """All artists as folders, by letter; none where nothing was scanned since `ifModifiedSince`."""
    since = ask.number("ifModifiedSince", 0)
    query = music.narrowed(house, who, ask, music.ARTISTS)
    changed = _scanned_at(house, who)
    every = house.library.listing.names(who, query) if not since or changed > since else []
    index = [
        Index(name=letter, artist=[translate.named_folder(each, query.level) for each in some])
        for letter, some in _by_letter(every)
    ]
    return Indexes(last_modified=changed, ignored_articles=ARTICLES, index=index)


def get_artists(house: Parts, who: Asker, ask: Ask) -> ArtistsID3:
    """All artists, by letter."""
    query = music.narrowed(house, who, ask, music.ARTISTS)
    index = [
        IndexID3(name=letter, artist=[translate.named_artist(each, query.level) for each in some])
        for letter, some in _by_letter(house.library.listing.names(who, query))
    ]
    return ArtistsID3(ignored_articles=ARTICLES, index=index)


def get_music_directory(house: Parts, who: Asker, ask: Ask) -> Directory:
    """What is in a music folder, an artist, or an album."""
    ref = ask.ref("id")
    if ref.sort == "mf":
        return _folder_of_artists(house, who, ref.id)
    sheet = music.one(house, who, ref)
    below = music.children(house, who, sheet.id)
    parent = sheet.parent
    return Directory(
        id=to_id(music.sort_of(sheet), sheet.id),
        parent=to_id("ar", parent.id) if parent else str(music_folder_id(sheet.source_id)),
        name=sheet.title,
        starred=translate.moment(sheet.mine.favourite_at_ms),
        user_rating=translate.stars(sheet.mine.rating),
        play_count=sheet.mine.play_count,
        child=[translate.song(each) if music.is_song(each) else translate.album_folder(each) for each in below],
    )


def get_genres(house: Parts, who: Asker, _ask: Ask) -> Genres:
    """All genres, and how many songs and albums are of each."""
    seen = tuple((each.id, each.scanned_at_ms, tuple(each.counts.items())) for each in music.sources(house, who))
    found = GENRES.get(seen, lambda: house.library.listing.word_counts(who, ItemQuery(kind=music.KIND)))
    songs, albums = music.SONGS.level, music.ALBUMS.level
    return Genres(
        genre=[
            Genre(value=each.name, song_count=each.by_level.get(songs, 0), album_count=each.by_level.get(albums, 0))
            for each in found
        ]
    )


def get_artist(house: Parts, who: Asker, ask: Ask) -> ArtistWithAlbumsID3:
    """An artist with the albums: their own, and those that they made with others."""
    ref = ask.ref("id")
    if ref.sort == "pe":
        return _person(house, who, ref.id)
    sheet = music.one(house, who, ref)
    if sheet.level != music.ARTISTS.level:
        raise NotFound("There is no artist with this id.", hint="It is the id of something else.")
    own = sorted(music.children(house, who, sheet.id), key=lambda each: (each.date, each.sort_title, each.id))
    albums = [*own, *_with_others(house, who, sheet, own)]
    told = translate.artist(sheet)
    told.album_count = len(albums)
    return _with_albums(told, [translate.album(each) for each in albums])


def get_album(house: Parts, who: Asker, ask: Ask) -> AlbumID3:
    """An album with its songs."""
    sheet = music.one(house, who, ask.ref("id"))
    if sheet.level != music.ALBUMS.level:
        raise NotFound("There is no album with this id.", hint="It is the id of something else.")
    told = translate.album(sheet)
    told.song = [translate.song(each) for each in music.children(house, who, sheet.id)]
    return told


def get_song(house: Parts, who: Asker, ask: Ask) -> Child:
    """One song."""
    sheet = music.one(house, who, ask.ref("id"))
    if not music.is_song(sheet):
        raise NotFound("There is no song with this id.", hint="It is the id of something else.")
    return translate.song(sheet)


def get_videos(house: Parts, who: Asker, _ask: Ask) -> Videos:
    """Everything that is watched, kind by kind."""
    found: list[str] = []
    for kind in house.library.kinds.values():
        if kind.media == "video":
            query = ItemQuery(kind=kind.name, level=kind.leaf.name)
            found += house.library.listing.everything(who, query, 5_000).items
    return Videos(video=music.songs(house, who, found))


def get_video_info(house: Parts, who: Asker, ask: Ask) -> VideoInfo:
    """The languages of a video, heard and read."""
    item = house.library.items.get(who, ask.ref("id").of("so"))
    streams = [stream for edition in item.editions[:1] for file in edition.files[:1] for stream in file.streams]
    captions = [
        Captions(id=to_id("so", item.id), name=each.name) for each in item.companions if each.role == "subtitle"
    ]
    return VideoInfo(
        id=to_id("so", item.id),
        captions=captions,
        audio_track=[
            AudioTrack(
                id=str(stream.index),
                name=stream.title or stream.language or str(stream.index),
                language_code=stream.language or UNSET,
            )
            for stream in streams
            if stream.type == "audio"
        ],
    )


def get_artist_info(house: Parts, who: Asker, ask: Ask) -> ArtistInfo:
    """What is known of an artist, or of that of an album or song."""
    item = _above(house, who, ask, music.ARTISTS.level)
    mbid = item.ids.get("musicbrainz_artist", UNSET)
    return ArtistInfo(biography=item.overview or UNSET, music_brainz_id=mbid, similar_artist=[])


def get_album_info(house: Parts, who: Asker, ask: Ask) -> AlbumInfo:
    """What is known of an album, or of that of a song."""
    item = _above(house, who, ask, music.ALBUMS.level)
    return AlbumInfo(notes=item.overview or UNSET, music_brainz_id=item.ids.get("musicbrainz_album", UNSET))


def _above(house: Parts, who: Asker, ask: Ask, level: str) -> ItemDetail:
    """The item that an id stands for, or what it stands in at `level`."""
    sheet = music.one(house, who, ask.ref("id"))
    for own, at in ((sheet.id, sheet.level), *((each.id, each.level) for each in (sheet.parent, sheet.top) if each)):
        if at == level:
            return house.library.items.get(who, own)
    raise NotFound(f"There is no {level} with this id.", hint="It is the id of something else.")


def _scanned_at(house: Parts, who: Asker) -> int:
    return max((each.scanned_at_ms for each in music.sources(house, who)), default=0)


def _by_letter(every: Iterable[NamedItem]) -> Iterator[tuple[str, list[NamedItem]]]:
    letters: dict[str, list[NamedItem]] = {}
    for each in every:
        letters.setdefault(_letter(each.sort_title), []).append(each)
    return iter(sorted(letters.items(), key=lambda each: (each[0] == "#", each[0])))


def _letter(sort_title: str) -> str:
    """The letter that a name is looked for under; "#" for what begins with none."""
    first = unicodedata.normalize("NFKD", sort_title[:1])[:1].upper()
    return first if first.isalpha() else "#"


def _folder_of_artists(house: Parts, who: Asker, number: str) -> Directory:
    source = source_of(number, music.sources(house, who))
    artists = house.library.listing.names(who, replace(music.ARTISTS, source=source.id))
    folders = [_artist_as_child(each, number) for each in artists]
    return Directory(id=number, name=source.name, child=folders)


def _artist_as_child(item: NamedItem, parent: str) -> Child:
    own = to_id("ar", item.id)
    starred, rating = translate.moment(item.favourite_at_ms), translate.stars(item.rating)
    told: dict[str, Any] = {"artist": item.title, "media_type": "artist", "cover_art": own, "starred": starred}
    return Child(id=own, parent=parent, is_dir=True, title=item.title, user_rating=rating, **told)


def _with_others(house: Parts, who: Asker, artist: ItemSheet, own: list[ItemSheet]) -> list[ItemSheet]:
    """Albums that credit the artist and stand below another."""
    known = {each.id for each in own}
    people = {
        credited.id
        for each in own
        for credited in each.people
        if credited.item_id == artist.id and credited.role == translate.ALBUM_ARTISTS
    }
    found = (house.library.listing.with_person(who, replace(music.ALBUMS, person=each)) for each in sorted(people))
    return house.library.items.sheets(who, [each for each in itertools.chain(*found) if each not in known])


def _person(house: Parts, who: Asker, person_id: str) -> ArtistWithAlbumsID3:
    """Somebody who has no page as an artist, with the albums that they took part in."""
    person = house.library.words.person(who, person_id)
    found = house.library.listing.with_person(who, replace(music.ALBUMS, person=person_id), below=True)
    albums = music.albums(house, who, found)
    told = translate.person(person.id, person.name)
    told.album_count = len(albums)
    return _with_albums(told, albums)


def _with_albums(artist: Any, albums: list[AlbumID3]) -> ArtistWithAlbumsID3:
    known = {name: getattr(artist, name) for name in artist.__struct_fields__}
    return ArtistWithAlbumsID3(**known, album=albums)
