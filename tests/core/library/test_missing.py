"""Missing is not deleted; a suspicious loss is not believed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.support.library_room import Following, Room
from tests.support.tiny_media import film, track

from medley.kernel.errors import NotFound


def films(room: Room, count: int) -> tuple[str, Path]:
    root, source = room.media / "film", room.source("film")
    for number in range(count):
        film(root / f"Film {number} ({2000 + number})" / f"Film {number} ({2000 + number}).mkv", number)
    room.scan(source)
    assert len(room.cards("film")) == count
    return source, root


def folder(root: Path, number: int) -> Path:
    return root / f"Film {number} ({2000 + number})"


def test_missing_and_back(room: Room) -> None:
    source, root = films(room, 4)
    before = room.card("Film 1", "film")
    room.library.progress.think(room.me, before.id, {"favourite": True})
    away = Path(shutil.move(folder(root, 1), room.folder / "away"))
    result = room.scan(source)
    assert (result.missing, result.paused) == (1, "")
    assert room.card("Film 1", "film").missing
    assert room.item(before.id).editions[0].files[0].missing
    assert room.scan(source).missing == 0
    shutil.move(away, folder(root, 1))
    assert room.scan(source).added == 0
    after = room.card("Film 1", "film")
    assert (after.id, after.missing, after.mine.favourite) == (before.id, False, True)


def test_a_season_goes_and_only_it_is_missing(room: Room) -> None:
    root, source = room.media / "show", room.source("show")
    for season in (1, 2):
        for number in (1, 2):
            film(root / f"Tale/Season {season}/Tale S0{season}E0{number}.mkv", season * 9 + number)
    room.scan(source)
    shutil.rmtree(root / "Tale/Season 2")
    room.scan(source)
    assert {card.group: card.missing for card in room.cards("show", "episode")} == {1: False, 2: True}
    assert sorted(card.missing for card in room.cards("show", "season")) == [False, True]
    assert not room.card("Tale", "show", "show").missing
    shutil.rmtree(root / "Tale/Season 1")
    room.scan(source)
    assert room.card("Tale", "show", "show").missing


@pytest.mark.parametrize("whole_folders", [True, False])
def test_too_much_at_once_is_not_believed(room: Room, whole_folders: bool) -> None:
    source, root = films(room, 30)
    lost = [folder(root, number) for number in range(15)]
    for number, each in enumerate(lost):
        if whole_folders:
            each.rename(room.folder / f"away {number}")
        else:
            (room.folder / f"away {number}").mkdir()
            next(each.iterdir()).rename(room.folder / f"away {number}/film.mkv")
    for _ in range(2):
        result = room.scan(source)
        assert "15 of 30 files are gone" in result.paused
        assert room.library.sources.get(source).state == "paused"
        assert [path for path, _ in room.notices()] == [""]
        assert not any(card.missing for card in room.cards("film"))
    if whole_folders:
        for number, each in enumerate(lost):
            (room.folder / f"away {number}").rename(each)
        assert not room.scan(source).paused
        assert not room.notices()
        assert not any(card.missing for card in room.cards("film"))
    else:
        assert room.scan(source, accept_losses=True).missing == 15
        assert sum(card.missing for card in room.cards("film")) == 15
    assert room.library.sources.get(source).state == "ready"


def test_an_empty_root_is_an_unmounted_disk(room: Room) -> None:
    source, root = films(room, 3)
    root.rename(room.folder / "unmounted")
    root.mkdir()
    assert "empty" in room.scan(source).paused
    assert "empty" in room.scan(source, ["Film 1 (2001)"]).paused
    assert room.library.sources.get(source).state == "paused"
    assert not any(card.missing for card in room.cards("film"))
    root.rmdir()
    assert room.scan(source, ["Film 1 (2001)"]).paused
    assert room.library.sources.get(source).state == "unreachable"
    (room.folder / "unmounted").rename(root)
    assert not room.scan(source).paused
    assert room.library.sources.get(source).state == "ready"
    assert not room.notices()


def test_an_empty_new_source_is_no_fault(lite_room: Room) -> None:
    source = lite_room.source("film")
    assert not lite_room.scan(source).paused
    assert lite_room.library.sources.get(source).state == "ready"


def test_a_folder_without_permission_keeps_what_is_below(lite_room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    source, root = films(lite_room, 3)
    shut = folder(root, 1)
    # Root may read everything, and tests may run as root: the refusal itself is made here.
    real = os.scandir

    def scandir(path: str):
        if str(path) == str(shut):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert lite_room.scan(source).missing == 0
    assert lite_room.notices() == [(shut.name, "The folder cannot be read: Permission denied.")]
    assert not any(card.missing for card in lite_room.cards("film"))
    monkeypatch.undo()
    lite_room.scan(source)
    assert not lite_room.notices()


def test_one_path_is_looked_at(lite_room: Room) -> None:
    source, root = films(lite_room, 3)
    film(folder(root, 1) / "Film 1 (2001) - 4k.mkv", 50)
    film(root / "Film 9 (2009)/Film 9 (2009).mkv", 9)
    assert lite_room.scan(source, ["Film 9 (2009)"]).files == 1
    assert lite_room.scan(source, ["Film 1 (2001)"]).files == 2
    shutil.rmtree(folder(root, 2))
    assert lite_room.scan(source, ["Film 2 (2002)"]).missing == 1
    assert lite_room.scan(source, ["../../etc", "nowhere", ".hidden"]).files == 0
    assert sorted(lite_room.titles("film")) == ["Film 0", "Film 1", "Film 2", "Film 9"]


def test_a_source_is_removed_with_everything(room: Room) -> None:
    root, source = room.media / "music", room.source("music")
    track(root / "a.mp3", 1, title="A", artist="Ann", album="Blue")
    room.scan(source)
    track_id = room.card("A", "music", "track").id
    playlist = room.library.playlists.create(room.me, "p", [track_id])
    room.library.sources.remove(source)
    with pytest.raises(NotFound):
        room.item(track_id)
    assert room.library.playlists.get(room.me, playlist.id).count == 0
    assert not room.cards()


def test_a_mount_that_goes_in_mid_scan(lite_room: Room) -> None:
    """What was not read yet is not taken for gone; the next scan sees that the disk is away."""
    disk = lite_room.media / "film"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("This user may not mount a disk.")
    try:
        source, root = films(lite_room, 4)
        for number in range(10, 14):
            film(folder(root, number) / f"Film {number} ({2000 + number}).mkv", number)

        class Pulling(Following):
            def report(self, done: int, total: int, message: str = "") -> None:
                if message == "Looking for changes":
                    subprocess.run(["umount", "--lazy", str(disk)], check=True)

        lite_room.library.job_kinds()[0].run(Pulling({"source_id": source}))
        assert not any(card.missing for card in lite_room.cards("film"))
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], capture_output=True, check=False)
