"""What goes together, by tags and by ears; the best of an artist."""

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import track

from medley.core.library import ItemQuery
from medley.kernel.clock import FixedClock
from medley.kernel.errors import NotFound

DAY, MINUTE = 86_400_000, 60_000
SHELF = {"Loud": ("Metal", 1985), "Louder": ("Metal", 1986), "Soft": ("Folk", 1972), "Swing": ("Jazz", 1940)}


@pytest.fixture
def shelf(room: Room) -> dict[str, str]:
    """title → id of four artists' tracks, three each."""
    source, tone = room.source("music"), 0
    for artist, (genre, year) in SHELF.items():
        for number in (1, 2, 3):
            tone += 1
            names = {"artist": artist, "albumartist": artist, "album": f"{artist} Album", "genre": genre}
            path = room.media / "music" / artist / f"0{number}.flac"
            track(path, tone, title=f"{artist} {number}", tracknumber=str(number), date=str(year), **names)
    room.scan(source)
    return {card.title: card.id for card in room.cards("music", "track")}


def titles(room: Room, ids: list[str]) -> list[str]:
    return [card.title for card in room.library.items.cards(room.me, ids)]


def hear(room: Room, item_id: str, who: str = "ann") -> None:
    """`Progress.heard` as players call it."""
    asker = person(who)
    with room.database.write() as connection:
        room.library.progress.heard(connection, asker, item_id, room.clock.now_ms(), "phone")


def test_genres_people_and_years_make_alike(room: Room, shelf: dict[str, str]) -> None:
    found = titles(room, room.library.mixes.similar(room.me, shelf["Loud 1"], 10))
    assert set(found) == {"Loud 2", "Loud 3", "Louder 1", "Louder 2", "Louder 3"}
    assert {title[:-2] for title in found[:2]} == {"Loud"}
    assert titles(room, room.library.mixes.similar(room.me, shelf["Loud 1"], 2)) == found[:2]
    album = room.card("Loud Album", "music", "album").id
    of_album = titles(room, room.library.mixes.similar(room.me, album, 10))
    assert set(of_album) == {"Louder 1", "Louder 2", "Louder 3"}
    artist = room.card("Soft", "music", "artist").id
    assert room.library.mixes.similar(room.me, artist) == []


def test_what_is_heard_together_goes_together(room: Room, shelf: dict[str, str], clock: FixedClock) -> None:
    hear(room, shelf["Swing 1"], "bob")
    clock.advance(5 * MINUTE)
    hear(room, shelf["Soft 1"], "bob")
    clock.advance(5 * DAY)
    hear(room, shelf["Loud 3"], "bob")
    hear(room, shelf["Louder 3"], "eve")
    found = titles(room, room.library.mixes.similar(room.me, shelf["Soft 1"], 10))
    assert set(found) == {"Soft 2", "Soft 3", "Swing 1"}
    assert "Loud 3" not in found
    assert "Louder 3" not in titles(room, room.library.mixes.similar(room.me, shelf["Swing 3"], 10))


def test_a_choice_lasts_a_day(room: Room, shelf: dict[str, str], clock: FixedClock) -> None:
    first = room.library.mixes.similar(room.me, shelf["Loud 1"])
    clock.advance(DAY - clock.now_ms() % DAY - 1)
    assert room.library.mixes.similar(room.me, shelf["Loud 1"]) == first
    others = set()
    for _ in range(8):
        clock.advance(DAY)
        again = room.library.mixes.similar(room.me, shelf["Loud 1"])
        assert set(again) == set(first)
        others.add(tuple(again))
    assert len(others) > 1


def test_the_best_is_what_everybody_plays(room: Room, shelf: dict[str, str]) -> None:
    for who, title in (("ann", "Loud 2"), ("bob", "Loud 2"), ("bob", "Loud 3"), ("bob", "Soft 1")):
        hear(room, shelf[title], who)
    artist = room.card("Loud", "music", "artist").id
    mixes, me = room.library.mixes, room.me
    assert titles(room, mixes.top(me, "music", artist_id=artist)) == ["Loud 2", "Loud 3", "Loud 1"]
    assert titles(room, mixes.top(me, "music", 1, name="lOUD")) == ["Loud 2"]
    assert mixes.top(me, "music", name="Nobody") == []
    assert mixes.top(me, "music", name="") == []


def test_nobody_finds_what_they_may_not_see(room: Room, shelf: dict[str, str]) -> None:
    blind = person("eve", sources=[])
    with pytest.raises(NotFound):
        room.library.mixes.similar(blind, shelf["Loud 1"])
    assert room.library.mixes.top(blind, "music", name="Loud") == []
    other = room.source("music", "elsewhere")
    names = {"artist": "Far", "albumartist": "Far", "album": "Away", "genre": "Metal"}
    track(room.media / "elsewhere" / "Far" / "01.flac", 99, title="Far 1", tracknumber="1", date="1985", **names)
    room.scan(other)
    far = room.library.items.page(room.me, ItemQuery(kind="music", level="track", source=other)).items[0].id
    assert far in room.library.mixes.similar(room.me, shelf["Loud 1"])
    mine = next(each.id for each in room.library.sources.all() if each.id != other)
    assert far not in room.library.mixes.similar(person("ann", sources=[mine]), shelf["Loud 1"])
