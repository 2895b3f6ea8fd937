"""Step 4, second half, third part: editions, their files, and the files that serve them."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from medley.core.kinds import Guess
from medley.core.library._scan.shelve_files import ShelvedFiles
from medley.core.library._scan.shelve_rungs import Shape, plain
from medley.core.library._store import items as store
from medley.kernel.ids import new_id

_Place = tuple[str, str, str]  # item id, extra, label


class Linker:
    """Ties the files of one batch to editions of their items."""

    def __init__(self, connection: Connection, files: ShelvedFiles) -> None:
        self._connection = connection
        self._files = files
        self._editions: dict[_Place, str] = {}
        self._taken: dict[str, set[tuple[int, int]]] = {}
        self._new: list[dict[str, Any]] = []
        self._links: list[dict[str, Any]] = []
        self._lengths: dict[str, int] = defaultdict(int)

    def link(self, shapes: list[Shape], fresh: set[str]) -> None:
        """Every guess of `shapes`; items in `fresh` were made in this batch and have no editions yet."""
        old = [shape.id for shape in shapes if shape.id not in fresh]
        self._editions = store.editions_of(self._connection, old) if old else {}
        self._taken = store.parts_of(self._connection, self._editions.values()) if old else {}
        main: dict[str, int] = {}
        for shape in shapes:
            for guess in sorted(shape.guesses, key=lambda guess: (guess.edition, guess.part)):
                self._link(shape.id, guess)
            lengths = [self._lengths[self._editions[place]] for place in self._places(shape)]
            if lengths:
                main[shape.id] = max(lengths)
        store.insert_editions(self._connection, self._new)
        store.link_files(self._connection, self._links)
        store.set_durations(self._connection, dict(self._lengths), main)
        self._companions(shapes)

    def _places(self, shape: Shape) -> set[_Place]:
        return {
            place
            for guess in shape.guesses
            if not guess.extra and (place := (shape.id, "", guess.edition)) in self._editions
        }

    def _link(self, item_id: str, guess: Guess) -> None:
        file_id = self._files.ids.get(guess.path)
        if file_id is None:
            return
        edition_id = self._edition(item_id, guess)
        self._taken.setdefault(edition_id, set()).add((guess.part, guess.start_ms))
        self._links.append(
            {
                "edition_id": edition_id,
                "file_id": file_id,
                "part": guess.part,
                "start_ms": guess.start_ms,
                "end_ms": guess.end_ms,
            }
        )
        whole = self._files.durations.get(file_id, 0)
        self._lengths[edition_id] += max(0, (guess.end_ms or whole) - guess.start_ms)

    def _edition(self, item_id: str, guess: Guess) -> str:
        """The guess's edition; where another file already fills its place, one of its own beside it."""
        label, copy = str(plain(guess.edition))[:200], 1
        while True:
            place = (item_id, guess.extra, label)
            edition_id = self._editions.get(place)
            if edition_id is None:
                return self._make(place)
            if (guess.part, guess.start_ms) not in self._taken.get(edition_id, set()):
                return edition_id
            copy += 1
            ending = guess.path.rpartition(".")[2].upper()
            label = f"{guess.edition} {ending}".strip() if copy == 2 else f"{guess.edition} {ending} {copy - 1}".strip()

    def _make(self, place: _Place) -> str:
        item_id, extra, label = place
        edition_id = self._editions[place] = new_id()
        self._new.append({"id": edition_id, "item_id": item_id, "extra": extra, "label": label, "duration_ms": 0})
        return edition_id

    def _companions(self, shapes: list[Shape]) -> None:
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for shape in shapes:
            for guess in shape.guesses:
                for each in guess.companions:
                    if file_id := self._files.ids.get(each.path):
                        rows[shape.id, file_id] = {
                            "item_id": shape.id,
                            "file_id": file_id,
                            "role": each.role,
                            "language": plain(each.language),
                            "title": plain(each.title),
                            "forced": each.forced,
                            "hearing_impaired": each.hearing_impaired,
                            "is_default": each.default,
                        }
        store.link_companions(self._connection, list(rows.values()))
