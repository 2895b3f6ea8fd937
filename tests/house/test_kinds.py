"""Kinds come in by the door that strangers use, and ask of the library only what it can do."""

from importlib.metadata import EntryPoint, entry_points

import pytest
from tests.house.source import PACKAGE

from medley.core.kinds import Kind
from medley.core.library._store.lists import SORTS

_POINTS = sorted(entry_points(group="medley.kind"), key=lambda point: point.name)


def test_every_kind_folder_is_an_entry_point():
    folders = {path.parent.name for path in (PACKAGE / "core" / "kinds").glob("*/shape.py")}
    assert folders == {point.name for point in _POINTS}


@pytest.fixture(params=_POINTS, ids=lambda point: point.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    point: EntryPoint = request.param
    found = point.load()
    assert found.name == point.name
    return found


def test_its_sorts_are_sorts_of_the_library(kind: Kind):
    assert kind.sorts
    assert set(kind.sorts) <= set(SORTS)


def test_what_the_home_page_shows_is_a_level_of_it(kind: Kind):
    assert kind.featured in {"", *(level.name for level in kind.levels)}


def test_exactly_the_last_level_is_played(kind: Kind):
    assert [level.playable for level in kind.levels] == [False] * (len(kind.levels) - 1) + [True]


def test_its_extensions_and_folder_names_are_in_lower_case(kind: Kind):
    words = kind.extensions | kind.folder_names
    assert words == {word.lower().lstrip(".") for word in words}
