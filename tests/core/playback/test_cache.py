"""The cache of segments: bounded, whole, shared between processes."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medley.core.playback._cache import SegmentCache


def held(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path, 300)
    for name in ("a", "b", "c"):
        cache.put("film", name, bytes(100))
    cache.find("film", "a")
    cache.put("film", "d", bytes(100))
    assert held(tmp_path) == {"film/a", "film/c", "film/d"}
    assert cache.total_bytes == 300


def test_the_bound_holds_under_many_writers(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path, 10_000)

    def write(writer: int) -> None:
        for number in range(100):
            cache.put(f"film{writer}", f"{number}.m4s", bytes(500))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    sizes = [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(sizes) == cache.total_bytes <= 10_000


def test_what_was_just_handed_out_stays(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path, 100)
    cache.put("film", "a", bytes(80))
    path = cache.find("film", "a")
    cache.put("film", "b", bytes(80))
    assert path is not None
    assert path.exists()


def test_another_process_finds_it_and_counts_it(tmp_path: Path) -> None:
    SegmentCache(tmp_path, 1000).put("film/copy", "a", bytes(600))
    again = SegmentCache(tmp_path, 1000)
    assert again.find("film/copy", "a")
    fresh = SegmentCache(tmp_path, 1000)
    fresh.put("film/copy", "b", bytes(600))
    assert held(tmp_path) == {"film/copy/b"}


def test_what_a_killed_process_left_is_no_segment(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "0.m4s").touch()  # a power cut may leave the name without the bytes
    part = tmp_path / "film" / ".1.m4s.123.0.part"
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    cache = SegmentCache(tmp_path, 1000)
    assert cache.find("film", "0.m4s") is None
    cache.put("film", "2.m4s", b"whole")
    assert not part.exists()
    assert cache.find("film", "1.m4s") is None


def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path, 1000)
    (tmp_path / "film").write_text("a file where a folder should be")
    with pytest.raises(OSError):
        cache.put("film", "a", b"x")
    assert held(tmp_path) == {"film"}
