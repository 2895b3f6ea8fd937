"""Starting other programs, ending them by their pid, and what they weigh."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._ground import CACHE

_END_S = 20.0
_QUIET_S = 0.05  # of processor time
_MAY_INSTALL = os.environ.get("BENCH_INSTALL") != "never"  # tests stay off the network


@contextmanager
def running(command: Sequence[str | Path], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A program for as long as the block lasts; ended with SIGTERM, and after 20 s with SIGKILL."""
    process = subprocess.Popen([str(part) for part in command], text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(condition: Callable[[], object], most_s: float, what: str, *, every_s: float = 0.02) -> None:
    """Wait for `condition`; `TimeoutError` when it does not come true."""
    deadline = time.monotonic() + most_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen within {most_s:.0f} s")
        time.sleep(every_s)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens on the port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def family(pid: int) -> list[int]:
    """The process and everything below it."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{each}/task"):
                found.extend(map(int, Path(f"/proc/{each}/task/{task}/children").read_text().split()))
    return found


def weight(pid: int) -> float:
    """MB that the process and everything below it take, shared pages counted once (PSS)."""
    return sum(map(_pss, family(pid))) * 1024 / 1e6


def until_quiet(pid: int, most_s: float = 60.0) -> None:
    """Wait until the process and everything below it have done next to nothing for half a second."""
    deadline, before = time.monotonic() + most_s, -1.0
    while (now := sum(map(_cpu_s, family(pid)))) - before > _QUIET_S and time.monotonic() < deadline:
        before = now
        time.sleep(0.5)


def _cpu_s(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def debian(program: str, *packages: str) -> str | None:
    """Where a program of Debian lies; installed first when we are root and it is missing. None: it is absent."""
    path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if path is None and _MAY_INSTALL and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 180, "check": False}
        settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *packages], env=settings, **quiet)
        path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    return path


def package_index(name: str, requirement: str) -> Path | None:
    """The folder of programs of a virtual environment that holds `requirement`. None: it could not be installed."""
    folder = CACHE / "peers" / name
    if not (folder / "ready").exists():
        if not _MAY_INSTALL:
            return None
        shutil.rmtree(folder, ignore_errors=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=120)
            pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
            subprocess.run(pip, check=True, timeout=300)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return None
        (folder / "ready").touch()
    return folder / "bin"
