"""Real files, made once by ffmpeg, and a reading of them as the library would have it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest

from medley.adapters.media.ffmpeg import Ffmpeg, locate
from medley.adapters.media.prober import READER
from medley.core.kinds import Facts
from medley.core.playback import MediaFile

_MOVING = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r={rate}:d={seconds}")
_TONE = ("-f", "lavfi", "-i", "sine=f=440:d={seconds}:r=48000")
_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p")

_X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=36", "-pix_fmt", "yuv420p")

_SPARSE = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=157/10:d=12", "-f", "lavfi", "-i", "sine=f=440:d=12:r=44100")

# What each file is made of; the inputs first.
_FILMS: dict[str, tuple[str, ...]] = {
    "film.mkv": (*_MOVING, *_TONE, *_X264, "-g", "36", "-c:a", "aac", "-ac", "2"),
    "film.mp4": (*_MOVING, *_TONE, *_X264, "-g", "36", "-c:a", "aac", "-ac", "2"),
    "film.ts": (*_MOVING, *_TONE, *_X264, "-g", "36", "-c:a", "aac", "-ac", "2"),
    "film.avi": (*_MOVING, *_TONE, *_X264, "-g", "36", "-c:a", "libmp3lame"),
    **{
        f"late.{container}": (
            *_MOVING,
            *_TONE,
            *_X264,
            "-g",
            "36",
            "-c:a",
            "aac",
            "-ac",
            "2",
            "-output_ts_offset",
            "10",
        )
        for container in ("mkv", "mp4", "ts")
    },
    **{  # long between keyframes, and of rates that do not go into our cuts
        f"sparse.{container}": (*_SPARSE, *_X264, "-g", "80", "-c:a", "aac") for container in ("mkv", "ts")
    },
    "silent.mp4": (*_MOVING, *_X264, "-g", "36"),
    "sound.mka": (*_TONE, "-c:a", "flac"),
    "irregular.mkv": (
        *_MOVING,
        *_TONE,
        "-vf",
        "select='not(mod(n,5))+lt(n,60)'",
        *_X264,
        "-g",
        "20",
        "-fps_mode",
        "vfr",
    ),
    "hevc.mkv": (*_MOVING, *_TONE, *_X265, "-c:a", "ac3"),
    "deep.mkv": (*_MOVING, *_TONE, *_X264, "-g", "36", "-pix_fmt", "yuv420p10le", "-c:a", "libopus"),
}


def ffmpeg(*arguments: str) -> None:
    """Run ffmpeg, loudly when it fails."""
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-nostdin", "-loglevel", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)


def read_facts(path: Path) -> Facts:
    """The facts that the library's own reader finds."""
    with path.open("rb") as file:
        return READER.read(file, path.name)


def media_of(path: Path) -> MediaFile:
    """The file as the library would hand it over."""
    state = path.stat()
    return MediaFile("01TESTFILE", path, state.st_size, state.st_mtime_ns // 1_000_000, read_facts(path))


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MediaFile]:
    """Makes one of the files of `_FILMS`, 12 seconds long at 23.976 frames a second, when it is first asked for."""
    folder = tmp_path_factory.mktemp("films")
    made: dict[str, MediaFile] = {}

    def make(name: str) -> MediaFile:
        if name not in made:
            arguments = [part.format(rate="24000/1001", seconds=12) for part in _FILMS[name]]
            ffmpeg(*arguments, f"file:{folder / name}")
            made[name] = media_of(folder / name)
        return made[name]

    return make


@pytest.fixture
def transcoder() -> Ffmpeg:
    return Ffmpeg(locate())
