from collections.abc import Iterator
from pathlib import Path

import pytest

from medley.app.parts import REBUILD_JOB, Parts, backups_folder, build, database_file, prepare
from medley.app.settings import Settings
from medley.kernel.clock import FixedClock, SystemClock
from medley.kernel.errors import InvalidInput


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = build(Settings(data=str(tmp_path / "data")))
    yield made
    made.close()


@pytest.fixture
def films(tmp_path: Path) -> Path:
    folder = tmp_path / "Films"
    folder.mkdir()
    return folder


def test_everything_lies_below_the_data_folder(parts: Parts, tmp_path: Path):
    prepare(parts, [])
    assert Path(database_file(parts.settings)).is_relative_to(tmp_path / "data")
    assert backups_folder(parts.settings).is_relative_to(tmp_path / "data")
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_a_named_source_is_added_once_and_scanned(parts: Parts, films: Path):
    prepare(parts, [("film", str(films))])
    prepare(parts, [("film", str(films))])
    assert [(each.kind, each.path) for each in parts.library.sources.all()] == [("film", str(films))]
    assert [job.title for job in parts.jobs.list(("queued",)).items] == ["Scan Films"]


def test_a_known_source_that_is_away_stops_nothing(parts: Parts, films: Path):
    prepare(parts, [("film", str(films))])
    films.rmdir()
    prepare(parts, [("film", str(films))])
    with pytest.raises(InvalidInput, match="There is no folder"):
        prepare(parts, [("film", str(films.with_name("other")))])


def test_the_worker_can_do_every_kind_of_job(parts: Parts):
    assert {REBUILD_JOB, "scan"} <= {kind.name for kind in parts.job_kinds()}


def test_settings_reach_the_parts(tmp_path: Path):
    with pytest.raises(InvalidInput, match=r"postgresql://"):
        build(Settings(data=str(tmp_path), database="mysql://nobody"))


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match="cannot be written") as told:
        build(Settings(data=str(tmp_path / "file" / "data")))
    assert "--data" in told.value.hint


def test_old_events_are_forgotten_once_the_index_has_followed_them(tmp_path: Path, films: Path):
    clock = FixedClock(SystemClock().now_ms())
    parts = build(Settings(data=str(tmp_path / "data")), clock=clock)
    prepare(parts, [("film", str(films))])
    parts.postman.deliver()
    assert parts.forget_old_events() == 0
    clock.advance(8 * 24 * 3600 * 1000)
    assert parts.forget_old_events() > 0
    assert not parts.postman.tail(0)
    parts.close()
