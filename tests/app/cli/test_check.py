from pathlib import Path

from tests.app.conftest import Medley


def test_a_good_installation_is_good(medley: Medley):
    said = medley("check", "--json")
    assert said.code == 0
    assert {"data folder", "ffmpeg", "encoders", "clock"} <= {each["about"] for each in said.json()}


def test_what_is_wrong_is_told_with_an_exit_code(medley: Medley):
    said = medley("check", MEDLEY_PLAYBACK_FFMPEG="/nowhere/ffmpeg")
    assert said.code == 3
    assert "✗" in said.out


def test_a_data_folder_that_cannot_be_is_wrong(medley: Medley, tmp_path: Path):
    (tmp_path / "file").touch()
    assert medley("check", "--data", tmp_path / "file" / "data").code == 3
