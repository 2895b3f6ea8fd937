"""The index in memory is the measure: whatever is asked, the embedded one finds and counts the same."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medley.adapters.searches.memory import MemoryIndex
from medley.adapters.searches.tantivy import TantivyIndex
from medley.core.search import Entry, Wanted

WORDS = (
    "up it is of dune dunes duna moon moonlight monday mooring kind bind discworld discwrold abbey annaud u2".split()
)
MORE = [*WORDS, "夜に駆ける", "夜駆ける", "방탄소년단", "Ænima", "Ёлка", "l'été"]
SOURCES = ["one", "two", "three"]


def _some(random_: random.Random, least: int, most: int) -> list[str]:
    return random_.choices(MORE, k=random_.randint(least, most))


def _entry(random_: random.Random, number: int) -> Entry:
    return Entry(
        id=f"{number:04}",
        kind=random_.choice(["film", "book"]),
        level="work",
        source=random_.choice(SOURCES),
        title=" ".join(_some(random_, 1, 3)),
        people=_some(random_, 0, 1),
        context=_some(random_, 0, 1),
        words=_some(random_, 0, 1),
        genres=random_.choice([[], ["Drama"], ["Drama", "Noir"]]),
        overview=" ".join(_some(random_, 0, 4)),
        year=random_.choice([0, 1999, 2021]),
    )


def _mistyped(word: str, random_: random.Random) -> str:
    at = random_.randrange(len(word))
    slips: list[Callable[[], str]] = [
        lambda: word,
        lambda: word[:at],
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + "x" + word[at:],
        lambda: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    return random_.choice(slips)()


def _wanted(random_: random.Random) -> Wanted:
    text = " ".join(_mistyped(word, random_) for word in _some(random_, 1, 2))
    filters: dict[str, Any] = random_.choice([{}, {}, {"kind": "film"}, {"genre": "Noir"}, {"year_from": 2000}])
    return Wanted(text=text, limit=200, **filters)


@pytest.mark.parametrize("seed", range(4))
def test_the_embedded_index_finds_and_counts_the_same(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    entries = [_entry(random_, number) for number in range(150)]
    memory, embedded = MemoryIndex(), TantivyIndex(tmp_path)
    for index in (memory, embedded):
        index.put(entries)
        index.commit()
    hits = 0
    for _ in range(150):
        wanted, sources = _wanted(random_), random_.choice([None, frozenset(SOURCES[:2]), frozenset(SOURCES[:1])])
        one, other = memory.find(wanted, sources), embedded.find(wanted, sources)
        assert {hit.item_id for hit in one.hits} == {hit.item_id for hit in other.hits}, wanted
        assert (one.total, one.facets) == (other.total, other.facets), wanted
        hits += one.total
    assert hits > 500
    embedded.close()


def test_what_is_put_is_found_without_a_commit() -> None:
    index = MemoryIndex()
    index.put([Entry(id="1", kind="film", level="film", source="one", title="Dune")])
    assert [hit.item_id for hit in index.find(Wanted(text="dnue"), None).hits] == ["1"]
