"""Where the demo's files are made: each appears whole under its name, or not at all."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from medley.kernel.errors import Unavailable

UNFINISHED = ".making-"  # hidden, so that a scan passes it by
SCRATCH = ".making"


@dataclass(frozen=True)
class Workshop:
    """The folder that the demo is made in.

    `quick` asks for the same files, shorter and smaller: for tests.
    """

    target: Path
    quick: bool = False

    def tidy(self) -> None:
        """Takes away what an interrupted run left behind."""
        shutil.rmtree(self.target / SCRATCH, ignore_errors=True)
        for left in self.target.rglob(f"{UNFINISHED}*"):
            left.unlink(missing_ok=True)

    def scratch(self, name: str) -> Path:
        """A file that another step needs for a moment; `tidy` removes it."""
        place = self.target / SCRATCH / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def missing(self, *names: str) -> bool:
        """Whether any of these files has still to be made."""
        return any(not (self.target / name).exists() for name in names)

    def make(self, name: str, write: Callable[[Path], object]) -> None:
        """Lets `write` fill a hidden file and then gives it its name; a file that is there stays."""
        place = self.target / name
        if place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(UNFINISHED + place.name)
        write(unfinished)
        unfinished.replace(place)

    def put(self, name: str, content: str | bytes) -> None:
        """Writes a file whose content is known, text as UTF-8."""
        data = content.encode() if isinstance(content, str) else content
        self.make(name, lambda place: place.write_bytes(data))

    def seconds(self, full: float) -> float:
        """How long a recording lasts: as planned, or a taste of it where the demo is a quick one."""
        return full if not self.quick else min(full, 2.0)


@dataclass(frozen=True)
class Piece:
    """One thing to make, and what to say while it is being made."""

    title: str
    make: Callable[[Workshop], None]


@cache
def _program() -> str:
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def ffmpeg(*arguments: str | Path, feed: bytes | None = None) -> str:
    """Runs ffmpeg on files of our own making and returns what it said; `feed` goes to its standard input."""
    command = [_program(), "-hide_banner", "-nostdin", "-y", *map(str, arguments)]
    if feed is not None:
        command.remove("-nostdin")
    done = subprocess.run(
        command, input=feed, stdin=None if feed is not None else subprocess.DEVNULL, capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        last = said.strip().splitlines()[-1:] or ["it said nothing"]
        raise Unavailable(f"ffmpeg could not make a part of the demo: {last[0]}", hint="Run `medley check`.")
    return said
