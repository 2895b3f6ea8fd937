"""The demo is made once, completed after an interruption, and never mixed into anything else."""

import shutil
from pathlib import Path

import pytest

from medley.app.demo import SOURCES, generate
from medley.kernel.errors import InvalidInput


def _files(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_every_source_holds_files(demo: Path):
    for kind, folder in SOURCES.items():
        assert any(path.is_file() for path in (demo / folder).rglob("*")), kind
    assert {path.name for path in demo.iterdir() if path.is_dir()} == set(SOURCES.values())


def test_nothing_unfinished_is_left(demo: Path):
    assert not [path for path in demo.rglob(".*") if path.name != ".medley-demo.json"]
    assert not [path for path in demo.rglob("*") if path.is_file() and path.stat().st_size == 0]


def test_a_finished_demo_is_left_alone(demo: Path):
    before = _files(demo)
    told: list[str] = []
    generate(demo, lambda _done, _total, title: told.append(title), quick=True)
    assert _files(demo) == before
    assert told == []


def test_an_interrupted_demo_is_completed_and_the_rest_untouched(demo: Path, tmp_path: Path):
    copy = tmp_path / "library"
    shutil.copytree(demo, copy)
    before = _files(copy)
    lost = next(copy.glob("Photos/*/K2_0412.jpg"))
    lost.unlink()
    (copy / ".medley-demo.json").write_text("")
    (lost.parent / ".making-K2_0412.jpg").write_bytes(b"half a pho")
    (copy / ".making").mkdir()
    told: list[tuple[int, int]] = []
    generate(copy, lambda done, total, _title: told.append((done, total)), quick=True)
    after = _files(copy)
    name = str(lost.relative_to(copy))
    assert after.keys() == before.keys()
    assert {path: when for path, when in after.items() if path not in {name, ".medley-demo.json"}} == {
        path: when for path, when in before.items() if path not in {name, ".medley-demo.json"}
    }
    assert lost.stat().st_size > 1000
    total = told[0][1]
    assert told == [(done, total) for done in range(total + 1)]


def test_a_failure_in_the_middle_leaves_no_half_file(tmp_path: Path):
    class StopHereError(Exception):
        pass

    def stop(done: int, _total: int, _title: str) -> None:
        if done == 3:
            raise StopHereError

    target = tmp_path / "library"
    with pytest.raises(StopHereError):
        generate(target, stop, quick=True)
    assert not list(target.glob("[!.]*/**/.making-*"))
    generate(target, quick=True)
    assert {path.name for path in target.iterdir() if path.is_dir()} == set(SOURCES.values())


def test_a_folder_with_something_else_is_refused(tmp_path: Path):
    (tmp_path / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(InvalidInput, match="not empty"):
        generate(tmp_path, quick=True)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]
