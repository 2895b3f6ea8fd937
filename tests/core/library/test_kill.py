"""kill -9 at any moment of a scan: the next one completes it; nothing is lost, nothing is there twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support.databases import Databases
from tests.support.disks import small_disk
from tests.support.invariants import check
from tests.support.library_room import Room, open_room
from tests.support.processes import ROOT
from tests.support.tiny_media import retag, track

from medley.adapters.databases import open_database
from medley.core.library import ProgressReport
from medley.kernel.clock import SystemClock
from medley.kernel.errors import Unavailable

_SCAN = """
import sys
from pathlib import Path
from medley.adapters.databases import open_database
from medley.kernel.clock import SystemClock
from medley.core.library._scan import scan as scanning
from tests.support.library_room import Room
scanning._FILES_AT_ONCE = 20
scanning._WAIT_S = 0.0
from medley.core.library._scan import reading
reading._BATCH_FILES = 15
room = Room(open_database(Path(sys.argv[1])), SystemClock(), Path(sys.argv[2]))
print("ready", flush=True)
room.scan(sys.argv[3], accept_losses=True)
print("done", flush=True)
"""


def _start(database: Path, folder: Path, source: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, "-c", _SCAN, str(database), str(folder), source],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
    )


def _shuffle_files(chance: random.Random, root: Path, round_: int) -> None:
    """Move, retag, remove and add a few of the files, so that the next scan has something of each to do."""
    files = sorted(root.rglob("*.mp3"))
    for path in chance.sample(files, 12):
        new = root / f"Album {chance.randrange(9)}" / f"{round_}-{path.name}"[-60:]
        new.parent.mkdir(exist_ok=True)
        path.rename(new)
    for path in chance.sample(sorted(root.rglob("*.mp3")), 6):
        retag(path, genre=f"Genre {round_} {chance.randrange(9)}")
    for number in range(4):
        _song(root, 1000 * round_ + number)


def _song(root: Path, number: int) -> None:
    tags = {"title": f"Song {number}", "artist": "Ann", "albumartist": "Ann", "album": f"Album {number % 9}"}
    path = track(root / f"Album {number % 9}" / f"{number}.mp3", number % 40, **tags)
    with path.open("ab") as file:
        file.write(b"\0" * 4096 + number.to_bytes(8, "big") * 600)  # no two sound alike


def _rounds(databases: Databases, folder: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    databases.sqlite(folder).close()
    path = folder / "medley.sqlite"
    with open_room(open_database(path), SystemClock(), folder) as room:
        source, root = room.source("music"), room.media / "music"
        for number in range(120):
            _song(root, number)
        room.scan(source)
        loved = _love(room)
        for round_ in range(1, count + 1):
            _shuffle_files(chance, root, round_)
            process = _start(path, folder, source)
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 1.2)
            process.send_signal(signal.SIGKILL)
            process.wait()
            check(room.database, exact=False)
            room.scan(source, accept_losses=True)
            _whole(room, root, loved)
            result = room.scan(source, accept_losses=True)
            assert (result.files, result.added, result.changed, result.missing) == (0, 0, 0, 0)


def _love(room: Room) -> dict[str, int]:
    found = {}
    for place, card in enumerate(room.cards("music", "track", limit=200)):
        room.library.progress.report(room.me, card.id, ProgressReport(position_ms=place + 1))
        found[card.id] = place + 1
    return found


def _whole(room: Room, root: Path, loved: dict[str, int]) -> None:
    cards = room.cards("music", "track", limit=500)
    on_disk = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.mp3"))
    shelved = [
        room.library.items.file(room.me, file.id).path
        for card in cards
        for edition in room.item(card.id).editions
        for file in edition.files
        if not file.missing
    ]
    assert sorted(shelved) == on_disk
    assert len(cards) == len(on_disk)
    for item_id, position in loved.items():
        assert room.item(item_id).mine.position_ms == position


def test_killed_at_any_moment(databases: Databases, tmp_path: Path) -> None:
    _rounds(databases, tmp_path, 8, seed=1)


@pytest.mark.long
def test_killed_fifty_times(databases: Databases, tmp_path: Path) -> None:
    _rounds(databases, tmp_path, 50, seed=2)


def test_a_full_disk_loses_nothing(databases: Databases, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 6) as disk:
        databases.sqlite(disk).close()
        database = open_database(disk / "medley.sqlite")
        try:
            _fill(database, tmp_path)
        finally:
            database.close()


def _take_all(path: Path) -> None:
    """Leave no block of the disk free."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(descriptor, b"x" * 4096) == 4096:
            pass
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _fill(database, folder: Path) -> None:
    room = Room(database, SystemClock(), folder)
    source, root = room.source("music"), room.media / "music"
    for number in range(30):
        _song(root, number)
    room.scan(source)
    ballast = folder / "disk/ballast"
    _take_all(ballast)
    for number in range(100, 400):
        _song(root, number)
    with pytest.raises(Unavailable, match="full"):
        room.scan(source)
    ballast.unlink()
    assert len(room.cards("music", "track", limit=500)) >= 30
    room.scan(source)
    assert room.library.sources.get(source).counts["music/track"] == 330
    room.library.close()
