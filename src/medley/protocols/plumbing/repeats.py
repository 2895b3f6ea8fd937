"""Further ranges of a file that was just sent, without asking the application again.

A player asks for one file in hundreds of ranges. Whether it may have the file, and where that is, was decided for the
first of them. For `LIFE_S` from then on, whoever sends the very same request but for what `kernel.http` decides about
(ranges and conditions) gets its answer from here, unless the guard's word does not hold any more or the open file was
touched. Nobody has to say which headers are credentials: all of them, and the client's address, have to be the same.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from medley.kernel.http import Representation, decide, framing

LIFE_S = 1.0  # how late is noticed what neither `still` nor the open file tells: a moved folder, another process
STILL = "medley.still"  # in an ASGI scope: `() -> bool`, whether what the guard found would still be found
_MOST = 256
_DECIDED_HERE = frozenset(
    {"range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since"}
)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """What an application says of bytes that may be asked for again: their validators, and what they depend on."""

    it: Representation
    state: os.stat_result  # of the open file, when `it` was made from it
    still: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    path: str  # that of a descriptor, held open for longer than this is kept
    headers: list[tuple[str, str]]  # of every answer, whatever part of the bytes it carries
    what: Repeatable

    def holds(self) -> bool:
        """Whether the application would answer the same."""
        if time.monotonic() >= self.until or not self.what.still():
            return False
        try:
            return _state(os.stat(self.path)) == _state(self.what.state)  # noqa: PTH116 - pathlib costs as much again
        except OSError:
            return False


class Asked:
    """A request in two parts: what `kernel.http` decides about, and all the rest."""

    def __init__(self, scope: Any) -> None:
        self.began = time.monotonic()
        self.method: str = scope.method
        self.conditions: dict[str, str] = {}
        rest: list[tuple[str, str]] = []
        for name, value in scope.headers.items():
            if name in _DECIDED_HERE:
                self.conditions.setdefault(name, value)
            else:
                rest.append((name, value))
        client = scope.client.rpartition(":")[0]
        self.key = (scope.path, scope.query_string, scope.authority, scope.scheme, client, *rest)


class Repeats:
    """Remembers answers for a moment, and gives them again."""

    def __init__(self) -> None:
        self._kept: dict[tuple, _Kept] = {}

    def keep(self, asked: Asked, path: str, headers: list[tuple[str, str]], what: Repeatable) -> None:
        """`asked` was answered from the open file `path` with `headers`."""
        if len(self._kept) >= _MOST:
            self._kept.clear()
        always = [each for each in headers if each[0] not in ("content-length", "content-range")]
        self._kept[asked.key] = _Kept(asked.began + LIFE_S, path, always, what)

    def answer(self, asked: Asked, protocol: Any) -> bool:
        """Answer `asked`; False where the application has to."""
        kept = self._kept.get(asked.key)
        if kept is None or asked.method not in ("GET", "HEAD"):
            return False
        if not kept.holds():
            del self._kept[asked.key]
            return False
        answer = decide(asked.method, asked.conditions, kept.what.it)
        if len(answer.spans) > 1:
            return False
        headers = [*kept.headers, *framing(answer, kept.what.it.size).items()]
        if asked.method == "HEAD" or not answer.span.length:
            protocol.response_empty(answer.status, headers)
        else:
            protocol.response_file_range(answer.status, headers, kept.path, answer.span.start, answer.span.stop)
        return True


def _state(info: os.stat_result) -> tuple[int, ...]:
    """Changes when anybody writes to the file, renames it, or puts another in its place (that is one link less)."""
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns
