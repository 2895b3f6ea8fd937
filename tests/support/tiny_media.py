"""Tiny real media files: made once per run by FFmpeg and Pillow, copied and tagged for each test."""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg


def track(path: Path, tone: int = 1, **tags: str) -> Path:
    """A song of half a second; equal `tone` means equal sound. Tags: title, artist, album …"""
    _copy(_sound(path.suffix, tone), path)
    retag(path, **tags)
    return path


def retag(path: Path, **tags: str) -> None:
    """Write `tags` over those that a file has."""
    import mutagen

    file: Any = mutagen.File(path, easy=True)  # type: ignore[attr-defined]
    if file.tags is None:
        file.add_tags()
    for name, value in tags.items():
        file[name] = [value]
    file.save()


def film(path: Path, scene: int = 1) -> Path:
    """A film of a second; equal `scene` means equal bytes."""
    return _copy(_moving(path.suffix, scene), path)


def picture(path: Path, colour: tuple[int, int, int] = (40, 90, 160), size: tuple[int, int] = (90, 60)) -> Path:
    """A picture of one colour."""
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, target))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="medley-media-"))


@cache
def _sound(suffix: str, tone: int) -> Path:
    path = _folder() / f"tone-{tone}{suffix}"
    _ffmpeg("-f", "lavfi", "-i", f"sine={200 + 37 * tone}:duration=0.5", str(path))
    return path


@cache
def _moving(suffix: str, scene: int) -> Path:
    path = _folder() / f"scene-{scene}{suffix}"
    picture = f"color=c=0x{(scene * 40503) & 0xFFFFFF:06x}:s=64x48:d=1:r=5"
    _ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine={200 + scene}:duration=1", str(path))
    return path


def _ffmpeg(*arguments: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *arguments], check=True, timeout=60)
