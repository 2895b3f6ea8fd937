"""How the supervisor hands its settings to the processes it starts."""

import os
import sys
from collections.abc import Mapping
from typing import NoReturn

import msgspec

from medley.app import lifeline, logs
from medley.app.settings import Settings
from medley.kernel.errors import MedleyError

PERSON_NEEDED = 2  # the exit code of a process that cannot start until somebody changes something


class Launch(msgspec.Struct, frozen=True):
    """What a process is to do: the settings, and sources (kind, path) to add if they are new."""

    settings: Settings
    sources: list[tuple[str, str]] = []

    def accel(self) -> Mapping[str, str] | None:
        """Which folder the proxy serves under which internal location, where one does."""
        return {"/": self.settings.server.accel} if self.settings.server.accel else None

    def to_line(self) -> bytes:
        """The launch as a line for the standard input of a process: on a command line everybody could read it."""
        return msgspec.json.encode(self) + b"\n"


def from_line(line: bytes) -> Launch:
    """The launch that `to_line` wrote."""
    return msgspec.json.decode(line, type=Launch)


def begin(process: str) -> Launch:
    """What every process does first: learn from its supervisor what to do, hold on to it, and log."""
    launch = from_line(_first_line())
    lifeline.hold_on()
    logs.configure(launch.settings.log, process)
    return launch


def give_up(error: MedleyError) -> NoReturn:
    """Tell the supervisor why this process cannot work until a person changes something."""
    print(msgspec.json.encode({"error": error.message, "hint": error.hint}).decode(), flush=True)
    sys.exit(PERSON_NEEDED)


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):  # nothing follows it, so nothing is read too far
        read = os.read(0, 65536)
        if not read:
            sys.exit(1)
        line += read
    return line
