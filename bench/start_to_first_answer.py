"""From the command `medley serve` to the first request that is answered."""

import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench._ground import ROOT, Figure, Size, rounded, scratch, spread
from bench._medley import environment, is_up, serve_command
from bench._processes import free_port, running, until

_LIMIT_S = 2.5
_MOST_S = 60.0


def measure(size: Size) -> Iterator[Figure]:
    """`start_to_first_answer` in seconds, with a data folder that exists; the very first start is in the note."""
    with scratch() as folder:
        first = _start(folder / "data")
        others = [_start(folder / "data") for _ in range(size.turns + 1)]
    value = statistics.median(others)
    yield Figure(
        name="start_to_first_answer",
        value=rounded(value),
        unit="s",
        goal=f"≤ {_LIMIT_S} s",
        ok=value <= _LIMIT_S,
        note=f"{spread(others)} s; the first start ever, which makes the database: {first:.2f} s",
    )


def _start(data: Path) -> float:
    port = free_port()
    started = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with running(serve_command(data, port), cwd=ROOT, env=environment(), **quiet):
        until(lambda: is_up(port), _MOST_S, "the first answer")
        return time.perf_counter() - started
