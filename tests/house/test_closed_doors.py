"""A name with an underscore is a closed door: nobody outside the package that holds it takes it."""

import pytest
from tests.house.source import Import, Module, modules


def _closed(words: list[str], importer: tuple[str, ...]) -> bool:
    return any(
        word.startswith("_") and not word.startswith("__") and tuple(words[:at]) != importer[:at]
        for at, word in enumerate(words)
    )


def _trespasses(module: Module) -> list[Import]:
    return [
        each
        for each in module.imports()
        if each.target.startswith("medley.") and _closed(each.target.split("."), module.parts)
    ]


@pytest.mark.parametrize(
    ("target", "importer", "closed"),
    [
        ("medley.core.library._store.lists", "medley.core.library._items", False),
        ("medley.core.library._store.lists", "medley.core.search._search", True),
        ("medley.core.kinds._names.fold", "medley.core.kinds.music.recognise", False),
        ("medley.core.kinds._names.fold", "medley.core.library._model", True),
        ("medley.app.cli.demo._private", "medley.app.cli.serve", True),
        ("medley.__version__", "medley.app.cli.root", False),
    ],
)
def test_the_rule_knows_a_trespass(target: str, importer: str, closed: bool):
    assert _closed(target.split("."), tuple(importer.split("."))) is closed


def test_nobody_walks_through_a_closed_door():
    found = [f"{module.place}:{each.line} takes {each.target}" for module in modules() for each in _trespasses(module)]
    assert not found, "\n".join(found)
