"""Starts the processes of a role, restarts what dies, stops everything in reverse."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from medley.app.launch import PERSON_NEEDED, Launch

log = logging.getLogger(__name__)

# One table says what each role is made of.
ROLES: dict[str, tuple[str, ...]] = {
    "all": ("web", "worker"),
    "web": ("web",),
    "worker": ("worker",),
}
_STEADY_S = 30.0  # a process that lived this long did not die of its start
_GRACE_S = 15.0
_LONGEST_PAUSE_S = 30.0
# glibc keeps what was freed for each thread apart, and for ever: a worker of 150 MB grew to 300 with its first scan.
# https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
_ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(512 << 10)}


@dataclass(slots=True)
class _Running:
    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    next_start: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)


class Supervisor:
    """Runs the processes of one role until told to stop."""

    def __init__(self, launch: Launch, role: str, hello: Callable[[dict[str, str]], None]) -> None:
        """`hello` gets what the web process says once it answers: `url` and `setup_code`, or `error` and `hint`."""
        self._launch, self._hello = launch, hello
        self._all = [_Running(name) for name in ROLES[role]]
        self._said: list[dict[str, str]] = []
        self._stop = threading.Event()

    def run(self) -> int:
        """Block until stopped; the answer is the exit code for the command line."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        code = 0
        try:
            while not self._stop.is_set() and code == 0:
                code = self._look()
                self._stop.wait(0.1)
        finally:
            self._end()
        return code

    def _look(self) -> int:
        """Start what is due; the exit code of a process that gave up, else 0."""
        now = time.monotonic()
        for each in self._all:
            if each.process is None:
                if now >= each.next_start:
                    self._start(each, now)
                continue
            code = each.process.poll()
            if code == PERSON_NEEDED and each.deaths == 0:  # later it is the disk's fault, and may pass
                if each.reader:
                    each.reader.join(2)
                return code
            if code is not None:
                self._died(each, code, now)
        return 0

    def _start(self, each: _Running, now: float) -> None:
        command = [sys.executable, "-m", f"medley.app.{each.name}"]
        # Its standard input is the lifeline, too: it is closed when we end, even by SIGKILL.
        environment = _ALLOCATOR | os.environ
        each.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert each.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            each.process.stdin.write(self._launch.to_line())
            each.process.stdin.flush()
        each.started = now
        each.reader = threading.Thread(target=self._listen, args=(each.process,), daemon=True)
        each.reader.start()

    def _died(self, each: _Running, code: int, now: float) -> None:
        each.deaths = 1 if now - each.started > _STEADY_S else each.deaths + 1
        pause = 0.0 if each.deaths == 1 else min(2.0 ** (each.deaths - 2), _LONGEST_PAUSE_S)
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        log.error("the %s process ended (%s); starting it again in %.0f s", each.name, how, pause)
        each.process, each.next_start = None, now + pause

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                print(line.decode(errors="replace"), end="", flush=True)
                continue
            if said not in self._said:  # a process that was restarted repeats itself, and both find the same fault
                self._said.append(said)
                self._hello(said)

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _end(self) -> None:
        running = [each.process for each in reversed(self._all) if each.process and each.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _GRACE_S
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            if process.poll() is None:
                log.warning("a process did not stop in time and was ended")
                process.kill()
                process.wait()
