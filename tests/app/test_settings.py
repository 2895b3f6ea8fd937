from pathlib import Path

import pytest

from medley.app.settings import Settings, load_settings
from medley.kernel.errors import InvalidInput


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch):
    for name in ("DATA", "SERVER_PORT", "DATABASE", "LOG"):
        monkeypatch.delenv(f"MEDLEY_{name}", raising=False)


def test_every_setting_says_what_it_means(tmp_path: Path):
    for each in load_settings({"data": str(tmp_path)}).settings:
        assert each.doc.endswith("."), each.name


def test_the_file_lies_in_the_data_folder_that_the_flag_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "medley.toml").write_text("[server]\nport = 9000\n")
    monkeypatch.setenv("MEDLEY_DATA", "/nowhere")
    tree = load_settings({"data": str(tmp_path)}).tree
    assert (tree.server.port, tree.folder) == (9000, tmp_path)


def test_the_file_lies_in_the_data_folder_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "medley.toml").write_text('log = "debug"\n')
    monkeypatch.setenv("MEDLEY_DATA", str(tmp_path))
    assert load_settings().tree.log == "debug"


def test_a_word_outside_the_choice_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match="log"):
        load_settings({"data": str(tmp_path), "log": "loud"})


def test_the_data_folder_is_absolute_and_knows_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings().folder == tmp_path / ".medley"
    monkeypatch.chdir(tmp_path)
    assert Settings(data="here").folder == tmp_path / "here"


def test_the_home_of_nobody_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MEDLEY_DATA", raising=False)
    with pytest.raises(InvalidInput, match="~nobody-at-all"):
        load_settings({"data": "~nobody-at-all/medley"})
