"""The documents are true: generated pages are up to date, links lead somewhere, decisions are numbered."""

import re
from pathlib import Path

import pytest
from tests.house import documents
from tests.house.source import ROOT, tracked

_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def test_every_setting_is_in_the_documents():
    assert documents.SETTINGS.read_text(encoding="utf-8") == documents.settings_page(), "run `make docs`"


def test_every_command_is_in_the_documents():
    assert documents.COMMANDS.read_text(encoding="utf-8") == documents.commands_page(), "run `make docs`"


def test_the_pages_name_what_there_is():
    assert "`server.port`" in documents.settings_page()
    assert {"medley serve", "medley user add", "medley search rebuild", "medley jobs"} <= {
        name for name, _ in documents.all_commands()
    }


def _pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


@pytest.mark.parametrize("page", _pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path):
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_decisions_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert names
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("heading", ["Decision", "Why", "What it costs"])
def test_each_decision_says_what_why_and_at_what_cost(heading: str):
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"## {heading}" in path.read_text(encoding="utf-8"), path.name


def test_the_readme_holds_the_two_commands_of_a_newcomer():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make serve MEDIA=~/Media" in text
    assert "make test" in text
