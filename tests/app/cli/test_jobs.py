from pathlib import Path

import pytest
from tests.app.conftest import Medley

from medley.app.parts import build, prepare
from medley.app.settings import Settings


@pytest.fixture
def waiting(medley: Medley, tmp_path: Path) -> str:
    """A scan that nobody does, as no worker runs; its source's name looks like markup."""
    folder = tmp_path / "[bold]Films"
    folder.mkdir()
    parts = build(Settings(data=str(medley.data)))
    prepare(parts, [("film", str(folder))])
    (job,) = parts.jobs.list(("queued",)).items
    parts.close()
    return job.id


def test_waiting_jobs_are_listed(medley: Medley, waiting: str):
    assert "Scan [bold]Films" in medley("jobs").out
    assert [(each["id"], each["state"]) for each in medley("jobs", "--json").json()] == [(waiting, "queued")]


def test_a_job_is_cancelled_and_done_again(medley: Medley, waiting: str):
    assert medley("jobs", "cancel", waiting).code == 0
    assert medley("jobs").out.strip() == "Nothing waits, runs or failed."
    assert medley("jobs", "--all", "--json").json()[0]["state"] == "cancelled"
    assert medley("jobs", "retry", waiting).code == 0
    assert medley("jobs", "--json").json()[0]["state"] == "queued"


def test_an_unknown_job_is_told(medley: Medley):
    said = medley("jobs", "cancel", "nothing")
    assert (said.code, "Traceback" in said.err) == (2, False)
