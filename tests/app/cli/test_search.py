import shutil
from pathlib import Path

import pytest
from tests.app.conftest import Medley

from medley.app.parts import build, prepare
from medley.app.settings import Settings


@pytest.fixture
def library(medley: Medley, tmp_path: Path) -> Path:
    folder = tmp_path / "Books"
    folder.mkdir()
    (folder / "Jules Verne - Around the Moon.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    parts = build(Settings(data=str(medley.data)))
    prepare(parts, [("book", str(folder))])
    parts.close()
    assert medley("scan", "--wait").code == 0
    return folder


def test_a_mistyped_word_finds_it(medley: Medley, library: Path):
    said = medley("search", "find", "arounf")
    assert (said.code, "Around the Moon" in said.out) == (0, True)
    assert medley("search", "find", "arounf", "--kind", "film").out.strip() == "Nothing found."
    assert [each["title"] for each in medley("search", "find", "moon", "--json").json()] == ["Around the Moon"]


def test_the_index_can_be_lost_and_made_anew(medley: Medley, library: Path):
    shutil.rmtree(medley.data / "search")
    said = medley("search", "rebuild")
    assert (said.code, said.out.strip()) == (0, "1 items are in the index.")
    assert "Moon" in medley("search", "find", "moon").out


def test_it_asks_for_at_least_something_sensible(medley: Medley):
    assert medley("search", "find", "moon", "--limit", "0").code == 2
