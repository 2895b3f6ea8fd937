"""How far ahead of their viewers heads may go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from medley.core.playback._limits import Limits


class Lead:
    """The lead that a head may have: a small one while somebody waits, so that he gets the machine."""

    def __init__(self, limits: Limits, grown: Callable[[], None]) -> None:
        """`grown` is called when heads may go further again."""
        self._limits, self._grown = limits, grown
        self._waiting = 0

    @property
    def ms(self) -> int:
        """Milliseconds of film between the last segment asked for and the last one made."""
        return min(self._limits.ahead_ms, self._limits.spare_ms) if self._waiting else self._limits.ahead_ms

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Somebody waits for a segment for as long as the block lasts."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._grown()
