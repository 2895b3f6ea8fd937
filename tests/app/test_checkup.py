from pathlib import Path

import msgspec
import pytest

from medley.app.checkup import Finding, examine
from medley.app.parts import build, prepare
from medley.app.settings import PlaybackSettings, Settings


def about(settings: Settings) -> dict[str, Finding]:
    return {each.about: each for each in examine(settings)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=str(tmp_path / "data"))


@pytest.fixture
def films(tmp_path: Path) -> Path:
    folder = tmp_path / "Films"
    folder.mkdir()
    return folder


def test_a_fresh_machine_has_nothing_wrong(settings: Settings):
    found = about(settings)
    assert not [each for each in found.values() if each.state == "wrong"]
    assert found["database"].found == "not made yet."
    assert found["encoders"].state == "ok"
    assert "reads them" in found["CBR comics"].found
    assert not settings.folder.exists()  # looking makes nothing


def test_a_source_that_went_away_is_told_with_what_to_do(settings: Settings, films: Path):
    parts = build(settings)
    prepare(parts, [("film", str(films))])
    parts.close()
    assert about(settings)["source Films"].state == "ok"
    films.rmdir()
    found = about(settings)["source Films"]
    assert (found.state, bool(found.hint)) == ("wrong", True)


def test_app_passwords_without_their_key_are_told(settings: Settings):
    parts = build(settings)
    prepare(parts, [])
    ann = parts.identity.asker(parts.identity.add_user("Ann", "a long password").id)
    parts.identity.app_passwords.create(ann, "Phone")
    parts.close()
    assert "app passwords" not in about(settings)
    (settings.folder / "app-passwords.key").unlink()
    found = about(settings)["app passwords"]
    assert (found.state, "app-passwords.key" in found.hint) == ("wrong", True)


def test_a_damaged_database_is_wrong(settings: Settings):
    parts = build(settings)
    prepare(parts, [])
    parts.close()
    (settings.folder / "medley.sqlite").write_bytes(b"no database" * 1000)
    assert "wrong" in {each.state for each in examine(settings) if "database" in each.about}


def test_an_ffmpeg_that_is_not_there_is_wrong(settings: Settings):
    missing = msgspec.structs.replace(settings, playback=PlaybackSettings(ffmpeg="/nowhere/ffmpeg"))
    found = [each for each in examine(missing) if each.about == "ffmpeg"]
    assert found[0].state == "wrong"


def test_a_data_folder_below_a_file_is_wrong(tmp_path: Path):
    (tmp_path / "file").touch()
    found = about(Settings(data=str(tmp_path / "file" / "data")))["data folder"]
    assert (found.state, "--data" in found.hint) == ("wrong", True)
