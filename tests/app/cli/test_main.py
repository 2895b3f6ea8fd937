import pytest
from tests.app.conftest import Medley

from medley import __version__

COMMANDS = ("serve", "scan", "search", "user", "settings", "db", "jobs", "check", "demo")


def test_help_names_every_command(medley: Medley):
    said = medley("--help")
    assert said.code == 0
    for command in COMMANDS:
        assert f" {command} " in said.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(medley: Medley, command: str):
    said = medley(command, "--help")
    assert said.code == 0
    assert "Usage:" in said.out
    assert not medley.data.exists()  # asking for help makes nothing


def test_version(medley: Medley):
    assert medley("--version").out.strip() == f"medley {__version__}"


def test_a_wrong_setting_is_one_sentence_and_a_hint(medley: Medley):
    said = medley("jobs", MEDLEY_SERVER_PROT="1")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "There is no setting “MEDLEY_SERVER_PROT” (environment).",
        "Did you mean “MEDLEY_SERVER_PORT”?",
    ]


def test_an_unknown_command_is_a_mistake(medley: Medley):
    assert medley("srve").code == 2
