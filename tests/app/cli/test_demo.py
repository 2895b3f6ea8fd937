from pathlib import Path

from tests.app.conftest import Medley


def test_a_folder_that_holds_something_else_is_left_alone(medley: Medley, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine")
    said = medley("demo", tmp_path / "mine")
    assert said.code in (1, 2)
    assert "Traceback" not in said.err
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["diary.txt"]
