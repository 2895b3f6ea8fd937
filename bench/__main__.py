"""`python -m bench [NAMES] [--json] [--size small|full]`: prints the figures."""

import argparse
import importlib
import os
import platform
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench._ground import SIZES, Figure, Size

# Figure → the module that measures it; a module measures all of its figures in one go.
FIGURES = {
    "start_to_first_answer": "start_to_first_answer",
    "serve_range_8m": "serve_range",
    "serve_range_1m": "serve_range",
    "first_segment_remux": "first_segment",
    "first_segment_transcode": "first_segment",
    "seek_remux": "seek",
    "seek_transcode": "seek",
    "seek_back": "seek",
    "first_cue": "first_cue",
    "memory_idle": "memory",
    "memory_scan": "memory",
    "scan_tracks": "scan_tracks",
    "rescan_unchanged": "rescan_unchanged",
    "list_million": "list_million",
    "list_million_scanning": "list_million",
    "search_million": "search_million",
    "subsonic_calls": "subsonic_calls",
    "subsonic_memory": "subsonic_calls",
    "parallel_streams": "parallel_streams",
}


def main() -> int:
    """Measure and print; exit code 1 when a goal was missed, 2 when a figure could not be measured."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended too
    wanted = asked.names or list(FIGURES)
    size = SIZES[asked.size]
    codes = [0]
    print(f"{_machine()}; size {size.name}", file=sys.stderr, flush=True)
    for module in dict.fromkeys(FIGURES[name] for name in wanted):
        try:
            for figure in _measured(module, size):
                if figure.name in wanted:
                    _print(figure, as_json=asked.json)
                    codes.append(0 if figure.ok else 1)
        except Exception as error:
            codes.append(2)
            print(f"{module}: not measured: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            if asked.trace:
                raise
    return max(codes)


def _machine() -> str:
    names = (
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    )
    return f"{os.cpu_count()} × {next(names, platform.machine())}, load average {os.getloadavg()[0]:.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the figures that Medley promises.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"figures to measure [all]: {', '.join(FIGURES)}")
    parser.add_argument("--json", action="store_true", help="print one JSON object per figure and line")
    parser.add_argument("--size", choices=SIZES, default="full", help="how much of everything [full]")
    parser.add_argument("--trace", action="store_true", help="show where a figure failed")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in FIGURES]:
        parser.error(f"there is no figure {unknown[0]!r}; there are: {', '.join(FIGURES)}")
    return asked


def _measured(module: str, size: Size) -> Iterator[Figure]:
    started = time.monotonic()
    yield from importlib.import_module(f"bench.{module}").measure(size)
    print(f"  ({module}: {time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)


def _print(figure: Figure, *, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.encode(figure).decode(), flush=True)
        return
    against = f", {figure.ratio:g} × {figure.peer_value:g} ({figure.peer})" if figure.ratio is not None else ""
    mark = "ok    " if figure.ok else "MISSED"
    print(f"{mark} {figure.name:24} {figure.value:g} {figure.unit}{against}; goal {figure.goal}", flush=True)
    if figure.note:
        print(f"       {figure.note}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
