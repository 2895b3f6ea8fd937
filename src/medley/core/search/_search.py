"""Finding items by words, and keeping the index in step with the library."""

import threading
from collections.abc import Callable
from itertools import islice

from medley.core.identity import Asker
from medley.core.library import Indexable, Library
from medley.core.library.events import ItemsAdded, ItemsChanged, ItemsRemoved
from medley.core.search import _store
from medley.core.search.ports import Entry, Found, Index, Wanted
from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput
from medley.kernel.postman import Postman

_NAME = "items"
_EVENTS = 20  # read at once; a scan tells of some hundred items in each
_PIECE = 500  # items that are looked up at once, and lie in memory
_BATCH = 5_000  # entries in one commit: a commit costs as much as a few hundred entries
_FILL = 50_000  # entries in one commit of a whole index: what is not committed yet lies in memory, a kilobyte each
_LONGEST_TEXT = 200
_MOST = 200


class Search:
    """One index over every kind."""

    def __init__(self, database: Database, library: Library, postman: Postman, index: Index) -> None:
        self._database, self._library, self._postman, self._index = database, library, postman, index
        self._turn = threading.Lock()
        self._looked = False

    def find(self, asker: Asker, wanted: Wanted) -> Found:
        """What `asker` may see and is looking for, the best first."""
        if len(wanted.text) > _LONGEST_TEXT:
            raise InvalidInput(f"A search has at most {_LONGEST_TEXT} characters.")
        if not 1 <= wanted.limit <= _MOST or not 0 <= wanted.offset <= 10_000:
            raise InvalidInput(f"A search gives 1 to {_MOST} results.", hint="Narrow it with filters instead.")
        return self._index.find(wanted, asker.sources)

    def catch_up(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Bring the index up to the newest event; the answer is how many items were looked at.

        The index is committed before the position is written: a crash between the two repeats a batch, which changes
        nothing. Only one process may call this.
        """
        with self._turn:
            with self._database.read() as connection:
                seq = _store.reached(connection, _NAME)
            if seq is None or self._is_lost():
                return self._fill()
            done = 0
            while not stop():
                touched, newest = self._after(seq)
                if newest == seq:
                    break
                self._write(touched)
                self._keep(newest)
                seq, done = newest, done + len(touched)
            return done

    def rebuild(self) -> int:
        """Make the index anew from the database; the answer is how many items are in it."""
        with self._turn:
            return self._fill()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _is_lost(self) -> bool:
        """Whether the index was begun anew behind our back: it was damaged, or a new version shapes it differently."""
        if self._looked:
            return False
        self._looked = True
        return self._index.count() == 0

    def _fill(self) -> int:
        head = self._postman.head()
        self._index.clear()
        done = 0
        ids = iter(self._library.items.every_id())
        while batch := list(islice(ids, _PIECE)):
            self._put(batch)
            done += len(batch)
            if done % _FILL == 0:
                self._index.commit()
        self._index.commit()
        self._keep(head)
        return done

    def _after(self, seq: int) -> tuple[list[str], int]:
        """(ids that events after `seq` touched, number of the last event read)."""
        touched: dict[str, None] = {}
        while len(touched) < _BATCH and (events := self._postman.tail(seq, _EVENTS)):
            for number, event in events:
                seq = number
                if isinstance(event, ItemsAdded | ItemsChanged | ItemsRemoved):
                    touched.update(dict.fromkeys(event.item_ids))
        return list(touched), seq

    def _write(self, ids: list[str]) -> None:
        for start in range(0, len(ids), _PIECE):
            wanted = ids[start : start + _PIECE]
            there = self._put(wanted)
            self._index.remove([item_id for item_id in wanted if item_id not in there])
        if ids:
            self._index.commit()

    def _put(self, ids: list[str]) -> set[str]:
        """Put those of the items that exist; gives their ids."""
        entries = [_entry(each) for each in self._library.items.indexable(ids)]
        self._index.put(entries)
        return {entry.id for entry in entries}

    def _keep(self, seq: int) -> None:
        with self._database.write() as connection:
            _store.reach(connection, _NAME, seq)


def _entry(item: Indexable) -> Entry:
    return Entry(
        id=item.id,
        kind=item.kind,
        level=item.level,
        source=item.source_id,
        title=item.title,
        people=item.people,
        context=item.context,
        words=[*item.tags, *item.series],
        genres=item.genres,
        overview=item.overview,
        year=item.year,
        weight=item.weight,
    )
