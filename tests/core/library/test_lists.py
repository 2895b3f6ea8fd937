"""Lists: every sort pages through everything exactly once; filters; what one may not see; a fixed number of queries."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from tests.support.library_room import Room, person

from medley.core.identity import Asker
from medley.core.kinds import Credit, Guess, Rung, SeriesEntry
from medley.core.library import ItemCard, ItemQuery, ProgressReport
from medley.core.library._scan.messages import FileAnswer, answer
from medley.core.library._scan.step4_shelve import Shelver
from medley.kernel.errors import InvalidInput, NotFound

_SORTS = ("title", "added", "year", "date", "duration", "played", "rating", "random")
_WORDS = "sun Ärger 東京 moon zebra Čaj river 10 9 # love ßtraße ночь".split()


def stock(room: Room, source_id: str, count: int, seed: int = 1) -> None:
    """`count` films of random facts on the shelves of a source, in a few batches."""
    chance = random.Random(seed)
    for start in range(0, count, 40):
        guesses, files = [], []
        for number in range(start, min(start + 40, count)):
            title = f"{chance.choice(_WORDS)} {chance.choice(_WORDS)}"
            rung = Rung(
                "film",
                f"{title}|{seed}|{number}",
                title,
                number=chance.choice([None, 0, 1, 2, 2.5]),
                group=chance.choice([None, 1, 2]),
                year=chance.choice([None, 1999, 2001, 2024]),
                date=chance.choice(["", "1999", "1999-05", "2001-01-01"]),
                credits=[Credit(chance.choice(["Ann", "Ben"]), "actor", character="X")],
                genres=[chance.choice(["Drama", "Crime"])],
                series=[SeriesEntry("Saga", str(number))],
            )
            name = f"{number}.mkv"
            guesses.append(Guess("film", 0.9, (rung,), f"{start}/{name}"))
            length = chance.choice([0, 1000, 2000])
            files.append(
                FileAnswer(name, number, number, bytes([seed, number % 256, number // 256]), duration_ms=length)
            )
        with room.database.write() as connection:
            Shelver(source_id, 1000 + start, "/").shelve(connection, [answer(str(start), files, guesses)], {})


@pytest.fixture
def stocked(room: Room) -> Room:
    for seed, name in enumerate(("one", "two", "three"), 1):
        stock(room, room.source("film", name), 120, seed)
    chance = random.Random(7)
    for card in room.cards("film", limit=300):
        if chance.random() < 0.6:
            report = ProgressReport(
                fraction=chance.choice([0.1, 0.5, 1.0]), happened_at_ms=chance.randrange(1, 9) * 1000
            )
            room.library.progress.report(room.me, card.id, report)
        if chance.random() < 0.6:
            room.library.progress.think(
                room.me, card.id, {"rating": chance.randrange(11), "favourite": chance.random() < 0.5}
            )
    return room


def pages(room: Room, asker: Asker, query: ItemQuery) -> Iterator[list]:
    import msgspec

    while True:
        page = room.library.items.page(asker, query)
        yield page.items
        if not page.next:
            return
        query = msgspec.structs.replace(query, cursor=page.next)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_every_sort_pages_through_everything_once(stocked: Room) -> None:
    everything = {card.id for page in pages(stocked, stocked.me, ItemQuery(kind="film", limit=500)) for card in page}
    assert len(everything) == 360
    for sort in _SORTS:
        found = {}
        for order in ("asc", "desc"):
            listed = list(pages(stocked, stocked.me, ItemQuery(kind="film", sort=sort, order=order, limit=47)))
            assert all(len(page) == 47 for page in listed[:-1]), sort
            found[order] = [card for page in listed for card in page]
            ids = [card.id for card in found[order]]
            assert len(set(ids)) == len(ids), sort
            if sort == "played":
                assert all(card.mine.played_at_ms for card in found[order])
            elif sort == "rating":
                assert all(card.mine.rating is not None for card in found[order])
            else:
                assert set(ids) == everything, sort
        if sort == "random":
            assert [card.id for card in found["asc"]] != [card.id for card in found["desc"]]
            continue
        assert [card.id for card in found["asc"]] == [card.id for card in reversed(found["desc"])], sort
        keys = [_key(sort, card) for card in found["asc"]]
        assert keys == sorted(keys), sort


def _key(sort: str, card: ItemCard) -> Any:
    return {
        "title": card.sort_title,
        "added": card.added_at_ms,
        "year": card.year or 0,
        "date": card.date,
        "duration": card.duration_ms,
        "played": card.mine.played_at_ms,
        "rating": card.mine.rating or 0,
    }[sort]


def test_only_what_stands_below_one_item_is_sorted_by_number(stocked: Room) -> None:
    with pytest.raises(InvalidInput, match="below one item"):
        stocked.library.items.page(stocked.me, ItemQuery(kind="film", sort="number"))


def test_filters_and_counts_agree(stocked: Room) -> None:
    items, me = stocked.library.items, stocked.me
    everything = [card for page in pages(stocked, me, ItemQuery(kind="film", limit=500)) for card in page]
    details = {card.id: items.get(me, card.id) for card in everything}
    drama = next(word.id for word in stocked.library.words.all(me, "genre").items if word.name == "Drama")
    saga = stocked.library.words.all(me, "series").items[0].id
    ann = next(who.id for who in stocked.library.words.people(me).items if who.name == "Ann")
    cases = {
        ItemQuery(kind="film"): lambda card: True,
        ItemQuery(kind="film", year=1999): lambda card: card.year == 1999,
        ItemQuery(kind="film", genre=drama): lambda card: details[card.id].genres[0].name == "Drama",
        ItemQuery(kind="film", series=saga): lambda card: True,
        ItemQuery(kind="film", person=ann): lambda card: details[card.id].people[0].name == "Ann",
        ItemQuery(kind="film", favourite=True): lambda card: card.mine.favourite,
        ItemQuery(kind="film", state="finished"): lambda card: card.mine.finished,
        ItemQuery(kind="film", state="in_progress"): lambda card: 0 < card.mine.fraction < 1 and not card.mine.finished,
        ItemQuery(kind="film", state="unplayed"): lambda card: not card.mine.played_at_ms,
        ItemQuery(kind="film", letter="m"): lambda card: card.sort_title.startswith("m"),
        ItemQuery(kind="film", letter="東"): lambda card: card.sort_title.startswith("東"),
        ItemQuery(kind="film", letter="#"): lambda card: card.sort_title < "a",
        ItemQuery(kind="film", source=stocked.source("film", "two")): lambda card: (
            details[card.id].source_id == stocked.source("film", "two")
        ),
    }
    for query, holds in cases.items():
        wanted = {card.id for card in everything if holds(card)}
        found = [card.id for page in pages(stocked, me, query) for card in page]
        assert set(found) == wanted, query
        assert len(found) == len(wanted)
        assert items.count(me, query).count == len(wanted), query


def test_letters_say_how_many_come_before_them(stocked: Room) -> None:
    items, me = stocked.library.items, stocked.me
    everything = stocked.cards("film", limit=500)
    last = max(everything, key=lambda card: card.sort_title).sort_title[0]
    for card in everything:
        if card.sort_title[0] == last or card.year == 2024:
            stocked.library.trash.put(me, card.id)
    for query in ({}, {"year": 1999}, {"source": stocked.source("film", "two")}):
        titles = sorted(card.sort_title for card in stocked.cards("film", limit=500, **query))
        firsts = dict.fromkeys(title[:1] for title in titles)
        letters = items.count(me, ItemQuery(kind="film", **query), letters=True).letters
        assert [(each.letter, each.before) for each in letters] == [
            (letter, next(at for at, title in enumerate(titles) if title[:1] == letter)) for letter in firsts
        ], query


def test_a_list_says_which_years_it_could_be_narrowed_to(stocked: Room) -> None:
    items, me = stocked.library.items, stocked.me
    everything = stocked.cards("film", limit=500)
    newest_first = [2024, 2001, 1999]
    for query in (ItemQuery(kind="film"), ItemQuery(kind="film", order="desc"), ItemQuery(kind="film", year=1999)):
        assert items.count(me, query, years=True).years == newest_first, query
    for query in ({"letter": "m"}, {"favourite": True}, {"source": stocked.source("film", "two")}):
        wanted = {card.year for card in stocked.cards("film", limit=500, **query) if card.year}
        assert items.count(me, ItemQuery(kind="film", **query), years=True).years == sorted(wanted, reverse=True)
    for card in everything:
        if card.year == 2024:
            stocked.library.trash.put(me, card.id)
    assert items.count(me, ItemQuery(kind="film"), years=True).years == [2001, 1999]
    assert items.count(person("eve", []), ItemQuery(kind="film"), years=True).years == []
    assert items.count(me, ItemQuery(kind="film")).years == []


def test_a_book_says_who_wrote_it(room: Room) -> None:
    people = [Credit(name, role) for name, role in (("Zoe", "author"), ("Ann", "author"), ("Ben", "illustrator"))]
    rungs = [Rung("book", name, name, credits=people[at:]) for at, name in enumerate(("Both", "One", "Nobody"))]
    guesses = [Guess("book", 0.9, (rung,), f"x/{at}.epub") for at, rung in enumerate(rungs)]
    files = [FileAnswer(f"{at}.epub", at, at, bytes([at])) for at in range(len(rungs))]
    source_id = room.source("book")
    with room.database.write() as connection:
        Shelver(source_id, 1000, "/").shelve(connection, [answer("x", files, guesses)], {})
    authors = {card.title: card.authors for card in room.cards("book")}
    assert authors == {"Both": ["Zoe", "Ann"], "One": ["Ann"], "Nobody": []}


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "colour"},
        {"order": "up"},
        {"kind": "spoon"},
        {"state": "odd"},
        {"limit": 0},
        {"limit": 501},
        {"cursor": "nonsense"},
        {"cursor": "WyJhIiwiYiIsImMiXQ"},
        {"cursor": "WzEsMl0"},
        {"sort": "year", "cursor": "WyJhIiwiYiJd"},
        {"sort": "year", "cursor": "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5LCJiIl0"},
    ],
)
def test_nonsense_is_refused(stocked: Room, query: dict) -> None:
    with pytest.raises(InvalidInput):
        stocked.library.items.page(stocked.me, ItemQuery(**{"kind": "film", **query}))


@pytest.mark.parametrize("letter", ["ß", "\U0010ffff", "'", "  ", "😀"])
def test_any_letter_may_be_asked_for(stocked: Room, letter: str) -> None:
    stocked.library.items.page(stocked.me, ItemQuery(kind="film", letter=letter))


def test_lists_cost_the_same_number_of_queries_at_any_size(stocked: Room) -> None:
    library, me = stocked.library, stocked.me
    ids = [card.id for card in stocked.cards("film", limit=400)]
    playlist = library.playlists.create(me, "all", ids[:200])
    library.trash.put(me, ids[0])
    library.trash.put(me, ids[1])
    verbs = {
        "page": lambda limit: library.items.page(me, ItemQuery(kind="film", limit=limit)),
        "entries": lambda limit: library.playlists.entries(me, playlist.id, limit=limit),
        "playlists": lambda limit: library.playlists.all(me, limit=limit),
        "words": lambda limit: library.words.all(me, "genre", limit=limit),
        "people": lambda limit: library.words.people(me, limit=limit),
        "trash": lambda limit: library.trash.page(me, limit=limit),
        "notices": lambda limit: library.sources.notices(me, limit=limit),
        "cards": lambda limit: library.items.cards(me, ids[5 : 5 + limit]),
        "indexable": lambda limit: library.items.indexable(ids[5 : 5 + limit]),
    }
    for name, verb in verbs.items():
        counts = []
        for limit in (1, 150):
            with counted() as sent:
                verb(limit)
            counts.append(len(sent))
        assert counts[0] == counts[1], name


def test_nobody_sees_what_is_not_theirs(stocked: Room) -> None:
    library, admin = stocked.library, stocked.me
    mine, other = stocked.source("film", "one"), stocked.source("film", "two")
    bob = person("bob", [mine], "power_user")
    hidden = stocked.cards("film", source=other)
    shown = stocked.cards("film", source=mine)
    library.words.tag(admin, hidden[0].id, "secret")
    playlist = library.playlists.create(admin, "mixed", [hidden[0].id, shown[0].id], shared=True)
    private = library.playlists.create(admin, "private", [shown[0].id])
    collection = library.collections.create(admin, "house", [hidden[0].id, shown[0].id])
    seen = [card for page in pages(stocked, bob, ItemQuery(kind="film")) for card in page]
    assert {card.id for card in seen} == {card.id for card in shown} | {
        card.id for card in stocked.cards("film", source=mine, limit=500)
    }
    assert library.items.count(bob, ItemQuery(kind="film")).count == 120
    assert not library.items.page(bob, ItemQuery(kind="film", source=other)).items
    assert not library.items.cards(bob, [hidden[0].id])
    file_id = library.items.get(admin, hidden[0].id).editions[0].files[0].id
    for refused in (
        lambda: library.items.get(bob, hidden[0].id),
        lambda: library.items.file(bob, file_id),
        lambda: library.progress.report(bob, hidden[0].id, ProgressReport()),
        lambda: library.progress.view(bob, hidden[0].id),
        lambda: library.progress.think(bob, hidden[0].id, {"rating": 1}),
        lambda: library.progress.mark(bob, hidden[0].id, finished=True),
        lambda: library.words.tag(bob, hidden[0].id, "x"),
        lambda: library.trash.put(bob, hidden[0].id),
        lambda: library.playlists.create(bob, "mine", [hidden[0].id]),
        lambda: library.playlists.get(bob, private.id),
        lambda: library.playlists.entries(bob, private.id),
        lambda: library.items.page(bob, ItemQuery(parent=hidden[0].id)),
    ):
        with pytest.raises(NotFound):
            refused()
    assert library.playlists.get(bob, playlist.id).count == 1
    assert [entry.item.id for entry in library.playlists.entries(bob, playlist.id).items] == [shown[0].id]
    assert [entry.item.id for entry in library.collections.entries(bob, collection.id).items] == [shown[0].id]
    assert [each.name for each in library.playlists.all(bob).items] == ["mixed"]
    assert "secret" not in [word.name for word in library.words.all(bob, "tag").items]
    assert sum(each.count for each in library.words.people(bob).items) == 120
    assert [source.id for source in library.sources.all(bob)] == [mine]
    library.trash.put(admin, hidden[1].id)
    assert not library.trash.page(bob).items
    assert all(library.items.get(bob, card.id) for row in library.items.home(bob) for card in row.items)


@pytest.mark.parametrize("sort", _SORTS)
def test_the_plan_of_a_page_reads_an_index(lite_room: Room, sort: str) -> None:
    """No sort of a kind's list looks at every row (SQLite says SCAN or TEMP B-TREE then)."""
    stock(lite_room, lite_room.source("film", "one"), 120)
    assert not _wrong_in_plan(lite_room, sort)


@pytest.mark.parametrize("sort", ["played", "rating"])
def test_what_one_did_is_read_in_order_from_all_libraries_at_once(lite_room: Room, sort: str) -> None:
    """Library by library, one that holds nothing of it would be searched through to the end."""
    for seed, name in enumerate(("one", "two")):
        stock(lite_room, lite_room.source("film", name), 40, seed)
    assert not _wrong_in_plan(lite_room, sort)


def _wrong_in_plan(room: Room, sort: str) -> list[str]:
    with counted() as sent:
        room.cards("film", sort=sort, limit=5)
    query = next(each for each in sent if "AS k0" in each)
    with room.database.read() as connection:
        plan = [row[-1] for row in connection.execute(text("EXPLAIN QUERY PLAN " + query.replace("?", "1")))]
    return [line for line in plan if "SCAN item" in line or "TEMP B-TREE" in line]
