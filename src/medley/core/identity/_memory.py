"""A short memory of who is who, so that not every request asks the database."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from medley.kernel.clock import Clock

REMEMBER_MS = 5_000  # what another process changed is unknown here for this long at most
_AT_MOST = 4096

K = TypeVar("K")
V = TypeVar("V")


class Changes:
    """Counts what ends memories in this process: a session that ended, an account or app password that changed."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def happened(self) -> None:
        """Say so after the transaction, so that whoever asks from now on asks the database."""
        with self._lock:
            self.count += 1

    def witness(self) -> Callable[[], bool]:
        """Says, when asked later, whether nothing has changed since."""
        before = self.count
        return lambda: self.count == before


class Memory(Generic[K, V]):
    """Answers that hold for `lasting_ms`, and not beyond a change."""

    def __init__(self, clock: Clock, changes: Changes, lasting_ms: int = REMEMBER_MS) -> None:
        self._clock = clock
        self._changes = changes
        self._lasting_ms = lasting_ms
        self._known: dict[K, tuple[V, int, int]] = {}

    def get(self, key: K) -> V | None:
        """The answer, if it is remembered."""
        value, until_ms, change = self._known.get(key, (None, 0, -1))
        return value if change == self._changes.count and until_ms > self._clock.now_ms() else None

    def find(self, key: K, look_up: Callable[[], V | None]) -> V | None:
        """The answer, remembered or looked up; None is not remembered."""
        if (known := self.get(key)) is not None:
            return known
        # Counted before the look-up: what changes between it and here makes the memory void.
        change = self._changes.count
        if (value := look_up()) is not None:
            if len(self._known) >= _AT_MOST:
                self._known.clear()
            self._known[key] = (value, self._clock.now_ms() + self._lasting_ms, change)
        return value
