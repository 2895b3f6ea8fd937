"""Lists by offset: any page from anywhere is what turning pages would have come to."""

from collections.abc import Callable

import pytest
from tests.support.library_room import Room, person
from tests.support.shelves import stock_music

from medley.core.library import ItemQuery, ProgressReport
from medley.kernel.errors import InvalidInput
from medley.kernel.pages import Page

ALBUMS = ItemQuery(kind="music", level="album")
TRACKS = ItemQuery(kind="music", level="track")


@pytest.fixture
def stocked(room: Room) -> Room:
    """Two sources of music, with some of it in the trash."""
    for seed, name in enumerate(("one", "two"), 1):
        stock_music(room, room.source("music", name), 15, seed=seed)
    for card in room.cards("music", "album", sort="title", limit=40)[::7]:
        room.library.trash.put(room.me, card.id)
    return room


def turned(room: Room, query: ItemQuery) -> list[str]:
    """The whole list by turning the pages of `items`."""
    found, cursor = [], ""
    while True:
        page = room.library.items.page(room.me, _with(query, limit=7, cursor=cursor))
        found += [card.id for card in page.items]
        cursor = page.next or ""
        if not cursor:
            return found


def _with(query: ItemQuery, **changes: object) -> ItemQuery:
    return ItemQuery(**{name: getattr(query, name) for name in query.__struct_fields__} | changes)  # type: ignore[arg-type]


def walked(fetch: Callable[[str, int], Page[str]]) -> list[str]:
    """The whole list by cursors; any place found by counting must be the same."""
    found, cursor = [], ""
    while True:
        page = fetch(cursor, 0)
        found += page.items
        if not page.next:
            break
        cursor = page.next
    for skip in (0, 1, 6, 7, len(found) - 1, len(found), len(found) + 1, 10**9):
        assert fetch("", skip).items == found[skip : skip + 7], skip
    return found


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_page_at_an_offset(stocked: Room, order: str):
    listing = stocked.library.listing
    for sort in ("title", "added", "year", "date", "duration"):
        query = _with(ALBUMS, sort=sort, order=order)
        found = walked(lambda cursor, skip, query=query: listing.page(stocked.me, _with(query, cursor=cursor), 7, skip))
        assert found == turned(stocked, query)


def test_years_from_and_to(stocked: Room):
    listing, cards = stocked.library.listing, {card.id: card for card in stocked.cards("music", "album", limit=100)}
    for order in ("asc", "desc"):
        query = _with(ALBUMS, sort="year", order=order, year_from=1999, year_to=2001)
        found = walked(lambda cursor, skip, query=query: listing.page(stocked.me, _with(query, cursor=cursor), 7, skip))
        years = [cards[item_id].year for item_id in found]
        assert sorted(found) == sorted(card.id for card in cards.values() if card.year in (1999, 2001))
        assert years == sorted(years, reverse=order == "desc")
    everything = listing.page(stocked.me, _with(ALBUMS, sort="year", year_to=3000), 100).items
    assert sorted(everything) == sorted(card.id for card in cards.values() if card.year)


def test_one_genre_in_its_own_order(stocked: Room):
    words = stocked.library.words.all(stocked.me, "genre").items
    listing = stocked.library.listing
    assert len(words) == 3
    for word in words:
        query = _with(TRACKS, sort="genre", genre=word.id)
        found = walked(lambda cursor, skip, query=query: listing.page(stocked.me, _with(query, cursor=cursor), 7, skip))
        assert sorted(found) == sorted(turned(stocked, _with(TRACKS, genre=word.id)))
    with pytest.raises(InvalidInput):
        listing.page(stocked.me, _with(TRACKS, sort="genre"), 7)


def test_everything_source_by_source(stocked: Room):
    listing = stocked.library.listing
    for level in ("artist", "album", "track"):
        query = _with(ALBUMS, level=level)
        found = walked(
            lambda cursor, skip, query=query: listing.everything(stocked.me, _with(query, cursor=cursor), 7, skip)
        )
        each = [turned(stocked, _with(query, source=source.id)) for source in stocked.library.sources.all()]
        assert found in (each[0] + each[1], each[1] + each[0])


