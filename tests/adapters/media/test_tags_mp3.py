"""MP3 files whose header says too little, or the wrong thing; tags that are there twice or damaged."""

import struct
from pathlib import Path

import pytest
from mutagen.id3 import ID3, TIT2, TPE1
from tests.adapters.media.audio_files import ffmpeg, read

from medley.adapters.media.tags import TagReader

VARYING = "aevalsrc='if(lt(mod(t,4),2),0,random(0)-0.5)':s=44100:d=12"
XING_FRAMES, XING_BYTES = 8, 12  # bytes behind the mark


def sound(folder: Path, *options: str) -> Path:
    """Twelve seconds, silence and noise by turns."""
    path = folder / "x.mp3"
    ffmpeg(
        "-f", "lavfi", "-i", VARYING, "-map", "1:a", "-c:a", "libmp3lame", "-id3v2_version", "0", *options, str(path)
    )
    return path


def lasts(path: Path) -> float:
    """Seconds, read with and without the quick reader."""
    with path.open("rb") as file:
        thorough = TagReader(quick=False).read(file, path.name)
        file.seek(0)
        assert TagReader().read(file, path.name) == thorough
    return thorough.duration_ms / 1000


@pytest.mark.parametrize(
    "options", [("-q:a", "4"), ("-q:a", "4", "-write_xing", "0"), ("-b:a", "64k", "-write_xing", "0")]
)
def test_varying_bitrate_with_and_without_a_header(tmp_path: Path, options: tuple[str, ...]):
    assert lasts(sound(tmp_path, *options)) == pytest.approx(12, abs=0.1)


@pytest.mark.parametrize("frames", [3, 1_000_000])
def test_a_xing_header_that_lies(tmp_path: Path, frames: int):
    path = sound(tmp_path, "-q:a", "4")
    data = bytearray(path.read_bytes())
    place = data.index(b"Xing") + XING_FRAMES
    data[place : place + 4] = struct.pack(">I", frames)
    path.write_bytes(data)
    assert lasts(path) == pytest.approx(12, abs=0.1)


def test_a_download_that_was_cut_short(tmp_path: Path):
    path = sound(tmp_path, "-b:a", "128k")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 4])
    assert lasts(path) == pytest.approx(3, abs=0.1)


def test_a_vbri_header(tmp_path: Path):
    path = sound(tmp_path, "-b:a", "128k", "-write_xing", "0")
    data = path.read_bytes()
    header = b"VBRI" + struct.pack(">3H2I3H", 1, 0, 75, len(data), 460, 1, 1, 2) + bytes(40)
    first = data[:4] + bytes(32) + header
    path.write_bytes(first.ljust(417, b"\0") + data)
    assert lasts(path) == pytest.approx(12, abs=0.1)


def test_a_tag_that_is_there_twice(tmp_path: Path):
    path = sound(tmp_path, "-b:a", "64k")
    plain = path.read_bytes()
    tags = ID3()
    tags.add(TIT2(3, ["Second"]))
    tags.save(path)
    second = path.read_bytes()
    path.write_bytes(plain)
    tags = ID3()
    tags.add(TIT2(3, ["First"]))
    tags.add(TPE1(3, ["One"]))
    tags.save(path)
    first = path.read_bytes()[: -len(plain)]
    path.write_bytes(first + second)
    facts = read(path)
    assert (facts.tags["title"], facts.tags["artist"]) == (["First"], ["One"])
    assert facts.duration_ms == pytest.approx(12_000, abs=100)


@pytest.mark.parametrize("size", [0, 5, 1000, 0x0FFFFFFF])
@pytest.mark.parametrize("flags", [b"\0\0", b"\xff\xff"])
def test_frames_of_wrong_sizes_and_flags_end_well(tmp_path: Path, size: int, flags: bytes):
    path = sound(tmp_path, "-b:a", "64k")
    frame = b"TIT2" + struct.pack(">I", 6) + b"\0\0" + b"\x03Title"
    wrong = b"TPE1" + struct.pack(">I", size) + flags + b"\x03Artist"
    body = frame + wrong + bytes(64)
    path.write_bytes(b"ID3\x03\0\0" + bytes([0, 0, len(body) >> 7, len(body) & 0x7F]) + body + path.read_bytes())
    facts = read(path)
    assert facts.tags["title"] == ["Title"]
    assert facts.duration_ms > 11_000
