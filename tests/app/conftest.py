"""The command line as people run it: a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.support.processes import die_with_parent

_PATIENCE_S = 60


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Medley:
    """`medley` on one data folder."""

    data: Path

    def __call__(self, *arguments: object, given: str = "", **environ: str) -> Said:
        """Run one command to its end, `given` on its standard input."""
        command = [sys.executable, "-m", "medley", *map(str, arguments)]
        ended = subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            env=self.environ | environ,
            preexec_fn=die_with_parent,
        )
        return Said(ended.returncode, ended.stdout, ended.stderr)

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Begin a command; whoever calls this ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "medley", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environ,
            preexec_fn=die_with_parent,
        )

    @property
    def environ(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("MEDLEY_")}
        return inherited | {"MEDLEY_DATA": str(self.data), "COLUMNS": "200"}


@pytest.fixture
def medley(tmp_path: Path) -> Medley:
    return Medley(tmp_path / "data")


@pytest.fixture
def starting(medley: Medley) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Begins commands, and ends them with everything they started."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        started.append(medley.start(*arguments))
        return started[-1]

    yield start
    for process in started:
        family = family_of(process.pid)
        process.send_signal(signal.SIGTERM)
        _, stubborn = psutil.wait_procs(family, 20)
        for each in stubborn:
            each.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def family_of(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def part_of(pid: int, name: str) -> psutil.Process | None:
    """The web or worker process below a supervisor, where it runs."""
    for each in family_of(pid)[1:]:
        try:
            if f"medley.app.{name}" in each.cmdline():
                return each
        except psutil.NoSuchProcess:
            continue
    return None
