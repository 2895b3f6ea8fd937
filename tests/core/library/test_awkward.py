"""A library of awkward truth: names, links, damaged files, readers that hang, crash and eat."""

import os
import shutil
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from tests.support.library_room import Room, open_room
from tests.support.tiny_media import film, picture, retag, track

from medley.core.library._scan import scan as scanning
from medley.kernel.children import Limits
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database

_NAMES = (
    "Fünf Äpfel", "Тихий Дон", "東京物語", "كتاب", "ספר", "हिन्दी", "ภาษาไทย", "한국어", "Ελληνικά", "😀 party 🎉",
    "a\u200db", "CAPITALS", "capitals ", " leading", "quote ' \" `", "back\\slash", "new\nline", "tab\t",
    "%s {0} $HOME", "-rf", "x" * 230, unicodedata.normalize("NFD", "Crème brûlée"), "con", "semi;colon", "\U0010fe80",
)  # fmt: skip


def test_names_in_every_script_and_shape(room: Room) -> None:
    root, source = room.media / "film", room.source("film")
    for number, name in enumerate(_NAMES):
        film(root / f"{name}.mkv", number)
    raw = os.fsencode(root) + b"/caf\xe9 \xff\xfe (2001).mkv"
    os.link(root / "con.mkv", raw)
    result = room.scan(source)
    assert result.files == len(_NAMES) + 1
    assert not room.notices()
    handles = set()
    for card in room.cards("film", limit=200):
        for edition in room.item(card.id).editions:
            for file in edition.files:
                handle = room.library.items.file(room.me, file.id)
                handles.add(handle.path)
    assert len(handles) == len(_NAMES) + 1
    assert room.scan(source).files == 0
    Path(os.fsdecode(raw)).unlink()
    assert room.scan(source).missing == 1


