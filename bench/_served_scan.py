"""One `medley serve` that scans a hundred thousand tracks, watched: what several figures are read from."""

import threading
import time
from dataclasses import dataclass
from functools import cache

from bench._ground import SIZES, Size, percentile, scratch
from bench._library import library, warm
from bench._medley import Medley, medley
from bench._processes import until_quiet, weight

_SETTLE_S, _LOOK_S = 4.0, 0.5
_RESCANS = 5


@dataclass(frozen=True, slots=True)
class ServedScan:
    """Seconds, and MB as PSS summed over all processes of the server."""

    tracks: int
    scan_s: float
    rescans_s: list[float]
    idle_mb: float
    peak_mb: float
    after_mb: float


class Scale(threading.Thread):
    """Weighs a process and its children again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._stop_asked = pid, threading.Event()
        self.seen: list[float] = []

    def run(self) -> None:
        while not self._stop_asked.wait(_LOOK_S):
            self.seen.append(weight(self._pid))

    def stop(self) -> list[float]:
        self._stop_asked.set()
        self.join()
        return self.seen


def served_scan(size: Size) -> ServedScan:
    """The scan of this size, done once in a run of the bench."""
    return _scanned(size.name)


@cache
def _scanned(name: str) -> ServedScan:
    size = SIZES[name]
    folder = library(size.tracks)
    with scratch() as data, medley(data) as server:
        server.sign_in()
        with server.client() as client:
            client.get("/api/v1/home")  # a page was looked at: what it needs is loaded
        idle = _idle(server)
        source_id = server.add(folder)
        scale = Scale(server.pid)
        warm(folder)
        scale.start()
        scan_s, files = _timed(server, source_id)
        seen = scale.stop()
        if files != size.tracks:
            raise RuntimeError(f"The scan found {files} files, not {size.tracks}.")
        after = _idle(server)
        rescans = [_timed(server, source_id)[0] for _ in range(_RESCANS)]
    return ServedScan(size.tracks, scan_s, rescans, idle, max(seen, default=idle), after)


def _idle(server: Medley) -> float:
    time.sleep(_SETTLE_S)
    until_quiet(server.pid)
    return percentile([weight(server.pid) for _ in range(5)], 0.5)


def _timed(server: Medley, source_id: str) -> tuple[float, int]:
    """(seconds from its start to its end, files read) of one scan."""
    job = server.wait(server.scan(source_id))
    return max(1, job.ended_at - job.started_at) / 1000, job.result["files"]
