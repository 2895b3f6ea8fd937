import logging

import pytest

from medley.app import logs


@pytest.fixture(autouse=True)
def _restored():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = before, level


def test_lines_name_the_process_and_go_to_standard_error(capsys: pytest.CaptureFixture[str]):
    logs.configure("info", "worker")
    logging.getLogger("medley.x").info("scanned %s", "Films")
    logging.getLogger("medley.x").debug("hidden")
    said = capsys.readouterr()
    assert not said.out
    assert "worker I medley.x: scanned Films" in said.err
    assert "hidden" not in said.err


def test_chatty_libraries_speak_of_trouble_only(capsys: pytest.CaptureFixture[str]):
    logs.configure("debug", "web")
    logging.getLogger("PIL").info("chatter")
    logging.getLogger("PIL").warning("trouble")
    said = capsys.readouterr().err
    assert "trouble" in said
    assert "chatter" not in said
