"""The index follows the library by its events, is rebuilt at will, and survives a crash at any step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.core.library.test_lists import stock
from tests.support.library_room import Room, open_room, person

from medley.adapters.searches.memory import MemoryIndex
from medley.adapters.searches.tantivy import TantivyIndex
from medley.core.search import Search, Wanted
from medley.core.search.ports import Index
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput
from medley.kernel.postman import Postman


@pytest.fixture
def room(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Room]:
    with open_room(database, clock, tmp_path) as opened:
        stock(opened, opened.source("film", "one"), 40, 1)
        stock(opened, opened.source("film", "two"), 40, 2)
        yield opened


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")


@pytest.fixture
def search(room: Room, index: Index) -> Iterator[Search]:
    opened = open_search(room, index)
    yield opened
    opened.close()


def open_search(room: Room, index: Index) -> Search:
    return Search(room.database, room.library, Postman(room.database, [], room.clock), index)


def found(room: Room, search: Search, text: str, asker=None, **filters) -> set[str]:
    hits = search.find(asker or room.me, Wanted(text=text, limit=200, **filters)).hits
    return {hit.item_id for hit in hits}


def titled(room: Room, word: str) -> set[str]:
    return {card.id for card in room.cards("film", limit=200) if word in card.title.split()}


def test_it_follows_every_change(room: Room, search: Search) -> None:
    assert search.catch_up() == 80
    assert search.catch_up() == 0
    assert found(room, search, "zebra") == titled(room, "zebra") != set()
    assert found(room, search, "Ann") >= {card.id for card in room.cards("film") if "Ann" in _people(room, card.id)}
    one, other = sorted(titled(room, "zebra"))[:2]
    room.library.words.tag(room.me, one, "quixotic")
    room.library.trash.put(room.me, other)
    assert search.catch_up() == 2
    assert found(room, search, "quixotic") == {one}
    assert other not in found(room, search, "zebra")
    room.library.trash.restore(room.me, other)
    search.catch_up()
    assert other in found(room, search, "zebra")
    room.library.sources.remove(room.source("film", "two"))
    search.catch_up()
    assert found(room, search, "zebra") == titled(room, "zebra")


def test_only_what_one_may_see(room: Room, search: Search) -> None:
    search.catch_up()
    one = room.source("film", "one")
    bob = person("bob", [one])
    mine = {card.id for card in room.cards("film", source=one, limit=200)}
    assert found(room, search, "zebra", bob) == titled(room, "zebra") & mine
    facets = search.find(bob, Wanted(text="zebra")).facets
    assert set(facets["source"]) <= {one}
    assert not found(room, search, "zebra", person("eve", []))


def test_a_rebuild_gives_the_same(room: Room, search: Search, index: Index) -> None:
    search.catch_up()
    before = found(room, search, "moon")
    assert search.rebuild() == 80
    assert index.count() == 80
    assert found(room, search, "moon") == before
    assert search.catch_up() == 0


@pytest.mark.parametrize("step", ["put", "commit", "keep"])
def test_a_crash_at_any_step_is_made_good(room: Room, index: Index, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_search(room, index)
    first.catch_up()
    one = sorted(titled(room, "zebra"))[0]
    room.library.words.tag(room.me, one, "quixotic")

    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(*((index, step, crash) if step != "keep" else (first, "_keep", crash)))
        with pytest.raises(RuntimeError):
            first.catch_up()
    second = open_search(room, index)
    second.catch_up()
    assert found(room, second, "quixotic") == {one}
    assert index.count() == 80
    second.close()


def test_an_index_that_was_thrown_away_is_filled_anew(room: Room, tmp_path: Path) -> None:
    search = open_search(room, MemoryIndex())
    search.catch_up()
    again = open_search(room, MemoryIndex())
    again.catch_up()
    assert found(room, again, "zebra") == titled(room, "zebra")


def test_events_that_were_pruned_before_they_were_read(room: Room, search: Search) -> None:
    search.catch_up()
    one = sorted(titled(room, "zebra"))[0]
    room.library.words.tag(room.me, one, "quixotic")
    Postman(room.database, [], room.clock).prune(1 << 60)
    room.library.words.tag(room.me, one, "again")
    search.catch_up()
    assert found(room, search, "quixotic") == {one}


def test_nonsense_is_refused(room: Room, search: Search) -> None:
    for wanted in (Wanted(text="x" * 201), Wanted(text="x", limit=0), Wanted(text="x", offset=-1)):
        with pytest.raises(InvalidInput):
            search.find(room.me, wanted)


def _people(room: Room, item_id: str) -> list[str]:
    return [who.name for who in room.item(item_id).people]