def test_composed_and_decomposed_names_are_two_files_of_one_film(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    for form in ("NFC", "NFD"):
        film(root / form / f"{unicodedata.normalize(form, 'Crème brûlée')} (2001).mkv", 1)
    lite_room.scan(source)
    [card] = lite_room.cards("film")
    assert len(lite_room.item(card.id).editions) == 2


def test_depth(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    film(root.joinpath(*["d"] * 40) / "Deep (2001).mkv", 1)
    film(root.joinpath(*["e"] * 70) / "Too deep (2001).mkv", 1)
    lite_room.scan(source)
    assert lite_room.titles("film") == ["Deep"]
    assert len(lite_room.notices()) == 1


def test_damaged_files_are_one_notice_each_and_stay_quiet(room: Room) -> None:
    root, source = room.media / "music", room.source("music")
    track(root / "ok.mp3", 1, title="Fine", artist="Ann", album="Blue")
    (root / "empty.mp3").touch()
    (root / "noise.flac").write_bytes(os.urandom(50_000))
    (root / "text.m4a").write_text("not sound")
    whole = track(root / "cut.flac", 2, title="Cut", artist="Ann", album="Blue").read_bytes()
    (root / "cut.flac").write_bytes(whole[:40])
    room.scan(source)
    told = sorted(path for path, _ in room.notices())
    assert "noise.flac" in told
    assert "ok.mp3" not in told
    assert "Fine" in room.titles("music", "track")
    (root / "another.txt").write_text("the folder changed")
    result = room.scan(source)
    assert result.notices == 0
    assert sorted(path for path, _ in room.notices()) == told
    track(root / "noise.flac", 3, title="Mended", artist="Ann", album="Blue")
    room.scan(source)
    assert "noise.flac" not in [path for path, _ in room.notices()]
    assert "Mended" in room.titles("music", "track")


def test_two_thousand_files_in_one_folder(lite_room: Room) -> None:
    _crowd(lite_room, 2_000)


@pytest.mark.long
def test_ten_thousand_files_in_one_folder(lite_room: Room) -> None:
    _crowd(lite_room, 10_000)


def _crowd(room: Room, count: int) -> None:
    root, source = room.media / "photo", room.source("photo")
    one = picture(root / "album/IMG_000000.jpg").read_bytes()
    for number in range(1, count):
        (root / f"album/IMG_{number:06}.jpg").write_bytes(one + number.to_bytes(4, "big"))
    assert room.scan(source).files == count
    assert room.library.sources.get(source).counts["photo/photo"] == count
    assert room.scan(source).files == 0
    (root / "album/IMG_000007.jpg").unlink()
    assert room.scan(source).missing == 1


def test_links_stay_inside_and_never_go_round(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    film(root / "Real (2001)/Real (2001).mkv", 1)
    film(root / ".store/Kept (2002).mkv", 2)
    film(lite_room.folder / "outside/Secret (2003).mkv", 3)
    (root / "Real (2001)/round").symlink_to(root / "Real (2001)")
    (root / "up").symlink_to("..")
    (root / "out").symlink_to(lite_room.folder / "outside")
    (root / "Secret (2003).mkv").symlink_to(lite_room.folder / "outside/Secret (2003).mkv")
    (root / "passwd.mkv").symlink_to("/etc/passwd")
    (root / "broken.mkv").symlink_to("nowhere")
    (root / "self").symlink_to("self")
    (root / "Kept (2002).mkv").symlink_to(".store/Kept (2002).mkv")
    (root / "again").symlink_to("Real (2001)")
    os.mkfifo(root / "pipe.mkv")
    lite_room.scan(source)
    assert sorted(lite_room.titles("film")) == ["Kept", "Real"]
    [real] = [card for card in lite_room.cards("film") if card.title == "Real"]
    assert len(lite_room.item(real.id).editions) == 1
    assert not lite_room.notices()


def test_what_is_left_out(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    left_out = (".hidden (2002)", "@eaDir/x (2003)", "skip/x (2005)", "a/no (2006)")
    for name in ("Shown (2001)", "temp/Kept (2004)", *left_out):
        film(root / f"{name}.mkv", len(name))
    film(root / "a/yes (2007).mkv", 7)
    (root / "Half (2008).mkv.part").write_bytes(b"x")
    (root / ".medleyignore").write_text("skip/\n")
    (root / "a/.medleyignore").write_text("no*\n")
    lite_room.scan(source)
    assert sorted(lite_room.titles("film")) == ["Kept", "Shown", "yes"]
    (root / ".medleyignore").unlink()
    lite_room.scan(source)
    assert len(lite_room.titles("film")) == 4
    (root / ".medleyignore").write_text("Shown*\n")
    lite_room.scan(source)
    assert lite_room.card("Shown", "film").missing


_READER = """
import os, signal, time
from medley.core.kinds import Facts

class Reader:
    extensions = frozenset({"odd"})

    def read(self, file, name):
        with open(os.environ["ODD_LOG"], "a") as log:
            log.write(name + "\\n")
        if "hang" in name:
            time.sleep(60)
        if "spin" in name:
            while True: pass
        if "crash" in name:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "eat" in name:
            return Facts("video", "odd", tags={"title": [str(len(bytearray(64 << 30)))]})
        if "grow" in name:
            os.truncate(os.environ["ODD_GROW"], 99)
        return Facts("video", "mkv", duration_ms=1000)

READER = Reader()
"""


@pytest.fixture
def odd(sqlite_database: Database, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A library whose .mkv reader misbehaves by the name of the file."""
    (tmp_path / "odd_reader.py").write_text(_READER)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setenv("ODD_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("ODD_GROW", str(tmp_path / "media/film/grow (2001).mkv"))
    with open_room(sqlite_database, clock, tmp_path, {"mkv": "odd_reader:READER"}) as room:
        room.library._settings = scanning.Settings(room.library._settings.readers, room.library.kinds, 2, Limits(1.0))
        yield room


def test_whatever_a_reader_does_the_scan_goes_on(odd: Room) -> None:
    root, source = odd.media / "film", odd.source("film")
    names = [f"{word} (2001)" for word in ("hang", "spin", "crash", "eat", "good", "fine")]
    for folder in ("", "sub"):
        (root / folder).mkdir(exist_ok=True)
        for name in names:
            (root / folder / f"{name}.mkv").write_bytes(os.urandom(100))
    began = time.monotonic()
    odd.scan(source)
    assert time.monotonic() - began < 40
    bad = {f"{folder}{name}.mkv" for folder in ("", "sub/") for name in names[:4]}
    assert {path for path, _ in odd.notices()} == bad
    assert len(odd.notices()) == len(bad)
    assert set(odd.titles("film")) >= {"good", "fine"}
    log = Path(os.environ["ODD_LOG"])
    log.unlink()
    assert odd.scan(source).files == 0
    (root / "new (2002).mkv").write_bytes(b"new")
    odd.scan(source)
    assert log.read_text() == "new (2002).mkv\n"
    (root / "crash (2001).mkv").rename(root / "mended (2001).mkv")
    odd.scan(source)
    assert "crash (2001).mkv" not in {path for path, _ in odd.notices()}


def test_a_file_that_changes_while_it_is_read_is_read_again(odd: Room) -> None:
    root, source = odd.media / "film", odd.source("film")
    root.mkdir(exist_ok=True)
    (root / "grow (2001).mkv").write_bytes(b"x" * 50)
    odd.scan(source)
    log = Path(os.environ["ODD_LOG"])
    assert log.read_text().count("grow") == 1
    odd.scan(source)
    assert log.read_text().count("grow") == 2
    odd.scan(source)
    assert log.read_text().count("grow") <= 3
    [card] = odd.cards("film")
    assert odd.item(card.id).editions[0].files[0].size == 99


def test_a_kind_that_fails_leaves_items_as_they_were(lite_room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    film(root / "One (2001).mkv", 1)
    film(root / "more/Two (2002).mkv", 2)
    lite_room.scan(source)
    before = [(card.id, len(lite_room.item(card.id).editions)) for card in lite_room.cards("film")]
    broken = lite_room.folder / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import medley.core.library._scan.child as child\n"
        "real = child.recognise\n"
        "def recognise(folder, kinds):\n"
        "    if not folder.parts: raise ZeroDivisionError('oh')\n"
        "    return real(folder, kinds)\n"
        "child.recognise = recognise\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(broken), *sys.path]))
    film(root / "Three (2003).mkv", 3)
    film(root / "more/Four (2004).mkv", 4)
    lite_room.scan(source)
    assert [message for _, message in lite_room.notices()] == [
        "What is in this folder could not be recognised: ZeroDivisionError: oh."
    ]
    assert "Four" in lite_room.titles("film")
    after = [(card.id, len(lite_room.item(card.id).editions)) for card in lite_room.cards("film")]
    assert set(before) <= set(after)


def test_files_come_and_go_while_a_scan_runs(lite_room: Room) -> None:
    root, source = lite_room.media / "music", lite_room.source("music")
    for number in range(60):
        track(root / f"{number % 7}/{number}.mp3", number % 5, title=f"T{number}", artist="Ann", album=f"A{number % 7}")
    stop = threading.Event()

    def stir() -> None:
        number = 0
        while not stop.is_set():
            path = root / f"{number % 7}/{number % 60}.mp3"
            path.rename(path.with_suffix(".x.mp3")) if path.exists() else None
            other = path.with_suffix(".x.mp3")
            other.rename(path) if number % 3 == 0 and other.exists() else None
            number += 1
            time.sleep(0.005)

    thread = threading.Thread(target=stir)
    thread.start()
    try:
        for _ in range(3):
            lite_room.scan(source)
    finally:
        stop.set()
        thread.join()
    lite_room.scan(source, accept_losses=True)
    present = [card for card in lite_room.cards("music", "track", limit=200) if not card.missing]
    assert len(present) == 60


def test_a_retag_that_keeps_size_and_moment_is_not_seen_until_asked(lite_room: Room) -> None:
    """The price of not opening every file: a scan believes size and time, as every scanner does."""
    root, source = lite_room.media / "music", lite_room.source("music")
    path = track(root / "a.mp3", 1, title="Before", artist="Ann", album="Blue")
    lite_room.scan(source)
    found = path.stat()
    retag(path, title="After!")
    assert path.stat().st_size == found.st_size
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert lite_room.scan(source).files == 0
    assert lite_room.titles("music", "track") == ["Before"]
    assert lite_room.scan(source, anew=True).changed
    assert lite_room.titles("music", "track") == ["After!"]


@pytest.mark.parametrize("moment", [0, 4_000_000_000])
def test_times_at_the_epoch_and_in_the_future(lite_room: Room, moment: int) -> None:
    root, source = lite_room.media / "music", lite_room.source("music")
    path = track(root / "a.mp3", 1, title="Before", artist="Ann", album="Blue")
    os.utime(path, (moment, moment))
    lite_room.scan(source)
    assert lite_room.scan(source).files == 0
    retag(path, title="After", genre="longer than the room that was left " * 100)
    os.utime(path, (moment, moment))
    lite_room.scan(source)
    assert lite_room.titles("music", "track") == ["After"]


def test_files_whose_inodes_changed_are_the_same(lite_room: Room) -> None:
    """As on merged and network file systems, or after a restore from a backup."""
    root, source = lite_room.media / "music", lite_room.source("music")
    for number in (1, 2, 3):
        track(root / f"a/{number}.mp3", number, title=f"T{number}", artist="Ann", album="Blue", tracknumber=str(number))
    lite_room.scan(source)
    ids = {card.title: card.id for card in lite_room.cards("music", "track")}
    shutil.copytree(root / "a", root / "copy")
    shutil.rmtree(root / "a")
    (root / "copy").rename(root / "a")
    result = lite_room.scan(source)
    assert (result.added, result.missing) == (0, 0)
    assert {card.title: card.id for card in lite_room.cards("music", "track")} == ids