def test_albums_by_artist(stocked: Room):
    listing = stocked.library.listing
    found = walked(lambda cursor, skip: listing.by_parent(stocked.me, _with(ALBUMS, cursor=cursor), 7, skip))
    sheets = {sheet.id: sheet for sheet in stocked.library.items.sheets(stocked.me, found)}
    artists = {card.id: card.sort_title for card in stocked.cards("music", "artist", limit=100)}
    places = [(artists[sheets[each].parent.id], sheets[each].parent.id, sheets[each].sort_title) for each in found]  # type: ignore[union-attr]
    assert places == sorted(places)
    assert sorted(found) == sorted(turned(stocked, ALBUMS))


def test_the_tracks_of_an_artist(stocked: Room):
    listing, artists = stocked.library.listing, stocked.cards("music", "artist", limit=100)
    counted = listing.leaves([artist.id for artist in artists])
    for artist in artists[:3]:
        query = _with(TRACKS, parent=artist.id)
        found = walked(
            lambda cursor, skip, query=query: listing.by_parent(stocked.me, _with(query, cursor=cursor), 7, skip)
        )
        albums = listing.page(stocked.me, _with(ALBUMS, parent=artist.id, sort="title"), 100).items
        below = [listing.page(stocked.me, ItemQuery(parent=album), 100).items for album in albums]
        assert found == [track for tracks in below for track in tracks]
        assert counted.get(artist.id, 0) == len(found) > 0


def test_the_children_of_some_items(stocked: Room):
    listing = stocked.library.listing
    albums = [card.id for card in stocked.cards("music", "album", limit=100)][::-1]
    below = [listing.page(stocked.me, ItemQuery(parent=album), 100).items for album in albums]
    assert listing.children(stocked.me, albums) == [track for tracks in below for track in tracks]
    assert listing.children(stocked.me, ["nonsense", albums[0]]) == below[0]
    assert listing.children(person("limited", sources=[]), albums) == []


def test_what_was_played_most_and_last(stocked: Room):
    albums = stocked.cards("music", "album")
    tracks = {album.id: stocked.cards(parent=album.id) for album in albums[:3]}
    for album, times in zip(albums[:3], (1, 3, 2), strict=True):
        for track in tracks[album.id][:times]:
            stocked.clock.advance(1000)  # type: ignore[attr-defined]
            stocked.library.progress.report(stocked.me, track.id, ProgressReport(finished=True))
    listing, first, second, third = stocked.library.listing, *(album.id for album in albums[:3])
    assert listing.most_played(stocked.me, ALBUMS, 10) == [second, third, first]
    assert listing.last_played(stocked.me, ALBUMS, 10) == [third, second, first]
    assert listing.most_played(stocked.me, ALBUMS, 1, 1) == listing.last_played(stocked.me, ALBUMS, 1, 0) == [third]
    assert listing.most_played(person("somebody else"), ALBUMS, 10) == []
    again = tracks[second][1].id
    stocked.clock.advance(1000)  # type: ignore[attr-defined]
    stocked.library.progress.report(stocked.me, again, ProgressReport(finished=False))
    stocked.library.progress.report(stocked.me, again, ProgressReport(finished=True))
    played = listing.most_played(stocked.me, TRACKS, 10)
    counts = [sheet.mine.play_count for sheet in stocked.library.items.sheets(stocked.me, played)]
    assert len(played) == 6
    assert counts == sorted(counts, reverse=True)
    assert listing.most_played(stocked.me, TRACKS, 2, 1) == played[1:3]


def test_the_last_played_of_many_plays(stocked: Room, monkeypatch: pytest.MonkeyPatch):
    """Looking at the newest plays first must come to the same as looking at all of them."""
    for number, track in enumerate(stocked.cards("music", "track", limit=60)):
        stocked.clock.advance(1000 * (number % 3))  # type: ignore[attr-defined]  # some at the same moment
        stocked.library.progress.report(stocked.me, track.id, ProgressReport(finished=True))
    whole = stocked.library.listing.last_played(stocked.me, ALBUMS, 500)
    monkeypatch.setattr("medley.core.library._store.charts._WINDOWS", (4, 16, None))
    pages = [stocked.library.listing.last_played(stocked.me, ALBUMS, 3, at) for at in range(0, len(whole) + 3, 3)]
    assert [album for page in pages for album in page] == whole


