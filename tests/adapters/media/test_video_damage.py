"""Damaged videos: the prober and the index readers answer or refuse, soon, and do not crash."""

import io
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import imageio_ffmpeg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from medley.adapters.media._keyframes import read_index
from medley.adapters.media.prober import READER
from medley.kernel.errors import MedleyError

FLIPS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=40)
BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=["mp4", "mkv", "avi", "ts", "frag.mp4"])
def healthy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("damage") / f"film.{request.param}"
    fragments = ["-movflags", "frag_keyframe+empty_moov"] if request.param == "frag.mp4" else []
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:d=2:r=10",
         "-c:v", "libx264", "-g", "5", "-pix_fmt", "yuv420p", *fragments, path], check=True,
    )  # fmt: skip
    return path.read_bytes()


def damaged(data: bytes, flips: list[tuple[float, int]], end: float) -> bytes:
    """Most flips hit the first and last kilobyte, where the structure is."""
    changed = bytearray(data)
    for number, (place, value) in enumerate(flips):
        at = int(place * len(data)) if number % 3 == 0 else int(place * min(1024, len(data)))
        changed[-1 - at if number % 3 == 1 else at] = value
    return bytes(changed[: max(1, int(end * len(data)))])


@BOUNDED
@given(flips=FLIPS, end=st.sampled_from([1.0, 1.0, 0.9, 0.5, 0.1]))
@example(flips=[(0.0, 0), (0.5, 0), (0.7734375, 0)], end=1.0)  # two keyframes before the start
def test_the_prober_survives(healthy: bytes, tmp_path: Path, flips: list[tuple[float, int]], end: float) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(damaged(healthy, flips, end))
    started = time.perf_counter()
    with path.open("rb") as file, suppress(MedleyError):
        facts = READER.read(file, path.name)
        assert facts.duration_ms >= 0
        assert facts.keyframes_ms == sorted(set(facts.keyframes_ms))
    assert time.perf_counter() - started < 10


@BOUNDED
@given(flips=FLIPS, end=st.sampled_from([1.0, 0.9, 0.5]))
def test_the_index_readers_survive(healthy: bytes, flips: list[tuple[float, int]], end: float) -> None:
    started = time.perf_counter()
    keyframes, rotation = read_index(io.BytesIO(damaged(healthy, flips, end)))
    assert keyframes == sorted(keyframes)
    assert rotation in (0, 90, 180, 270)
    assert time.perf_counter() - started < 5
