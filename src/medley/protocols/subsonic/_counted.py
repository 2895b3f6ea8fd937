"""What takes a second to count in a library of a million, and stays the same until a scan changes it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from medley.core.library import WordCount

_MOST = 16  # sets of sources that different people see


class Counted:
    """Remembers answers by what they depend on. Safe between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, list[WordCount]] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, depends_on: Hashable, count: Callable[[], list[WordCount]]) -> list[WordCount]:
        """What `count` gives, counted once for everything equal that it depends on."""
        with self._turn:  # whoever asks for the same meanwhile waits, instead of counting too
            if depends_on not in self._known:
                self._known[depends_on] = count()
            self._known.move_to_end(depends_on)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            return self._known[depends_on]
