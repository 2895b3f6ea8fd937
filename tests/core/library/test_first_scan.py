"""A demo library of every kind, scanned for the first time and again."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.support.library_room import Room

from medley.app.demo import SOURCES, generate


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "library"
    generate(target, quick=True)
    return target


def test_every_kind_is_shelved_and_a_second_scan_changes_nothing(room: Room, demo: Path) -> None:
    ids = [room.source(kind, name, demo / name) for kind, name in SOURCES.items()]
    for source_id in ids:
        result = room.scan(source_id)
        assert result.added, room.library.sources.get(source_id)
        assert not result.paused
    assert not room.notices()
    kinds = Counter(card.kind for kind in SOURCES for card in room.cards(kind))
    assert set(kinds) == set(SOURCES)
    before = _everything(room)
    for source_id in ids:
        result = room.scan(source_id)
        assert (result.files, result.added, result.changed, result.missing) == (0, 0, 0, 0)
    assert _everything(room) == before


def test_one_source_of_everything(lite_room: Room, demo: Path) -> None:
    """With `auto`, each kind takes what is its own."""
    source = lite_room.source("auto", "all", demo)
    lite_room.scan(source)
    assert {card.kind for kind in SOURCES for card in lite_room.cards(kind)} == set(SOURCES)
    assert lite_room.scan(source).files == 0


def _everything(room: Room) -> dict[str, list[str]]:
    tables = ("folder", "file", "item", "edition", "edition_file", "word", "item_word", "person", "credit", "artwork")
    with room.database.read() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))
            for name in (*tables, "shelf", "companion", "notice")
        }
