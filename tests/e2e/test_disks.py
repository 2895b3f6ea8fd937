"""Disks that vanish, fill up, turn read-only or move: a clear word, and nothing is lost."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.disks import make_read_only, small_disk
from tests.support.processes import until
from tests.support.server import Server, everything
from tests.support.tiny_media import track

from .conftest import Serve

TRACKS = 400


def album(folder: Path, count: int) -> Path:
    for number in range(1, count + 1):
        disc = folder / "Ann" / f"Album {number // 20}"
        tags = {"title": f"Song {number}", "artist": "Ann", "album": disc.name, "tracknumber": str(number)}
        track(disc / f"{number:03}.mp3", tone=number % 40, **tags)
    return folder


@pytest.fixture
def bound(tmp_path: Path) -> Iterator[Path]:
    """Music on a mount of its own."""
    kept = album(tmp_path / "disk", TRACKS)
    target = tmp_path / "mounted"
    target.mkdir()
    if subprocess.run(["mount", "--bind", str(kept), str(target)], capture_output=True, check=False).returncode:
        pytest.skip("This user may not mount.")
    yield target
    subprocess.run(["umount", "--lazy", str(target)], capture_output=True, check=False)


def source(client: httpx.Client) -> dict:
    return client.get("/sources").raise_for_status().json()[0]


def songs(client: httpx.Client, **query: str) -> set[str]:
    return {each["id"] for each in everything(client, "/items", kind="music", level="track", **query)}


def missing(client: httpx.Client) -> list[str]:
    return [each["title"] for each in everything(client, "/items", kind="music", level="track") if each["missing"]]


def test_a_source_that_is_unmounted_in_mid_scan(serve: Serve, bound: Path, tmp_path: Path) -> None:
    server = serve()
    server.sources = [("music", bound)]
    server.start()
    with server.set_up() as owner:
        until(lambda: owner.get("/items", params={"limit": 1}).json()["items"], 40, what="the first songs")
        subprocess.run(["umount", "--lazy", str(bound)], check=True)
        until(lambda: source(owner)["state"] not in ("new", "scanning"), 60, what="the end of the scan")
        before = songs(owner)
        owner.post(f"/sources/{source(owner)['id']}/scan").raise_for_status()
        until(lambda: source(owner)["state"] in ("paused", "unreachable"), 30, what="a word about the disk")
        assert source(owner)["state_reason"]
        assert songs(owner) >= before
        assert not missing(owner)
        subprocess.run(["mount", "--bind", str(tmp_path / "disk"), str(bound)], check=True)
        owner.post(f"/sources/{source(owner)['id']}/scan").raise_for_status()
        until(lambda: len(songs(owner)) == TRACKS, 60, what="that all songs are there")
        server.wait_for_scans()
        assert source(owner)["state"] == "ready"
        assert songs(owner) >= before
        assert not missing(owner)


def test_a_library_that_is_renamed_and_comes_back(serve: Serve, tmp_path: Path) -> None:
    media = album(tmp_path / "media", 30)
    server = serve()
    server.sources = [("music", media)]
    server.start()
    with server.set_up() as owner:
        server.wait_for_scans()
        before = songs(owner)
        first = min(before)
        owner.put(f"/items/{first}/progress", json={"position_ms": 77, "duration_ms": 9999}).raise_for_status()
        media.rename(tmp_path / "renamed")
        owner.post(f"/sources/{source(owner)['id']}/scan").raise_for_status()
        until(lambda: source(owner)["state"] in ("paused", "unreachable"), 30, what="a word about the folder")
        assert songs(owner) == before
        assert not missing(owner)
        owner.patch(f"/sources/{source(owner)['id']}", json={"path": str(tmp_path / "renamed")}).raise_for_status()
        owner.post(f"/sources/{source(owner)['id']}/scan").raise_for_status()
        until(lambda: source(owner)["state"] == "ready", 30, what="the scan at the new place")
        assert songs(owner) == before
        (tmp_path / "renamed").rename(media)
        owner.patch(f"/sources/{source(owner)['id']}", json={"path": str(media)}).raise_for_status()
        until(lambda: source(owner)["state"] == "ready", 30, what="the scan at the old place")
        server.wait_for_scans()
        assert songs(owner) == before
        assert owner.get(f"/items/{first}").json()["mine"]["position_ms"] == 77


def test_a_full_disk_for_the_data(serve: Serve, tmp_path: Path) -> None:
    media = album(tmp_path / "media", 60)
    with small_disk(tmp_path / "small", 24) as disk:
        server = serve(data=disk / "data")
        server.sources = [("music", media)]
        server.start()
        with server.set_up() as owner:
            server.wait_for_scans()
            everything_there = sorted(songs(owner))
            first = everything_there[0]
            owner.put(f"/items/{first}/progress", json={"position_ms": 77, "duration_ms": 9999}).raise_for_status()
            _fill(disk)
            answer, tries = None, 0
            while (answer is None or answer.is_success) and tries < 500:
                tries += 1
                body = {"name": f"list {tries} " + "x" * 150, "item_ids": everything_there[:50]}
                answer = owner.post("/playlists", json=body)
            kept = {each["name"] for each in everything(owner, "/playlists")}
            assert answer is not None
            assert answer.status_code in (503, 507), answer.text
            assert "full" in answer.json()["detail"]
            assert answer.json()["hint"]
            assert len(kept) == tries - 1
            assert owner.get(f"/items/{first}").json()["mine"]["position_ms"] == 77
            (disk / "filler").unlink()
            owner.post("/playlists", json={"name": "after", "item_ids": [first]}).raise_for_status()
            server.stop()
            server.start()
            assert {each["name"] for each in everything(owner, "/playlists")} == kept | {"after"}
        server.stop()
        assert server.problems() == []


def _fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 20, 1 << 14, 4096):
            try:
                while filler.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def test_a_data_folder_that_turns_read_only(serve: Serve, tmp_path: Path) -> None:
    media = album(tmp_path / "media", 5)
    with small_disk(tmp_path / "small", 64) as disk:
        server = serve(data=disk / "data")
        server.sources = [("music", media)]
        server.start()
        with server.set_up() as owner:
            server.wait_for_scans()
            server.stop()
            make_read_only(disk)
            process = server.launch()
            started = time.monotonic()
            assert process.wait(40) == 2, server.output()
            assert time.monotonic() - started < 30
            until(lambda: "writ" in server.output(), 5, what=f"a word about it in {server.output()}")
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            server.start()
            assert len(songs(owner)) == 5
        server.stop()


@pytest.mark.long
def test_files_that_are_gone_are_missing_and_come_back(serve: Serve, tmp_path: Path) -> None:
    media = album(tmp_path / "media", 30)
    server: Server = serve()
    server.sources = [("music", media)]
    server.start()
    with server.set_up() as owner:
        server.wait_for_scans()
        before = songs(owner)
        shutil.move(media / "Ann" / "Album 0" / "003.mp3", tmp_path / "003.mp3")
        until(lambda: missing(owner) == ["Song 3"], 40, what="that the watcher sees it")
        shutil.move(tmp_path / "003.mp3", media / "Ann" / "Album 0" / "003.mp3")
        until(lambda: not missing(owner), 40, what="that the watcher sees it again")
        assert songs(owner) == before
