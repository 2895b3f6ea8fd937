"""Child processes that tests start, watch and kill."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start_python(source: str, *arguments: object) -> subprocess.Popen[str]:
    """Run `source` in a fresh interpreter that can import Medley and `tests.support`."""
    program = f"import sys; sys.path[:0] = [{str(ROOT / 'src')!r}, {str(ROOT)!r}]\n{source}"
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        preexec_fn=die_with_parent,
    )


def die_with_parent(sent: int = signal.SIGKILL) -> None:
    """For `preexec_fn`: leave nothing running when the tests themselves are killed (Linux; elsewhere nothing)."""
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(1, int(sent))  # PR_SET_PDEATHSIG


def forgo_roots_powers() -> None:
    """For `preexec_fn`: permissions bind the child and all it starts, even where root runs the tests (Linux).

    It loses CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH with its next exec (capabilities(7)).
    """
    if os.geteuid() == 0:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        if any(prctl(24, capability, 0, 0, 0) for capability in (1, 2)):  # PR_CAPBSET_DROP
            raise OSError(ctypes.get_errno(), "Root may not give up its powers here.")


def next_line(process: subprocess.Popen[str], timeout_s: float = 60) -> str:
    """The next line that `process` prints; it is killed, and the answer is empty, when none comes in time."""
    assert process.stdout is not None
    patience = threading.Timer(timeout_s, process.kill)
    patience.start()
    try:
        return process.stdout.readline()
    finally:
        patience.cancel()


def until(condition: Callable[[], object], timeout_s: float = 20, *, what: str = "it") -> None:
    """Wait for `condition`; an AssertionError when it does not come true."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {timeout_s} s"
        time.sleep(0.02)