def test_by_chance(stocked: Room):
    listing, genre = stocked.library.listing, stocked.library.words.all(stocked.me, "genre").items[0]
    every = set(turned(stocked, TRACKS))
    drawn = [listing.by_chance(stocked.me, TRACKS, 20) for _ in range(8)]
    assert all(len(set(each)) == 20 and every.issuperset(each) for each in drawn)
    assert len({tuple(each) for each in drawn}) > 1
    fitting = set(turned(stocked, _with(TRACKS, genre=genre.id)))
    assert set(listing.by_chance(stocked.me, _with(TRACKS, genre=genre.id), 500)) == fitting
    some = listing.by_chance(stocked.me, _with(TRACKS, genre=genre.id, year_from=2024, year_to=2024), 500)
    assert {stocked.item(each).year for each in some} == {2024}
    assert listing.by_chance(stocked.me, _with(TRACKS, year_from=1500, year_to=1600), 5) == []


def test_favourites_since(stocked: Room):
    chosen = stocked.cards("music", "album", limit=4)
    for card in chosen:
        stocked.clock.advance(1000)  # type: ignore[attr-defined]
        stocked.library.progress.think(stocked.me, card.id, {"favourite": True})
    stocked.clock.advance(1000)  # type: ignore[attr-defined]
    stocked.library.progress.think(stocked.me, chosen[0].id, {"rating": 8})
    query = _with(ALBUMS, sort="favourite", order="desc")
    listing = stocked.library.listing
    assert listing.page(stocked.me, query, 10).items == [card.id for card in reversed(chosen)]
    stocked.library.progress.think(stocked.me, chosen[3].id, {"favourite": False})
    assert listing.page(stocked.me, query, 10).items == [card.id for card in reversed(chosen[:3])]


def test_nobody_sees_what_is_not_theirs(stocked: Room):
    one, two = (source.id for source in stocked.library.sources.all())
    limited, listing = person("bob", [one]), stocked.library.listing
    theirs = set(turned(stocked, _with(TRACKS, source=one)))
    assert set(listing.everything(limited, TRACKS, 500).items) == theirs
    assert set(listing.page(limited, TRACKS, 500).items) == theirs
    assert set(listing.by_chance(limited, TRACKS, 500)) == theirs
    assert not listing.everything(limited, _with(TRACKS, source=two), 500).items
    assert not listing.by_parent(limited, _with(ALBUMS, source=two), 500).items


def test_a_page_has_limits(stocked: Room):
    for limit, skip in ((-1, 0), (5_001, 0), (1, -1)):
        with pytest.raises(InvalidInput):
            stocked.library.listing.page(stocked.me, TRACKS, limit, skip)


def test_lists_in_one_piece(stocked: Room):
    listing = stocked.library.listing
    artists = listing.names(stocked.me, _with(ALBUMS, level="artist"))
    cards = stocked.cards("music", "artist", limit=100)
    assert [(each.id, each.child_count) for each in artists] == [(card.id, card.child_count) for card in cards]
    assert artists[0].ids["musicbrainz_artist"].startswith("artist-")
    counts = listing.word_counts(stocked.me, ItemQuery(kind="music"))
    assert [each.name for each in counts] == ["Folk", "Jazz", "Rock"]
    for each in counts:
        assert each.by_level["track"] == len(turned(stocked, _with(TRACKS, genre=each.id)))
        assert listing.word("genre", each.name.upper()) == each.id
    assert listing.word("genre", "Nothing") == ""
    assert listing.word_counts(person("bob", []), ItemQuery(kind="music")) == []


def test_what_somebody_took_part_in(stocked: Room):
    listing = stocked.library.listing
    guest = next(
        each for each in stocked.library.words.people(stocked.me, role="artist").items if each.name == "A Guest"
    )
    query = _with(ALBUMS, person=guest.id)
    assert listing.with_person(stocked.me, query) == []
    assert sorted(listing.with_person(stocked.me, query, below=True)) == sorted(turned(stocked, ALBUMS))
    artist = stocked.cards("music", "artist")[0]
    owner = next(each for each in stocked.library.words.people(stocked.me).items if each.name == artist.title)
    own = {card.id for card in stocked.cards("music", "album", limit=100) if card.parent_title == artist.title}
    assert set(listing.with_person(stocked.me, _with(ALBUMS, person=owner.id))) == own
