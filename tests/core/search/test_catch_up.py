"""The index follows the library, and comes back when it was lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medley.app.parts import build, prepare
from medley.app.settings import load_settings
from medley.core.library._store.items import count_on_shelf, put_shelf
from medley.core.library._store.tables import item
from medley.core.library.events import ItemsAdded
from medley.core.search import Wanted
from medley.kernel.database import insert_all
from medley.kernel.events import record
from medley.kernel.ids import new_id


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "films").mkdir()
    return tmp_path / "data"


@pytest.fixture
def parts(data: Path) -> Iterator[Any]:
    opened = build(load_settings({"data": str(data)}).tree)
    prepare(opened, [("film", str(data.parent / "films"))])
    yield opened
    opened.close()


def add(parts: Any, title: str) -> str:
    source_id = parts.library.sources.all()[0].id
    row = {"id": new_id(), "identity": title, "title": title, "sort_title": title, "parent_id": None}
    row |= {"added_at_ms": 1, "changed_at_ms": 1}
    with parts.database.write() as connection:
        shelf_id = put_shelf(connection, source_id, "film", "film")
        insert_all(connection, item, [row | {"shelf_id": shelf_id}])
        count_on_shelf(connection, {shelf_id: 1})
        record(connection, ItemsAdded(source_id=source_id, item_ids=[row["id"]]))
    return row["id"]


def found(parts: Any, text: str) -> list[str]:
    owner = parts.identity.asker(parts.identity.users()[0].id)
    return [hit.item_id for hit in parts.search.find(owner, Wanted(text=text)).hits]


def test_what_is_added_is_found_after_catching_up(parts: Any) -> None:
    parts.identity.add_user("owner", "a long password", "admin")
    first = add(parts, "Dune")
    assert parts.search.catch_up() == 1
    second = add(parts, "Arrakis")
    assert found(parts, "arrakis") == []
    assert parts.search.catch_up() == 1
    assert (found(parts, "dune"), found(parts, "arrakis")) == ([first], [second])
    assert parts.search.catch_up() == 0


def test_a_lost_index_is_made_anew_by_the_next_process(parts: Any, data: Path) -> None:
    parts.identity.add_user("owner", "a long password", "admin")
    item_id = add(parts, "Dune")
    parts.search.catch_up()
    parts.search.close()
    shutil.rmtree(data / "search")
    again = build(parts.settings)
    try:
        assert found(again, "dune") == []
        assert again.search.catch_up() == 1
        assert found(again, "dune") == [item_id]
    finally:
        again.close()
