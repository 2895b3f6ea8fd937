"""Small real sound files, made once by FFmpeg and copied for every test that writes tags into one."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from medley.adapters.media.tags import READER
from medley.core.kinds import Facts

_SPECIAL = {
    "alac.m4a": ("-c:a", "alac"),
    "flac.oga": ("-c:a", "flac"),
    "hires.flac": ("-sample_fmt", "s32", "-ar", "96000"),
}


@cache
def _made(kind: str, folder: Path) -> Path:
    path = folder / f"source-{kind}"
    ffmpeg(*_SPECIAL.get(kind, ()), str(path))
    return path


def ffmpeg(*arguments: str, seconds: float = 1.0) -> None:
    """Run FFmpeg on a tone of that length."""
    source = ("-f", "lavfi", "-i", f"sine=440:duration={seconds}")
    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-v", "error", "-y", *source, *arguments], check=True, timeout=60)


def sound_file(folder: Path, kind: str, name: str = "") -> Path:
    """A fresh file of that kind ("mp3", "alac.m4a") in `folder`."""
    kind = kind if "." in kind else f"x.{kind}"
    target = folder / (name or kind)
    shutil.copy(_made(kind, folder.parent), target)
    return target


def read(path: Path, name: str = "") -> Facts:
    with path.open("rb") as file:
        return READER.read(file, name or path.name)
