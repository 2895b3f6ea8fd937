"""The desk: pictures and documents of one file, whatever is wrong with it."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image

from medley.adapters.media.desk import work
from medley.core.library.ports import (
    DeskAnswer,
    DeskOrder,
    Document,
    Draw,
    Drawing,
    Refusal,
    ShowPage,
    ShowPicture,
    Wish,
    decode_answer,
    encode,
)


def ask(folder: Path, name: str, wish: Wish) -> DeskAnswer:
    return decode_answer(work(encode(DeskOrder(str(folder), name, wish)), None))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.new("RGB", (800, 400), (200, 30, 60)).save(tmp_path / "cover.jpg")
    return tmp_path / "cover.jpg"


def film(folder: Path, name: str, *more: str) -> None:
    made = ["-f", "lavfi", "-i", "testsrc=d=1:s=320x180", *more, str(folder / name)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *made], check=True)


def test_a_picture_is_drawn_in_all_widths_and_never_enlarged(tmp_path: Path, picture: Path) -> None:
    answer = ask(tmp_path, picture.name, Draw("beside", -1, (160, 1280)))
    assert isinstance(answer, Drawing)
    assert (answer.width, answer.height) == (800, 400)
    assert set(answer.pictures) == {160, 1280}
    assert len(answer.pictures[160]) < len(answer.pictures[1280])


def test_covers_inside_films_are_found(tmp_path: Path, picture: Path) -> None:
    cover = ("-i", str(picture), "-map", "0", "-map", "1", "-c:v:1", "copy", "-disposition:v:1", "attached_pic")
    film(tmp_path, "inside.mp4", *cover)
    film(tmp_path, "attached.mkv", "-attach", str(picture), "-metadata:s:t", "mimetype=image/jpeg")
    for name in ("inside.mp4", "attached.mkv"):
        answer = ask(tmp_path, name, Draw("embedded", 1, (320,)))
        assert isinstance(answer, Drawing), name
        assert (answer.width, answer.height) == (800, 400)


def test_a_frame_of_a_film(tmp_path: Path) -> None:
    film(tmp_path, "film.mp4")
    answer = ask(tmp_path, "film.mp4", Draw("frame", -1, (160,)))
    assert isinstance(answer, Drawing)
    assert answer.width == 320


def test_a_photo_becomes_webp(tmp_path: Path, picture: Path) -> None:
    answer = ask(tmp_path, picture.name, ShowPicture(320))
    assert isinstance(answer, Document)
    assert answer.media_type == "image/webp"


@pytest.mark.parametrize("wish", [Draw("beside", -1, (160,)), ShowPicture(320), ShowPage(0)])
def test_rubbish_is_refused_with_a_sentence(tmp_path: Path, wish: Wish) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff" + b"rubbish" * 100)
    answer = ask(tmp_path, "broken.jpg", wish)
    assert isinstance(answer, Refusal)
    assert answer.message.endswith(".")


@pytest.mark.parametrize("path", ["../cover.jpg", "/etc/passwd", "missing.jpg"])
def test_nothing_outside_is_opened(tmp_path: Path, path: str) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "cover.jpg")
    (tmp_path / "inside").mkdir()
    assert isinstance(ask(tmp_path / "inside", path, ShowPicture(160)), Refusal)
