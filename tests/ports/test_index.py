"""The port `Index`: what every search index does, the one in memory and the embedded one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medley.adapters.searches.memory import MemoryIndex
from medley.adapters.searches.tantivy import TantivyIndex
from medley.core.search import Entry, Found, Index, Wanted

CLOISTER = Entry(
    id="film-1",
    kind="film",
    level="film",
    source="films",
    title="The Name of the Rose",
    people=["Jean-Jacques Annaud", "Sean Connery"],
    genres=["Mystery", "Drama"],
    overview="A monk looks into deaths in a Benedictine abbey.",
    year=1986,
)
DUNE = Entry(id="film-2", kind="film", level="film", source="films", title="Dune", genres=["Drama"], year=2021)
NOVEL = Entry(id="book-1", kind="book", level="book", source="books", title="Dune", people=["Frank Herbert"], year=1965)
SONG = Entry(
    id="track-1",
    kind="music",
    level="track",
    source="music",
    title="Ænima",
    people=["Tool"],
    context=["Salival", "Tool"],
    genres=["Metal"],
    year=2000,
    weight=0.6,
)
JAPANESE = Entry(id="track-2", kind="music", level="track", source="music", title="夜に駆ける", people=["YOASOBI"])
KOREAN = Entry(id="track-3", kind="music", level="track", source="music", title="봄날", people=["방탄소년단"])
SERIES = Entry(id="book-2", kind="book", level="book", source="books", title="Guards!", words=["Discworld"])
ALL = [CLOISTER, DUNE, NOVEL, SONG, JAPANESE, KOREAN, SERIES]


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    made: Index = MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path)
    made.put(ALL)
    made.commit()
    yield made
    made.close()


def found(index: Index, text: str, sources: frozenset[str] | None = None, **filters: Any) -> Found:
    return index.find(Wanted(text=text, **filters), sources)


def ids(index: Index, text: str, sources: frozenset[str] | None = None, **filters: Any) -> list[str]:
    return [hit.item_id for hit in found(index, text, sources, **filters).hits]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("name rose", CLOISTER),
        ("ROSE", CLOISTER),
        ("connery", CLOISTER),
        ("benedictine", CLOISTER),
        ("salival", SONG),
        ("discworld", SERIES),
        ("mystery", CLOISTER),
    ],
    ids=["title", "case", "people", "overview", "context", "words", "genre"],
)
def test_a_word_is_found_wherever_it_stands(index: Index, text: str, item: Entry) -> None:
    assert item.id in ids(index, text)


@pytest.mark.parametrize("text", ["conery", "connnery", "connrey", "xonnery", "annuad"])
def test_a_mistyped_or_unfinished_word_is_found(index: Index, text: str) -> None:
    assert ids(index, text) == [CLOISTER.id]


def test_a_description_is_taken_at_its_word(index: Index) -> None:
    assert ids(index, "benedictine rose") == [CLOISTER.id]
    assert ids(index, "benedictin rose") == []


def test_a_word_with_two_slips_is_found_when_it_is_long(index: Index) -> None:
    assert ids(index, "discwrold") == [SERIES.id]
    assert ids(index, "dwscworld") == [SERIES.id]


@pytest.mark.parametrize("text", ["dun", "conn", "sal", "disc"])
def test_the_last_word_may_be_unfinished(index: Index, text: str) -> None:
    assert ids(index, text)


def test_only_the_last_word_may_be_unfinished(index: Index) -> None:
    assert ids(index, "rose conn") == [CLOISTER.id]
    assert ids(index, "conn rose") == []


def test_a_short_word_must_be_right(index: Index) -> None:
    assert ids(index, "dxn") == []


def test_all_words_are_needed(index: Index) -> None:
    assert ids(index, "dune herbert") == [NOVEL.id]
    assert ids(index, "dune connery") == []


@pytest.mark.parametrize("text", ["aenima", "Ænima", "ÆNIMA"])
def test_letters_fold(index: Index, text: str) -> None:
    assert ids(index, text) == [SONG.id]


@pytest.mark.parametrize("text", ["夜に駆ける", "駆け", "夜", "に駆"])
def test_text_without_spaces_is_found_by_any_part(index: Index, text: str) -> None:
    assert ids(index, text) == [JAPANESE.id]


def test_korean_is_found_by_any_part(index: Index) -> None:
    assert ids(index, "소년") == [KOREAN.id]


def test_characters_in_another_order_are_not_found(index: Index) -> None:
    assert ids(index, "駆夜") == []


def test_scripts_may_be_mixed_in_one_search(index: Index) -> None:
    assert ids(index, "夜に yoasobi") == [JAPANESE.id]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "book"}, {NOVEL.id}),
        ({"level": "film"}, {DUNE.id}),
        ({"source": "books"}, {NOVEL.id}),
        ({"genre": "Drama"}, {DUNE.id}),
        ({"genre": "drama"}, set()),
        ({"year_from": 2000}, {DUNE.id}),
        ({"year_to": 2000}, {NOVEL.id}),
        ({"year_from": 1965, "year_to": 2021}, {NOVEL.id, DUNE.id}),
        ({"kind": "book", "year_from": 1966}, set()),
    ],
)
def test_filters_narrow(index: Index, filters: dict[str, Any], expected: set[str]) -> None:
    assert set(ids(index, "dune", **filters)) == expected


def test_an_unknown_year_is_in_no_range_that_has_an_end(index: Index) -> None:
    assert ids(index, "guards") == [SERIES.id]
    assert ids(index, "guards", year_to=2100) == []


def test_nobody_finds_or_counts_what_they_may_not_see(index: Index) -> None:
    seen = found(index, "dune", frozenset({"films"}))
    assert [hit.item_id for hit in seen.hits] == [DUNE.id]
    assert seen.total == 1
    assert seen.facets["source"] == {"films": 1}
    assert seen.facets["kind"] == {"film": 1}


def test_who_may_see_nothing_finds_nothing(index: Index) -> None:
    nothing = found(index, "dune", frozenset())
    assert nothing.hits == []
    assert nothing.total == 0
    assert not any(nothing.facets.values())


def test_a_filter_does_not_widen_what_one_may_see(index: Index) -> None:
    assert ids(index, "dune", frozenset({"films"}), source="books") == []


def test_facets_count_everything_found_not_only_the_page(index: Index) -> None:
    one = found(index, "dune", limit=1)
    assert len(one.hits) == 1
    assert one.total == 2
    assert one.facets["kind"] == {"film": 1, "book": 1}
    assert one.facets["year"] == {"1965": 1, "2021": 1}
    assert one.facets["genre"] == {"Drama": 1}


def test_facets_of_many_results_are_counted_like_those_of_few(index: Index) -> None:
    many = [
        Entry(id=f"m{n}", kind="book", level="book", source="books", title="Tome", genres=["A", "B"], year=1900 + n % 3)
        for n in range(300)
    ]
    index.put([*many, Entry(id="undated", kind="book", level="book", source="books", title="Tome")])
    index.commit()
    facets = found(index, "tome").facets
    assert facets["kind"] == {"book": 301}
    assert facets["genre"] == {"A": 300, "B": 300}
    assert facets["year"] == {"1900": 100, "1901": 100, "1902": 100}


def test_pages_follow_each_other(index: Index) -> None:
    first, second = ids(index, "dune", limit=1), ids(index, "dune", limit=1, offset=1)
    assert {*first, *second} == {DUNE.id, NOVEL.id}
    assert ids(index, "dune", limit=1, offset=2) == []


def test_a_title_ranks_before_an_overview(index: Index) -> None:
    index.put([Entry(id="x", kind="film", level="film", source="films", title="Abbey")])
    index.commit()
    assert ids(index, "abbey") == ["x", CLOISTER.id]


def test_what_is_written_exactly_so_ranks_before_what_is_alike(index: Index) -> None:
    more = [("y", "Duna"), ("x", "Dunes of Time")]
    index.put([Entry(id=id_, kind="film", level="film", source="films", title=title) for id_, title in more])
    index.commit()
    assert set(ids(index, "dune")[:2]) == {DUNE.id, NOVEL.id}


@pytest.mark.parametrize("text", ["", "   ", "!?", "\0"])
def test_a_search_for_nothing_finds_nothing(index: Index, text: str) -> None:
    assert found(index, text).hits == []


@pytest.mark.parametrize("text", ["title:dune", 'du"ne', "dune AND (", "dune*", "dune~5", "[a TO z]", "a" * 200])
def test_no_character_is_a_command(index: Index, text: str) -> None:
    assert isinstance(found(index, text), Found)


def test_an_entry_is_replaced_by_its_id(index: Index) -> None:
    index.put([Entry(id=DUNE.id, kind="film", level="film", source="films", title="Arrakis")])
    index.commit()
    assert ids(index, "dune") == [NOVEL.id]
    assert ids(index, "arrakis") == [DUNE.id]
    assert index.count() == len(ALL)


def test_the_last_of_two_puts_of_one_id_stays(index: Index) -> None:
    index.put([Entry(id="x", kind="film", level="film", source="films", title=title) for title in ("First", "Second")])
    index.commit()
    assert ids(index, "first") == []
    assert ids(index, "second") == ["x"]


def test_removed_entries_are_not_found(index: Index) -> None:
    index.remove([DUNE.id, "never there"])
    index.commit()
    assert ids(index, "dune") == [NOVEL.id]
    assert index.count() == len(ALL) - 1


def test_a_cleared_index_is_empty_and_can_be_filled_again(index: Index) -> None:
    index.clear()
    index.put([DUNE])
    index.commit()
    assert index.count() == 1
    assert ids(index, "dune") == [DUNE.id]
