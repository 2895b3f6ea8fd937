"""The trash is a person's act: there and back, or away for good. Files stay where they are."""

import shutil
from pathlib import Path

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import film, track

from medley.core.library import ItemQuery
from medley.kernel.errors import Conflict, NotFound


def films(room: Room, count: int) -> tuple[str, Path]:
    root, source = room.media / "film", room.source("film")
    for number in range(count):
        film(root / f"Film {number} ({2000 + number})" / f"Film {number} ({2000 + number}).mkv", number)
    room.scan(source)
    return source, root


def delete(room: Room, *item_ids: str) -> None:
    for item_id in item_ids:
        room.library.trash.put(room.me, item_id)
        room.library.trash.delete(room.me, item_id)


def test_there_and_back(room: Room) -> None:
    root, source = room.media / "show", room.source("show")
    for number in (1, 2, 3):
        film(root / f"Tale/Season 1/Tale S01E0{number}.mkv", number)
    room.scan(source)
    show = room.card("Tale", "show", "show")
    first, second, _ = sorted(room.cards("show", "episode"), key=lambda card: card.number or 0)
    trash, items = room.library.trash, room.library.items
    trash.put(room.me, first.id)
    assert room.item(first.parent_id or "").child_count == 2
    film(root / "Tale/Season 1/Tale S01E01.mkv", 77)
    room.scan(source)
    assert [card.id for card in trash.page(room.me).items] == [first.id]
    assert first.id not in [card.id for card in room.cards("show", "episode")]
    trash.put(room.me, show.id)
    assert not room.cards("show", "show")
    assert not room.cards("show", "episode")
    assert items.count(room.me, ItemQuery(kind="show")).count == 0
    film(root / "Tale/Season 1/Tale S01E04.mkv", 4)
    film(root / "Tale/Season 2/Tale S02E01.mkv", 5)
    room.scan(source)
    assert not room.cards("show", "episode")
    assert {card.id for card in trash.page(room.me).items} >= {show.id}
    trash.restore(room.me, second.id)
    assert [card.id for card in room.cards("show", "episode")] == [second.id]
    assert [card.id for card in room.cards("show", "show")] == [show.id]
    trash.restore(room.me, show.id)
    assert len(room.cards("show", "episode")) == 5
    assert not trash.page(room.me).items
    assert room.library.sources.get(source).counts == {"show/show": 1, "show/season": 2, "show/episode": 5}


def test_deleted_for_good(room: Room) -> None:
    source, root = films(room, 3)
    kept, gone, _ = sorted(room.cards("film"), key=lambda card: card.title)
    library, me = room.library, room.me
    library.progress.think(me, gone.id, {"favourite": True})
    library.words.tag(me, gone.id, "seen twice")
    playlist = library.playlists.create(me, "Mine")
    library.playlists.add(me, playlist.id, [gone.id, kept.id])
    with pytest.raises(Conflict, match="not in the trash"):
        library.trash.delete(me, gone.id)
    delete(room, gone.id)
    assert library.trash.count(me) == 0
    assert not library.trash.page(me).items
    assert [entry.item.id for entry in library.playlists.entries(me, playlist.id).items] == [kept.id]
    for verb in (library.items.get, library.trash.restore, library.trash.delete, library.trash.put):
        with pytest.raises(NotFound):
            verb(me, gone.id)
    assert (root / "Film 1 (2001)/Film 1 (2001).mkv").is_file()

    # Neither a scan that looks at it again brings it back, nor a move, nor another copy beside it.
    film(root / "Film 1 (2001)/Film 1 (2001) - 4k.mkv", 50)
    assert room.scan(source).added == 0
    shutil.move(root / "Film 1 (2001)", root / "Seen/Film 1 (2001)")
    room.scan(source)
    assert sorted(room.titles("film")) == ["Film 0", "Film 2"]
    assert library.items.count(me, ItemQuery(kind="film")).count == 2


def test_a_copy_that_comes_after_the_files_went_is_new(room: Room) -> None:
    source, root = films(room, 3)
    gone = room.card("Film 1", "film")
    delete(room, gone.id)
    shutil.rmtree(root / "Film 1 (2001)")
    room.scan(source)
    film(root / "Film 1 (2001)/Film 1 (2001).mkv", 1)
    assert room.scan(source).added == 1
    assert room.card("Film 1", "film").id != gone.id


def test_of_what_is_missing_nothing_is_left(room: Room) -> None:
    root, source = room.media / "show", room.source("show")
    for number in (1, 2):
        film(root / f"Tale/Season 1/Tale S01E0{number}.mkv", number)
    film(root / "Other/Season 1/Other S01E01.mkv", 3)
    room.scan(source)
    shutil.rmtree(root / "Tale")
    room.scan(source)
    delete(room, room.card("Tale", "show", "show").id)
    assert room.library.sources.get(source).counts == {"show/show": 1, "show/season": 1, "show/episode": 1}
    film(root / "Tale/Season 1/Tale S01E01.mkv", 1)
    assert room.scan(source).added == 3


def test_the_trash_is_emptied_of_what_one_sees(room: Room) -> None:
    source, _ = films(room, 3)
    music = room.source("music")
    track(room.media / "music/a.mp3", 1, title="A", artist="Ann", album="Blue")
    room.scan(music)
    for card in [*room.cards("film"), room.card("A", "music", "track")]:
        room.library.trash.put(room.me, card.id)
    bob = person("bob", [music])
    trash = room.library.trash
    assert (trash.count(room.me), trash.count(bob)) == (4, 1)
    trash.empty(bob)
    assert (trash.count(room.me), trash.count(bob)) == (3, 0)
    trash.empty(room.me)
    assert trash.count(room.me) == 0
    room.scan(source)
    assert not room.cards("film")


def test_a_deleted_season_below_a_restored_show(room: Room) -> None:
    root, source = room.media / "show", room.source("show")
    for season in (1, 2):
        film(root / f"Tale/Season {season}/Tale S0{season}E01.mkv", season)
    room.scan(source)
    show = room.card("Tale", "show", "show")
    first = next(card for card in room.cards("show", "season") if card.number == 1)
    delete(room, first.id)
    room.library.trash.put(room.me, show.id)
    room.library.trash.restore(room.me, show.id)
    assert room.item(show.id).child_count == 1
    film(root / "Tale/Season 1/Tale S01E02.mkv", 9)
    room.scan(source)
    assert [card.group for card in room.cards("show", "episode")] == [2]


@pytest.mark.parametrize("below", [True, False])
def test_what_is_seen_never_vanishes_into_what_was_deleted(room: Room, below: bool) -> None:
    """A track is called as a deleted one now, or moves to a deleted album."""
    root, source = room.media / "music", room.source("music")
    track(root / "a.mp3", 1, title="A", artist="Ann", album="Blue", tracknumber="1")
    track(root / "b.mp3", 2, title="B", artist="Ann", album="Red", tracknumber="2")
    room.scan(source)
    delete(room, room.card("Blue", "music", "album").id)
    title, number = ("B", "2") if below else ("A", "1")
    track(root / "b.mp3", 2, title=title, artist="Ann", album="Blue", tracknumber=number)
    room.scan(source)
    assert room.titles("music", "album") == ["Blue"]
    card = room.card(title, "music", "track")
    assert room.item(card.id).path_titles[-1].title == "Blue"
