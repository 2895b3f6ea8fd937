"""Every figure can be measured, in a size that says nothing about speed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIELDS = {"name", "value", "unit", "peer", "peer_value", "ratio", "goal", "ok", "note"}


def bench(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    command = [sys.executable, "-m", "bench", *arguments, "--json", "--size", "tiny"]
    environment = {**os.environ, "BENCH_INSTALL": "never"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
@pytest.mark.parametrize(
    "names",
    [
        ["start_to_first_answer"],
        ["serve_range_8m", "serve_range_1m"],
        ["first_segment_remux"],
        ["first_segment_transcode"],
        ["seek_remux", "seek_transcode", "seek_back"],
        ["first_cue"],
        ["scan_tracks", "rescan_unchanged", "memory_idle", "memory_scan"],
        ["list_million", "list_million_scanning"],
        ["search_million"],
        ["subsonic_calls", "subsonic_memory"],
        ["parallel_streams"],
    ],
    ids=lambda names: names[0],
)
def test_a_figure_is_one_line_of_json(names: list[str]) -> None:
    code, figures = bench(*names)
    assert {figure["name"] for figure in figures} == set(names)
    assert code == (0 if all(figure["ok"] for figure in figures) else 1)
    for figure in figures:
        assert set(figure) == FIELDS
        assert isinstance(figure["value"], int | float)
        assert figure["value"] > 0
        assert figure["ratio"] is None or figure["peer_value"]


def test_an_unknown_figure_is_refused() -> None:
    command = [sys.executable, "-m", "bench", "scan_trakcs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "scan_tracks" in done.stderr


def test_make_hands_over_what_is_asked() -> None:
    command = ["make", "--silent", "bench", "ONLY=scan_trakcs", "JSON=1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "there is no figure 'scan_trakcs'" in done.stderr
    assert done.stdout == ""


def test_an_album_is_the_same_each_time() -> None:
    from bench._library import album

    assert album(7) == album(7)
    assert len({track.name for number in range(20) for track in album(number)}) > 200


def test_the_tracks_say_what_they_are(tmp_path: Path) -> None:
    import mutagen
    from bench._library import _write_albums, album

    _write_albums(tmp_path, range(5), 60)
    for track in (track for number in range(5) for track in album(number)):
        tags = mutagen.File(tmp_path / track.folder / track.name, easy=True)
        assert (tags["title"], tags["artist"], tags["album"]) == ([track.title], [track.artist], [track.album])
        assert tags.info.length > 1
