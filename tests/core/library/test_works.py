"""Works in counted lists: each sort and filter, and everything about one."""

import pytest
from tests.support.asking import statements
from tests.support.library_room import Room, person
from tests.support.tiny_media import track

from medley.core.library import ProgressReport, WorkQuery
from medley.core.library._store.works import FILTERS, MISSING, SORTS, STATES
from medley.kernel.clock import FixedClock
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import new_id

BOOKS = (
    ("Zoe Able", "", "", "The First", {"genre": "Fantasy", "date": "1999", "composer": "Rita Reader"}),
    ("Zoe Able", "Saga", "2", "Second", {"genre": "Fantasy", "date": "2003", "publisher": "House"}),
    ("Zoe Able", "Saga", "10", "Tenth", {"date": "2011", "asin": "B012345678"}),
    ("Ann Zed", "Saga", "", "Side Story", {"genre": "Horror", "language": "eng"}),
)


@pytest.fixture
def source(room: Room) -> str:
    made = room.source("audiobook")
    for number, (author, series, place, title, tags) in enumerate(BOOKS):
        told = {**tags, **({"series": series, "series-part": place} if series else {})}
        for part in (1, 2) if title == "Second" else (1,):
            path = room.media / "audiobook" / author / title / f"{part} {title}.flac"
            track(path, number * 10 + part, title=f"Part {part}", album=title, artist=author, **told)
    room.scan(made)
    return made


def titles(room: Room, source: str, **query) -> list[str]:
    page = room.library.works.page(room.me, WorkQuery(source=source, kind="audiobook", **query))
    return [each.title for each in room.library.works.get(room.me, page.ids)]


def test_a_list_is_counted_and_paged(room: Room, source: str) -> None:
    every = titles(room, source, limit=0)
    assert every == ["The First", "Second", "Side Story", "Tenth"]
    paged = [titles(room, source, limit=3, offset=offset) for offset in (0, 3, 6)]
    assert paged == [every[:3], every[3:], []]
    page = room.library.works.page(room.me, WorkQuery(source=source, kind="audiobook", limit=1))
    assert (len(page.ids), page.total) == (1, 4)
    assert titles(room, source, descending=True) == every[::-1]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_gives_every_work_once(room: Room, source: str, sort: str) -> None:
    found = titles(room, source, sort=sort)
    assert sorted(found) == sorted(book[3] for book in BOOKS)
    if sort not in ("random", "sequence"):
        assert len(titles(room, source, sort=sort, descending=True)) == 4


def test_sorts_mean_what_they_say(room: Room, source: str) -> None:
    assert titles(room, source, sort="author")[:1] == ["Side Story"]
    assert titles(room, source, sort="year", descending=True)[:2] == ["Tenth", "Second"]
    assert titles(room, source, sort="size", descending=True)[:1] == ["Second"]


def test_a_series_is_sorted_as_people_count(room: Room, source: str) -> None:
    (saga,) = room.library.works.series(room.me, source, "audiobook")
    assert [number for _, number in saga.members] == ["2", "10", ""]
    order = titles(room, source, filter="series", value=saga.id, sort="sequence")
    assert order == ["Second", "Tenth", "Side Story"]
    assert titles(room, source, filter="series", value=saga.id, sort="sequence", limit=1, offset=1) == ["Tenth"]


def test_filters_mean_what_they_say(room: Room, source: str, clock: FixedClock) -> None:
    second = room.card("Second").id
    room.library.progress.report(room.me, second, ProgressReport(position_ms=1, finished=True))
    room.library.words.tag(room.me, second, "Loved")
    able = next(
        each for each in room.library.works.people(room.me, source, "audiobook", "author") if "Able" in each.name
    )
    for name, value, expected in (
        ("genre", "fantasy", {"The First", "Second"}),
        ("genre", "", set()),
        ("tag", "loved", {"Second"}),
        ("narrator", "Rita Reader", {"The First"}),
        ("person", able.id, {"The First", "Second", "Tenth"}),
        ("publisher", "House", {"Second"}),
        ("language", "eng", {"Side Story"}),
        ("decade", "2000", {"Second"}),
        ("state", "finished", {"Second"}),
        ("state", "not_started", {"The First", "Tenth", "Side Story"}),
        ("missing", "asin", {"The First", "Second", "Side Story"}),
        ("missing", "series", {"The First"}),
        ("files", "multi", {"Second"}),
        ("files", "single", {"The First", "Tenth", "Side Story"}),
        ("gone", "", set()),
    ):
        assert set(titles(room, source, filter=name, value=value)) == expected, (name, value)


