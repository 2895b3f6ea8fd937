"""Keyframes from the index agree with the packets themselves, and cost kilobytes."""

import io
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import pytest

from medley.adapters.media._keyframes import read_index, thinned
from medley.adapters.media.prober import READER

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


class Counted(io.FileIO):
    """A file that counts what is read from it."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(-1 if size is None else size)
        self.count += len(data)
        return data


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([FFMPEG, "-y", "-v", "error", *map(str, arguments)], check=True)


def by_packets(path: Path, *, from_start: bool = False) -> list[int]:
    """The truth: what the demuxer says of every packet; packets before the start are shown from the start on.

    `from_start`: counted from where the container's times begin.
    """
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None]
        start = (container.start_time or 0) // 1000 if from_start else 0
        return sorted({max(0, int(packet.pts * packet.time_base * 1000) - start) for packet in packets})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keyframes")
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc=s=640x360:d=20:r=25", "-f", "lavfi", "-i", "sine=d=20", "-c:v", "libx264",
        "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "60", "-bf", "3", "-c:a", "aac", folder / "source.mp4",
    )  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("plain.mp4", [], []),
        ("front.mp4", [], ["-movflags", "+faststart"]),
        ("film.mov", [], []),
        ("late.mp4", ["-itsoffset", "0.5"], []),
        ("cut.mp4", ["-ss", "3.3"], []),
        ("negative.mp4", [], ["-movflags", "negative_cts_offsets"]),
        ("plain.mkv", [], []),
        ("late.mkv", ["-itsoffset", "0.5"], []),
        ("fragments.mp4", [], ["-movflags", "frag_keyframe+empty_moov"]),
    ],
)
def test_the_index_agrees_with_the_packets(folder: Path, name: str, before: list[str], after: list[str]) -> None:
    path = folder / name
    ffmpeg(*before, "-i", folder / "source.mp4", "-c", "copy", *after, path)
    with Counted(path) as file:
        found, _ = read_index(file)  # type: ignore[arg-type]
        assert file.count < path.stat().st_size / 4
    assert found == by_packets(path)
    assert len(found) >= 7


@pytest.mark.parametrize("name", ["plain.ts", "plain.avi", "plain.flv", "live.mkv", "live.mp4"])
def test_without_such_an_index_the_prober_still_finds_them(folder: Path, name: str) -> None:
    path = folder / name
    after = {"live.mkv": ["-live", "1"], "live.mp4": ["-movflags", "frag_keyframe+empty_moov+skip_trailer"]}.get(
        name, []
    )
    ffmpeg("-i", folder / "source.mp4", "-c", "copy", *after, path)
    with path.open("rb") as file:
        found = READER.read(file, name).keyframes_ms
    truth = by_packets(path, from_start=True)
    assert len(found) == len(truth)
    # AVI counts decoding times: up to a few frames off.
    assert all(
        abs(ours - theirs) <= (120 if name.endswith("avi") else 0) for ours, theirs in zip(found, truth, strict=True)
    )


def test_a_file_without_tables_has_no_keyframes_and_no_error() -> None:
    assert read_index(io.BytesIO(b"")) == ([], 0)
    assert read_index(io.BytesIO(b"\x00\x00\x00\x08moov")) == ([], 0)


def test_where_every_frame_is_a_keyframe_few_are_kept(folder: Path) -> None:
    path = folder / "intra.mov"
    ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x64:d=10:r=50", "-c:v", "mjpeg", path)
    with path.open("rb") as file:
        found = READER.read(file, "intra.mov").keyframes_ms
    assert 30 <= len(found) <= 41
    assert thinned([0, 5000]) == [0, 5000]
