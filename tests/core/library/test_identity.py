"""Files move, are renamed, retagged, re-encoded; what people did with the items stays with them."""

import shutil
from pathlib import Path

import pytest
from tests.support.library_room import Room
from tests.support.tiny_media import film, retag, track

from medley.core.library import ItemCard, ProgressReport


class Shop:
    """One music library whose tracks, albums and artists somebody has played, rated and put on lists."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.source = room.source("music")
        self.root = room.media / "music"

    def album(self, album: str = "Blue", artist: str = "Ann", folder: str = "a", suffix: str = ".mp3", count: int = 3):
        base = sum(map(ord, artist + album)) % 500
        for number in range(1, count + 1):
            name = f"{number:02} {album} {number}{suffix}"
            tags = {"title": f"{album} {number}", "artist": artist, "albumartist": artist, "album": album}
            track(self.root / folder / name, base + number, **tags, tracknumber=str(number))

    def loved(self, title: str, level: str) -> tuple[str, str]:
        """Play it, rate it, list it; gives the ids of the item and of the list."""
        library, me = self.room.library, self.room.me
        item = self.room.card(title, "music", level)
        library.progress.report(me, item.id, ProgressReport(position_ms=200, duration_ms=1000, device="phone"))
        library.progress.think(me, item.id, {"favourite": True, "rating": 7})
        library.words.tag(me, item.id, f"mine {title}")
        return item.id, library.playlists.create(me, f"list {title} {level}", [item.id]).id

    def still_loved(self, loved: tuple[str, str], title: str, level: str) -> ItemCard:
        """It is called `title` now, everything is with it, and its old id answers."""
        card = self.room.card(title, "music", level)
        assert (card.mine.position_ms, card.mine.favourite, card.mine.rating) == (200, True, 7)
        assert not card.missing
        assert self.room.item(loved[0]).id == card.id
        entries = self.room.library.playlists.entries(self.room.me, loved[1]).items
        assert [entry.item.id for entry in entries] == [card.id]
        assert any(tag.name.startswith("mine ") for tag in self.room.item(card.id).tags)
        return card

    def scan(self, *paths: str):
        return self.room.scan(self.source, paths)

    def tracks(self) -> list[str]:
        return self.room.titles("music", "track")

    def files(self, item_id: str) -> list[tuple[str, str, bool]]:
        """(edition, name, missing)."""
        return [(e.label, file.name, file.missing) for e in self.room.item(item_id).editions for file in e.files]


@pytest.fixture
def shop(room: Room) -> Shop:
    return Shop(room)


@pytest.fixture
def lite(lite_room: Room) -> Shop:
    return Shop(lite_room)


def test_moved_renamed_retagged(shop: Shop) -> None:
    shop.album()
    shop.scan()
    loved = shop.loved("Blue 1", "track")
    (shop.root / "b").mkdir()
    (shop.root / "a/01 Blue 1.mp3").rename(shop.root / "b/01 Blue 1.mp3")
    assert shop.scan().missing == 0
    assert shop.still_loved(loved, "Blue 1", "track").id == loved[0]
    (shop.root / "b/01 Blue 1.mp3").rename(shop.root / "b/quite different.mp3")
    shop.scan()
    assert shop.still_loved(loved, "Blue 1", "track").id == loved[0]
    retag(shop.root / "b/quite different.mp3", title="Bluer", genre="longer " * 300)
    shop.scan()
    assert shop.still_loved(loved, "Bluer", "track").id == loved[0]
    assert sorted(shop.tracks()) == ["Blue 2", "Blue 3", "Bluer"]
    assert shop.room.card("Blue", "music", "album").child_count == 3


@pytest.mark.parametrize("suffix", [".mp3", ".flac"])
def test_retagged_and_moved_in_one_step(lite: Shop, suffix: str) -> None:
    lite.album(suffix=suffix)
    lite.scan()
    loved = lite.loved("Blue 1", "track")
    target = lite.root / f"deep/er/x{suffix}"
    target.parent.mkdir(parents=True)
    (lite.root / f"a/01 Blue 1{suffix}").rename(target)
    retag(target, title="Green", tracknumber="9")
    lite.scan()
    assert lite.still_loved(loved, "Green", "track").id == loved[0]
    assert len(lite.tracks()) == 3


@pytest.mark.parametrize("together", [True, False])
def test_re_encoded(shop: Shop, together: bool) -> None:
    shop.album()
    shop.scan()
    loved, album = shop.loved("Blue 1", "track"), shop.loved("Blue", "album")
    for old in sorted((shop.root / "a").iterdir()):
        old.unlink()
    if not together:
        shop.scan()
        assert shop.room.card("Blue 1", "music", "track").missing
        assert shop.room.card("Blue", "music", "album").missing
    shop.album(suffix=".flac")
    shop.scan()
    card = shop.still_loved(loved, "Blue 1", "track")
    shop.still_loved(album, "Blue", "album")
    assert [(name, missing) for _, name, missing in shop.files(card.id) if not missing] == [("01 Blue 1.flac", False)]
    assert len(shop.tracks()) == 3
    assert not any(item.missing for level in ("artist", "album", "track") for item in shop.room.cards("music", level))


@pytest.mark.parametrize("together", [True, False])
def test_re_encoded_and_given_ids_of_musicbrainz(shop: Shop, together: bool) -> None:
    shop.album()
    shop.scan()
    loved, album = shop.loved("Blue 1", "track"), shop.loved("Blue", "album")
    for old in sorted((shop.root / "a").iterdir()):
        old.unlink()
    if not together:
        shop.scan()
    shop.album(suffix=".flac")
    for number, path in enumerate(sorted((shop.root / "a").iterdir())):
        retag(
            path,
            musicbrainz_albumid="89ad4ac3-39f7-470e-963a-56509c546377",
            musicbrainz_releasetrackid=f"0b6b4ba0-d36f-47bd-b4ea-6a5b91842d2{number}",
        )
    shop.scan()
    assert shop.still_loved(loved, "Blue 1", "track").id == loved[0]
    assert shop.still_loved(album, "Blue", "album").id == album[0]
    assert len(shop.tracks()) == 3
    assert shop.room.titles("music", "album") == ["Blue"]


def test_a_copy_with_ids_beside_the_one_without_is_another_album(lite: Shop) -> None:
    lite.album()
    lite.scan()
    loved = lite.loved("Blue 1", "track")
    lite.album(suffix=".flac", folder="b")
    for path in (lite.root / "b").iterdir():
        retag(path, musicbrainz_albumid="89ad4ac3-39f7-470e-963a-56509c546377")
    lite.scan()
    assert lite.files(loved[0]) == [("MP3", "01 Blue 1.mp3", False)]
    assert len(lite.tracks()) == 6


def test_the_old_file_goes_in_a_later_scan(lite: Shop) -> None:
    lite.album(count=1)
    lite.scan()
    loved = lite.loved("Blue 1", "track")
    lite.album(suffix=".flac", count=1, folder="b")
    lite.scan()
    assert len(lite.files(loved[0])) == 2
    (lite.root / "a/01 Blue 1.mp3").unlink()
    lite.scan()
    assert [(name, missing) for _, name, missing in lite.files(loved[0]) if not missing] == [("01 Blue 1.flac", False)]
    lite.still_loved(loved, "Blue 1", "track")


def test_everything_below_a_new_folder(shop: Shop) -> None:
    for number in range(4):
        shop.album(f"Album {number}", folder=f"Ann/Album {number}")
    shop.scan()
    loved, album, artist = (
        shop.loved("Album 1 2", "track"),
        shop.loved("Album 1", "album"),
        shop.loved("Ann", "artist"),
    )
    ids = {card.id for card in shop.room.cards("music", "track")}
    shop.root.joinpath("sub/folder").mkdir(parents=True)
    shop.root.joinpath("Ann").rename(shop.root / "sub/folder/Ann")
    result = shop.scan()
    assert (result.missing, result.paused, result.added) == (0, "", 0)
    assert {card.id for card in shop.room.cards("music", "track")} == ids
    shop.still_loved(loved, "Album 1 2", "track")
    shop.still_loved(album, "Album 1", "album")
    shop.still_loved(artist, "Ann", "artist")


def test_the_source_moves(lite: Shop) -> None:
    lite.album()
    lite.scan()
    loved = lite.loved("Blue 1", "track")
    elsewhere = lite.room.folder / "elsewhere"
    lite.root.rename(elsewhere)
    assert "cannot be read" in lite.scan().paused
    assert lite.room.library.sources.get(lite.source).state == "unreachable"
    lite.room.library.sources.change(lite.source, {"path": str(elsewhere)})
    result = lite.scan()
    assert (result.files, result.added, result.changed, result.missing) == (0, 0, 0, 0)
    lite.still_loved(loved, "Blue 1", "track")
    assert lite.room.library.sources.get(lite.source).state == "ready"
    assert not lite.room.notices()


def test_an_album_is_called_otherwise(shop: Shop) -> None:
    shop.album()
    shop.album("Red", folder="r")
    shop.scan()
    loved, album = shop.loved("Blue 2", "track"), shop.loved("Blue", "album")
    for file in (shop.root / "a").iterdir():
        retag(file, album="Deep Blue")
    shop.scan()
    assert shop.still_loved(album, "Deep Blue", "album").id == album[0]
    assert shop.still_loved(loved, "Blue 2", "track").id == loved[0]
    assert sorted(shop.room.titles("music", "album")) == ["Deep Blue", "Red"]


def test_an_album_in_two_folders_is_renamed_folder_by_folder(lite: Shop) -> None:
    lite.album()
    lite.album(folder="b", count=5)
    (lite.root / "b/01 Blue 1.mp3").unlink()
    lite.scan()
    album = lite.loved("Blue", "album")
    for folder in "ab":
        for file in (lite.root / folder).iterdir():
            retag(file, album="Deep Blue")
        lite.scan()
    lite.still_loved(album, "Deep Blue", "album")
    assert lite.room.titles("music", "album") == ["Deep Blue"]


def test_an_album_artist_is_corrected(shop: Shop) -> None:
    shop.album(artist="An")
    shop.scan()
    loved, album, artist = shop.loved("Blue 2", "track"), shop.loved("Blue", "album"), shop.loved("An", "artist")
    for file in (shop.root / "a").iterdir():
        retag(file, albumartist="Ann", artist="Ann")
    shop.scan()
    shop.still_loved(loved, "Blue 2", "track")
    shop.still_loved(album, "Blue", "album")
    shop.still_loved(artist, "Ann", "artist")
    assert shop.room.titles("music", "artist") == ["Ann"]


def test_the_artist_exists_already(lite: Shop) -> None:
    lite.album(artist="An")
    lite.album("Red", folder="r")
    lite.scan()
    album, artist = lite.loved("Blue", "album"), lite.loved("An", "artist")
    for file in (lite.root / "a").iterdir():
        retag(file, albumartist="Ann", artist="Ann")
    lite.scan()
    lite.still_loved(album, "Blue", "album")
    lite.still_loved(artist, "Ann", "artist")
    assert lite.room.titles("music", "artist") == ["Ann"]
    assert lite.room.card("Ann", "music", "artist").child_count == 2


def test_one_track_goes_to_another_album(shop: Shop) -> None:
    shop.album()
    shop.album("Red", folder="r")
    shop.scan()
    loved, album = shop.loved("Blue 2", "track"), shop.loved("Blue", "album")
    retag(shop.root / "a/02 Blue 2.mp3", album="Red", tracknumber="9")
    shop.scan()
    assert shop.still_loved(loved, "Blue 2", "track").parent_title == "Red"
    assert shop.still_loved(album, "Blue", "album").child_count == 2
    assert shop.room.card("Red", "music", "album").child_count == 4


def test_the_last_track_takes_its_album_along(lite: Shop) -> None:
    lite.album(count=1)
    lite.album("Red", folder="r")
    lite.scan()
    album = lite.loved("Blue", "album")
    retag(lite.root / "a/01 Blue 1.mp3", album="Red", tracknumber="9")
    lite.scan()
    lite.still_loved(album, "Red", "album")
    assert lite.room.titles("music", "album") == ["Red"]


def test_renumbered_films_each_keep_their_own(lite_room: Room) -> None:
    root = lite_room.media / "show"
    source = lite_room.source("show")
    for number in (1, 2, 3):
        film(root / f"Tale/Season 1/Tale S01E0{number}.mkv", number)
    lite_room.scan(source)
    episodes = {card.number: card for card in lite_room.cards("show", "episode")}
    for number, card in episodes.items():
        lite_room.library.progress.think(lite_room.me, card.id, {"rating": number})
    for number in (3, 2, 1):
        name = "Tale/Season 1/Tale S01E0{}.mkv"
        (root / name.format(number)).rename(root / name.format(number + 1))
    lite_room.scan(source)
    assert {card.number: card.mine.rating for card in lite_room.cards("show", "episode")} == {2: 1, 3: 2, 4: 3}
    assert {card.id for card in lite_room.cards("show", "episode")} == {card.id for card in episodes.values()}


def test_two_files_swap_their_names(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    film(root / "One (2001).mkv", 1)
    film(root / "Two (2002).mkv", 2)
    lite_room.scan(source)
    ids = {card.title: card.id for card in lite_room.cards("film")}
    (root / "One (2001).mkv").rename(root / "x")
    (root / "Two (2002).mkv").rename(root / "One (2001).mkv")
    (root / "x").rename(root / "Two (2002).mkv")
    lite_room.scan(source)
    assert {card.title: card.id for card in lite_room.cards("film")} == {"One": ids["Two"], "Two": ids["One"]}


def test_a_film_that_is_a_show_keeps_what_people_did(lite_room: Room) -> None:
    path = lite_room.media / "things"
    source = lite_room.source("film", "things", path)
    film(path / "Tale/Season 1/Tale S01E01.mkv", 1)
    lite_room.scan(source)
    [old] = lite_room.cards("film")
    lite_room.library.progress.think(lite_room.me, old.id, {"favourite": True})
    lite_room.library.sources.change(source, {"kind": "show"})
    lite_room.scan(source)
    [episode] = lite_room.cards("show", "episode")
    assert episode.mine.favourite
    assert lite_room.item(old.id).id == episode.id
    assert not lite_room.cards("film")
    lite_room.library.sources.change(source, {"kind": "film"})
    lite_room.scan(source)
    assert not lite_room.cards("show", "show")
    [back] = lite_room.cards("film")
    assert back.mine.favourite
    assert lite_room.item(old.id).id == back.id


def test_a_move_that_two_scans_of_paths_see(lite: Shop) -> None:
    for new_first in (True, False):
        folder, other = ("x", "y") if new_first else ("p", "q")
        lite.album(f"Blue {folder}", folder=folder, count=1)
        (lite.root / other).mkdir()
        lite.scan()
        title = f"Blue {folder} 1"
        loved = lite.loved(title, "track")
        (lite.root / folder / f"01 {title}.mp3").rename(lite.root / other / "moved.mp3")
        retag(lite.root / other / "moved.mp3") if not new_first else None
        for path in (other, folder) if new_first else (folder, other):
            lite.scan(path)
        assert lite.files(loved[0]) == [("MP3", "moved.mp3", False)]
        lite.still_loved(loved, title, "track")


def test_a_file_that_went_long_ago_is_known_when_it_comes_back_elsewhere(lite: Shop) -> None:
    lite.album(count=2)
    lite.scan()
    loved = lite.loved("Blue 1", "track")
    kept = Path(shutil.move(lite.root / "a/01 Blue 1.mp3", lite.room.folder / "kept.mp3"))
    assert lite.scan().missing == 1
    assert lite.room.card("Blue 1", "music", "track").missing
    retag(kept, title="Renamed meanwhile")
    (lite.root / "n").mkdir()
    shutil.move(kept, lite.root / "n/new.mp3")
    lite.scan()
    assert lite.still_loved(loved, "Renamed meanwhile", "track").id == loved[0]
    assert len(lite.tracks()) == 2