def test_every_filter_can_be_asked(room: Room, source: str) -> None:
    known = {"state": next(iter(STATES)), "missing": next(iter(MISSING)), "files": "none", "decade": "1990"}
    for name in FILTERS:
        titles(room, source, filter=name, value=known.get(name, new_id()))
    for name in MISSING:
        titles(room, source, filter="missing", value=name)
    for name in STATES:
        titles(room, source, filter="state", value=name)
    for wrong in (
        {"filter": "x"},
        {"sort": "x"},
        {"filter": "state", "value": "x"},
        {"filter": "decade", "value": "x"},
    ):
        with pytest.raises(InvalidInput):
            titles(room, source, **wrong)


def test_one_work_with_everything(room: Room, source: str, clock: FixedClock) -> None:
    work = room.library.works.one(room.me, room.card("Second").id)
    assert [each.name for each in work.files] == ["1 Second.flac", "2 Second.flac"]
    assert work.size == sum(each.size for each in work.files)
    assert all(each.facts is not None for each in work.files)
    assert [(each.name, each.number) for each in work.series] == [("Saga", "2")]
    assert [each.name for each in work.people if each.role == "author"] == ["Zoe Able"]
    assert (work.genres, work.fields["publisher"], work.year, work.mine) == (["Fantasy"], "House", 2003, None)
    begun = clock.now_ms()
    room.library.progress.report(room.me, work.id, ProgressReport(position_ms=500))
    clock.advance(1_000)
    room.library.progress.report(room.me, work.id, ProgressReport(position_ms=900, finished=True))
    mine = room.library.works.one(room.me, work.id).mine
    assert mine is not None
    assert (mine.started_at_ms, mine.finished_at_ms, mine.position_ms) == (begun, begun + 1_000, 900)
    assert [each.id for each in room.library.works.opened(room.me, ["audiobook"])] == [work.id]
    room.library.progress.mark(room.me, work.id, finished=False)
    assert room.library.works.one(room.me, work.id).mine is None


def test_nobody_sees_what_is_not_theirs(room: Room, source: str) -> None:
    blind, works = person("bob", sources=[]), room.library.works
    book = room.card("Second").id
    room.library.playlists.create(room.me, "Mine", [book])
    assert works.page(blind, WorkQuery(source=source, kind="audiobook")).total == 0
    assert works.get(blind, [book]) == []
    with pytest.raises(NotFound):
        works.one(blind, book)
    assert works.series(blind, source, "audiobook") == []
    assert works.people(blind, source, "audiobook", "author") == []
    assert works.names(blind, source, "audiobook").genres == []
    assert works.totals(blind, source, "audiobook").files == 0
    assert works.lists(person("bob"), "playlist") == []
    (mine,) = works.lists(room.me, "playlist")
    assert [item_id for _, item_id in mine.members] == [book]
    room.library.collections.create(room.me, "All", [book])
    (shared,) = works.lists(blind, "collection")
    assert shared.members == []


def test_names_and_totals(room: Room, source: str) -> None:
    names = room.library.works.names(room.me, source, "audiobook")
    assert [each.name for each in names.authors] == ["Ann Zed", "Zoe Able"]
    assert (names.genres, names.languages, names.publishers) == (["Fantasy", "Horror"], ["eng"], ["House"])
    assert names.decades == [1990, 2000, 2010]
    totals = room.library.works.totals(room.me, source, "audiobook")
    assert (totals.files, totals.genres) == (5, [("Fantasy", 2), ("Horror", 1)])
    assert totals.size > 0


def test_episodes_stand_below_their_podcast(room: Room) -> None:
    source = room.source("podcast")
    for day in (1, 2):
        track(room.media / "podcast" / "Talk" / f"2024-01-0{day} - Day {day}.mp3", day, album="Talk")
    room.scan(source)
    podcast = room.card("Talk", "podcast", "podcast").id
    works = room.library.works
    assert [each.title for each in works.below(room.me, [podcast])[podcast]] == ["Day 1", "Day 2"]
    assert works.one(room.me, podcast).size == sum(each.size for each in works.below(room.me, [podcast])[podcast])
    query = WorkQuery(source=source, kind="podcast", level="episode", sort="date", descending=True)
    assert [each.title for each in works.get(room.me, works.page(room.me, query).ids)] == ["Day 2", "Day 1"]


def test_many_cost_what_one_costs(room: Room, source: str) -> None:
    ids = room.library.works.page(room.me, WorkQuery(source=source, kind="audiobook")).ids
    room.library.works.get(room.me, ids)
    costs = []
    for wanted in (ids[:1], ids):
        with statements() as said:
            assert len(room.library.works.get(room.me, wanted)) == len(wanted)
        costs.append(len(said))
    assert costs[0] == costs[1]
