"""What only an index on a disk must do."""

from pathlib import Path

import pytest

from medley.adapters.searches.tantivy import TantivyIndex
from medley.core.search import Entry, Wanted
from medley.kernel.errors import Unavailable


def entry(id_: str, title: str) -> Entry:
    return Entry(id=id_, kind="film", level="film", source="films", title=title)


def found(index: TantivyIndex, text: str) -> list[str]:
    return [hit.item_id for hit in index.find(Wanted(text=text), None).hits]


def filled(folder: Path, *entries: Entry) -> TantivyIndex:
    index = TantivyIndex(folder)
    index.put(list(entries))
    index.commit()
    return index


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    filled(tmp_path, entry("1", "Dune")).close()
    assert found(TantivyIndex(tmp_path), "dune") == ["1"]


def test_what_was_not_committed_is_not(tmp_path: Path) -> None:
    index = filled(tmp_path, entry("1", "Dune"))
    index.put([entry("2", "Dune Part Two")])
    assert found(index, "dune") == ["1"]
    index.close()
    assert found(TantivyIndex(tmp_path), "dune") == ["1"]


def test_another_process_sees_what_is_committed(tmp_path: Path) -> None:
    reader, writer = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    writer.put([entry("1", "Dune")])
    writer.commit()
    assert found(reader, "dune") == ["1"]


def test_only_one_process_writes(tmp_path: Path) -> None:
    first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    first.put([entry("1", "Dune")])
    with pytest.raises(Unavailable):
        second.put([entry("2", "Arrakis")])
    first.commit()
    second.put([entry("2", "Arrakis")])
    second.commit()
    assert first.count() == 2


def test_a_damaged_index_is_begun_anew(tmp_path: Path) -> None:
    filled(tmp_path, entry("1", "Dune")).close()
    for path in tmp_path.rglob("meta.json"):
        path.write_text("{}")
    index = TantivyIndex(tmp_path)
    assert index.count() == 0
    index.put([entry("2", "Arrakis")])
    index.commit()
    assert found(index, "arrakis") == ["2"]


def test_a_big_batch_is_found_whole(tmp_path: Path) -> None:
    index = filled(tmp_path, *(entry(str(number), f"Number {number}") for number in range(3_000)))
    assert index.count() == 3_000
    assert index.find(Wanted(text="number", limit=10), None).total == 3_000
    assert found(index, "number 2718")[0] == "2718"
