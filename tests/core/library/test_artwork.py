"""Pictures: all widths in one pass, once; failures told once; an emptied cache and a changed file are made again."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image
from tests.support.library_room import Room, person
from tests.support.tiny_media import film, picture, track

from medley.core.library import WIDTHS
from medley.core.library._documents import Documents
from medley.core.library.ports import Draw
from medley.kernel.children import Limits
from medley.kernel.errors import MedleyError, NotFound, Unavailable, Unsupported


@pytest.fixture
def hung(room: Room) -> tuple[Room, str, Path]:
    root, source = room.media / "music", room.source("music")
    track(root / "Blue/a.mp3", 1, title="A", artist="Ann", albumartist="Ann", album="Blue")
    cover = picture(root / "Blue/cover.jpg", size=(1500, 1500))
    room.scan(source)
    return room, source, cover


def test_one_pass_makes_all_widths_once(hung: tuple[Room, str, Path]) -> None:
    room, _, _ = hung
    art = room.card("Blue", "music", "album").artwork
    assert art
    with pytest.raises(Unavailable):
        room.library.artworks.path(room.me, art.id, 320)
    assert room.draw().made == 1
    for width in WIDTHS:
        with Image.open(room.library.artworks.path(room.me, art.id, width)) as made:
            assert (made.format, made.width) == ("WEBP", width)
    again = room.card("Blue", "music", "album").artwork
    assert again
    assert (again.id, again.width, again.height) == (art.id, 1500, 1500)
    assert again.placeholder
    assert room.draw().made == 0
    with pytest.raises(NotFound):
        room.library.artworks.path(person("bob", []), art.id, 320)
    shutil.rmtree(room.cache)
    with pytest.raises(Unavailable):
        room.library.artworks.path(room.me, art.id, 160)
    assert room.draw().made == 1
    assert room.library.artworks.path(room.me, art.id, 160).is_file()


def test_what_lies_behind_is_told_of_once_it_is_made(room: Room) -> None:
    folder, source = room.media / "film/Dune (2021)", room.source("film")
    film(folder / "Dune (2021).mkv")
    picture(folder / "fanart.jpg", size=(1600, 900))
    room.scan(source)
    assert room.card("Dune", "film", "film").backdrop_id is None
    room.draw()
    behind = room.card("Dune", "film", "film").backdrop_id
    assert behind
    assert room.library.artworks.path(room.me, behind, 1280).is_file()


def test_a_changed_picture_is_another_picture(hung: tuple[Room, str, Path]) -> None:
    room, source, cover = hung
    room.draw()
    before = room.card("Blue", "music", "album").artwork
    picture(cover, (200, 10, 10), (400, 400))
    room.scan(source)
    assert room.draw().made == 1
    after = room.card("Blue", "music", "album").artwork
    assert before
    assert after
    assert after.id != before.id
    assert after.width == 400


def test_a_picture_that_is_gone_hangs_nowhere(hung: tuple[Room, str, Path]) -> None:
    room, source, cover = hung
    room.draw()
    cover.unlink()
    room.scan(source)
    assert room.card("Blue", "music", "album").artwork is None


def test_what_cannot_be_drawn_is_told_once(hung: tuple[Room, str, Path]) -> None:
    room, source, cover = hung
    cover.write_bytes(cover.read_bytes()[:600])
    room.scan(source)
    told = len(room.notices())
    assert room.draw().failed == 1
    assert len(room.notices()) <= told + 1
    assert [path for path, _ in room.notices()].count("Blue/cover.jpg") >= 1
    told = room.notices()
    assert room.draw().failed == 0
    assert room.notices() == told
    art = room.card("Blue", "music", "album").artwork
    assert art
    with pytest.raises(NotFound):
        room.library.artworks.path(room.me, art.id, 160)


_DESK = """
import os, signal, time
from medley.core.library.ports import Document, Drawing, decode_order, encode

def work(message, step):
    order = decode_order(message)
    if "hang" in order.path:
        time.sleep(60)
    if "crash" in order.path:
        os.kill(os.getpid(), signal.SIGKILL)
    return encode(Drawing({160: b"x"}, 1, 1, b""))
"""


def test_a_desk_that_dies_is_an_error_and_the_next_call_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd_desk.py").write_text(_DESK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    documents = Documents("odd_desk:work", 1, Limits(seconds=1.0))
    try:
        for path in ("crash", "hang", "crash"):
            with pytest.raises(Unsupported):
                documents.draw("/", path, Draw("itself", 0, (160,)))
            assert documents.draw("/", "fine", Draw("itself", 0, (160,))).pictures == {160: b"x"}
    finally:
        documents.close()


def test_pages_and_pictures_of_real_files(lite_room: Room) -> None:
    root, source = lite_room.media / "photo", lite_room.source("photo")
    picture(root / "Sea/one.png", size=(800, 400))
    lite_room.scan(source)
    [card] = lite_room.cards("photo", "photo")
    file = lite_room.item(card.id).editions[0].files[0]
    handle = lite_room.library.items.file(lite_room.me, file.id)
    shown = lite_room.library.documents.picture(handle, 100)
    assert shown.media_type.startswith("image/")
    with pytest.raises(MedleyError):
        lite_room.library.documents.page(handle, 99)
    (root / "Sea/one.png").unlink()
    with pytest.raises(NotFound):
        lite_room.library.documents.picture(handle, 100)
