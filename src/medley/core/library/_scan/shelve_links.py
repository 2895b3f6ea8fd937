"""Step 4, second half, third part: editions, their files, and the files that serve them."""

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any

from sqlalchemy import Connection

from medley.core.kinds import Guess
from medley.core.library._scan.shelve_files import ShelvedFiles
from medley.core.library._scan.shelve_rungs import Shape, plain
from medley.core.library._store import items as store
from medley.kernel.ids import new_id

_LONGEST_LABEL = 200
_Place = tuple[str, str, str]  # item id, extra, label
_Part = tuple[int, int]  # part, start_ms


class Linker:
    """Ties the files of one batch to editions of their items.

    Files that lie in one folder and call themselves one edition belong together. Where another file already fills
    their place (a copy in another folder, a second file of the same format), they become an edition of their own, and
    stay it.
    """

    def __init__(self, connection: Connection, files: ShelvedFiles, before: list[store.Link]) -> None:
        self._connection, self._files = connection, files
        self._before = {(link.file_id, link.item_id, link.extra): link.edition_id for link in before}
        self._editions: dict[_Place, str] = {}
        self._labels: dict[str, str] = {}
        self._taken: dict[str, set[_Part]] = {}
        self._new: list[dict[str, Any]] = []
        self._links: list[dict[str, Any]] = []

    def plan(self, shapes: list[Shape], fresh: set[str], gone: Container[str]) -> None:
        """Find an edition for every guess; items in `fresh` have none yet. Gives fresh shapes their duration."""
        if old := [shape.id for shape in shapes if shape.id not in fresh]:
            self._editions = store.editions_of(self._connection, old)
            self._labels = {edition_id: place[2] for place, edition_id in self._editions.items()}
            self._taken = store.parts_of(self._connection, self._editions.values(), gone)
        for shape in shapes:
            lengths: dict[str, int] = defaultdict(int)
            for guesses in self._groups(shape):
                edition_id = self._edition(shape.id, guesses)
                for guess in guesses:
                    length = self._link(edition_id, guess)
                    lengths[edition_id] += 0 if guess.extra else length
            shape.duration_ms = max(lengths.values(), default=0)

    def write(self, shapes: list[Shape], fresh: set[str]) -> None:
        """Write what was planned; by now the items exist."""
        lengths: dict[str, int] = defaultdict(int)
        for link in self._links:
            lengths[link["edition_id"]] += link["length_ms"]
        rows = [{**row, "duration_ms": lengths[row["id"]]} for row in self._new]
        store.insert_editions(self._connection, rows)
        store.link_files(self._connection, self._links)
        store.sum_lengths(self._connection, [shape.id for shape in shapes if shape.id not in fresh])
        self._companions(shapes)

    def _groups(self, shape: Shape) -> list[list[Guess]]:
        """The guesses that share an edition, those first that have one already."""
        if len(shape.guesses) == 1:
            return [shape.guesses] if shape.guesses[0].path in self._files.ids else []
        groups: dict[tuple[str, str, str, int], list[Guess]] = defaultdict(list)
        seen: dict[tuple[str, str, str, _Part], int] = defaultdict(int)
        for guess in sorted(shape.guesses, key=lambda guess: (guess.path, guess.part, guess.start_ms)):
            if guess.path in self._files.ids:
                key = (guess.extra, guess.edition, guess.path.rpartition("/")[0])
                place = (*key, (guess.part, guess.start_ms))
                groups[(*key, seen[place])].append(guess)
                seen[place] += 1
        homeless = {key: self._earlier(shape.id, guesses[0]) is None for key, guesses in groups.items()}
        return [groups[key] for key in sorted(groups, key=lambda key: (homeless[key], *key))]

    def _earlier(self, item_id: str, guess: Guess) -> str | None:
        edition_id = self._before.get((self._files.ids[guess.path], item_id, guess.extra))
        return edition_id if edition_id in self._labels else None

    def _edition(self, item_id: str, guesses: list[Guess]) -> str:
        first = guesses[0]
        parts = {(guess.part, guess.start_ms) for guess in guesses}
        earlier = self._labels.get(self._earlier(item_id, first) or "")
        free: list[str] = []
        for label in _called(first):
            edition_id = self._editions.get((item_id, first.extra, label))
            if edition_id is None or _fits(parts, self._taken.get(edition_id, set())):
                free.append(label)
            if free and (label == earlier or earlier is None or edition_id is None):
                break
        label = earlier if earlier in free else free[0]
        return self._take((item_id, first.extra, label), parts)

    def _take(self, place: _Place, parts: set[_Part]) -> str:
        edition_id = self._editions.get(place)
        if edition_id is None:
            edition_id = self._editions[place] = new_id()
            item_id, extra, label = place
            self._new.append({"id": edition_id, "item_id": item_id, "extra": extra, "label": label})
        self._taken.setdefault(edition_id, set()).update(parts)
        return edition_id

    def _link(self, edition_id: str, guess: Guess) -> int:
        file_id = self._files.ids[guess.path]
        length = max(0, (guess.end_ms or self._files.durations.get(file_id, 0)) - guess.start_ms)
        self._links.append(
            {
                "edition_id": edition_id,
                "file_id": file_id,
                "part": guess.part,
                "start_ms": guess.start_ms,
                "end_ms": guess.end_ms,
                "length_ms": length,
            }
        )
        return length

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


def _fits(parts: set[_Part], taken: set[_Part]) -> bool:
    """Whether parts can join an edition that has those already: a whole film never joins one in two parts."""
    if not taken:
        return True
    return not parts & taken and all(part for part, _ in parts) == all(part for part, _ in taken)


def _called(guess: Guess) -> Iterator[str]:
    """What an edition may be called: by itself, then with what tells it from its copies."""
    label = str(plain(guess.edition))[:_LONGEST_LABEL]
    yield label
    ending = guess.path.rpartition(".")[2].upper()
    told = label if ending and ending in label.upper().split() else f"{label} {plain(ending)}".strip()[:_LONGEST_LABEL]
    number = 1
    if told != label:
        yield told
    while True:
        number += 1
        yield f"{told} {number}"
