from pathlib import Path

import pytest
from tests.app.conftest import Medley
from tests.support.processes import until

from medley.app.parts import build, prepare
from medley.app.settings import Settings


@pytest.fixture
def books(medley: Medley, tmp_path: Path) -> Path:
    """A source of two text-like books, added without any server."""
    folder = tmp_path / "Books"
    folder.mkdir()
    for name in ("Ada Lovelace - Notes.pdf", "Jules Verne - [1870] Twenty Leagues.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4\n%%EOF\n")
    parts = build(Settings(data=str(medley.data)))
    prepare(parts, [("book", str(folder))])
    parts.close()
    return folder


def test_without_a_server_it_scans_here(medley: Medley, books: Path):
    (job,) = medley("scan", "--wait", "--json").json()
    assert (job["state"], job["result"]["files"]) == ("done", 2)
    said = medley("scan", "Books", "--wait")
    assert said.code == 0
    assert said.out.startswith("Scan Books: 0 files, 0 added")  # nothing had changed


def test_with_a_running_worker_that_one_scans(medley: Medley, books: Path, starting):
    starting("serve", "--role", "worker")
    until(lambda: (medley.data / "worker.lock").exists(), 40, what="the worker's start")
    said = medley("scan", "--wait", "--json")
    assert (said.code, said.json()[0]["state"]) == (0, "done")


def test_an_unknown_source_is_told_with_those_there_are(medley: Medley, books: Path):
    said = medley("scan", "Bokks")
    assert said.code == 2
    assert "There are: Books." in said.err


def test_without_sources_there_is_nothing_to_scan(medley: Medley):
    said = medley("scan", "--wait")
    assert said.code == 0
    assert "medley serve FOLDER" in said.out


def test_a_source_that_went_away_is_a_failure(medley: Medley, books: Path):
    medley("scan", "--wait")
    books.rename(books.with_name("elsewhere"))
    said = medley("scan", "--wait")
    assert said.code in (0, 1)
    assert "Traceback" not in said.err
    check = {each["about"]: each["state"] for each in medley("check", "--json").json()}
    assert check["source Books"] == "wrong"


def test_what_was_scanned_is_found(medley: Medley, books: Path):
    medley("scan", "--wait")
    found = medley("search", "find", "twnty", "leagues", "--json").json()
    assert [each["kind"] for each in found] == ["book"]
    assert "[1870]" in medley("search", "find", "leagues").out or "Twenty" in medley("search", "find", "leagues").out
