"""Step 4: a batch of recognised folders becomes items, editions and files, and an event, in one transaction."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from medley.core.kinds import Guess
from medley.core.library._scan.messages import FolderAnswer
from medley.core.library._scan.shelve_claims import claims
from medley.core.library._scan.shelve_files import Gone, ShelvedFiles, shelve_files
from medley.core.library._scan.shelve_links import Linker
from medley.core.library._scan.shelve_names import People
from medley.core.library._scan.shelve_rungs import Key, Shape, collect, pick_art, row
from medley.core.library._scan.shelve_tidy import tidy
from medley.core.library._store import artworks, trash, words
from medley.core.library._store import items as store
from medley.core.library._store.files import KnownFile, files_like, sign_folders
from medley.core.library._store.presence import retire, update_presence
from medley.core.library.events import ItemsAdded, ItemsChanged, ItemsRemoved
from medley.kernel.events import record
from medley.kernel.files import from_text
from medley.kernel.ids import new_id

_EVENT_SIZE = 500


@dataclass(slots=True)
class Shelver:
    """Shelves the batches of one scan; remembers ids of shelves, words and people between them."""

    source_id: str
    now_ms: int
    root: str
    # Only where a scan looks at a few folders: the paths of all, to find out what moved here from elsewhere.
    folders: dict[str, str] | None = None
    gone: Gone = field(default_factory=Gone)
    names: words.Names = field(default_factory=words.Names)
    people: People = field(default_factory=People)
    shelves: dict[tuple[str, str], int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0

    def shelve(self, connection: Connection, batch: list[FolderAnswer], signatures: dict[str, bytes]) -> None:
        """Everything of `batch`; `signatures` (path → listing) are only true once this is committed."""
        seek = self._moved_here if self.folders is not None else None
        files, folders = shelve_files(connection, self.source_id, batch, self.gone, seek, self.now_ms)
        artworks.renew(connection, files.changed)
        guesses = [guess for folder in batch for guess in folder.guesses() if guess.ladder]
        self._shelve_works(connection, self.people.under_one_name(connection, guesses), files)
        sign_folders(connection, {folders[path]: signature for path, signature in signatures.items()})

    def forget(self) -> None:
        """After a transaction was rolled back, remembered ids may not exist."""
        self.names, self.people, self.shelves = words.Names(), People(), {}

    def _moved_here(self, connection: Connection, fingerprints: list[bytes]) -> Iterator[KnownFile]:
        for file, folder in files_like(connection, self.source_id, fingerprints):
            path = f"{self.root}/{folder}/{file.name}" if folder else f"{self.root}/{file.name}"
            if file.id not in self.gone.by_id and not os.path.lexists(from_text(path)):
                yield file

    def _shelve_works(self, connection: Connection, guesses: list[Guess], files: ShelvedFiles) -> None:
        shapes = collect(guesses)
        standing = self._standing(connection, shapes)
        links = store.links_of(connection, files.old) if files.old else []
        gone = set(self.gone.by_id)
        claimed = (
            claims(connection, shapes, standing, files.ids, links, self._shelf_of(connection), gone)
            if links or gone
            else {}
        )
        before = {**{item.id: item for item in standing.values()}, **store.items_by_id(connection, claimed.values())}
        new, changed = self._sort_out(shapes, standing, claimed, before)
        store.unlink(connection, files.old)
        linker, leaves, fresh = (
            Linker(connection, files, links),
            [s for s in shapes.values() if s.guesses],
            {s.id for s in new},
        )
        linker.plan(leaves, fresh, gone)
        self._place(connection, shapes, new, changed, claimed)
        linker.write(leaves, fresh)
        self._name(connection, new + changed, {shape.id for shape in changed})
        self._hang(connection, new, changed, files)
        homes = {link.file_id: link.item_id for link in links if not link.extra}
        moved = {
            old: shapes[shape.parent].id
            for shape in changed
            if shape.parent and (old := before[shape.id].parent_id) and old != shapes[shape.parent].id
        }
        olds = store.items_by_id(connection, set(homes.values()))
        bereft = {item.parent_id for item in olds.values()} - {None}
        seen = {id_ for id_, item_id in homes.items() if not olds[item_id].trashed_at_ms}
        woken = trash.wake(connection, _with_life(shapes, files, seen))
        removed = tidy(connection, shapes, files, homes, moved)
        touched = {shape.id for shape in changed} | {link.item_id for link in links}
        if links or before:
            forgotten = retire(connection, {*touched, *bereft, *moved} - removed, self.now_ms)
            removed |= forgotten
            asked = touched | {item.id for item in before.values() if item.missing_since_ms}
            touched |= set(update_presence(connection, asked - removed, self.now_ms))
        self._tell(connection, [s.id for s in new], (touched | woken) - removed, removed)

    def _standing(self, connection: Connection, shapes: dict[Key, Shape]) -> dict[Key, store.KnownItem]:
        by_shelf: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind, level, identity in shapes:
            by_shelf[kind, level].append(identity)
        return {
            (kind, level, identity): item
            for (kind, level), identities in by_shelf.items()
            for identity, item in store.known_items(
                connection, self._shelf(connection, kind, level), identities
            ).items()
        }

    def _shelf(self, connection: Connection, kind: str, level: str) -> int:
        if (kind, level) not in self.shelves:
            self.shelves[kind, level] = store.put_shelf(connection, self.source_id, kind, level)
        return self.shelves[kind, level]

    def _shelf_of(self, connection: Connection) -> Callable[[str, str], int]:
        return lambda kind, level: self._shelf(connection, kind, level)

    @staticmethod
    def _sort_out(
        shapes: dict[Key, Shape],
        standing: dict[Key, store.KnownItem],
        claimed: dict[Key, str],
        before: dict[str, store.KnownItem],
    ) -> tuple[list[Shape], list[Shape]]:
        """Give every shape its id; gives those that are new, and those whose row differs."""
        new: list[Shape] = []
        changed: list[Shape] = []
        leaving = set(claimed.values())
        for key, shape in shapes.items():
            stands = standing.get(key)
            shape.id = claimed.get(key) or (stands.id if stands and stands.id not in leaving else new_id())
            parent = shapes[shape.parent] if shape.parent else None
            known = before.get(shape.id)
            if known is None:
                shape.trashed_at_ms = parent.trashed_at_ms if parent else 0
                new.append(shape)
                continue
            shape.trashed_at_ms = known.trashed_at_ms
            if key in claimed or (known.signature, known.parent_id) != (shape.signature, parent and parent.id):
                changed.append(shape)
        return new, changed

    def _place(
        self,
        connection: Connection,
        shapes: dict[Key, Shape],
        new: list[Shape],
        changed: list[Shape],
        claimed: dict[Key, str],
    ) -> None:
        """Write the rows of items."""
        rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
        counts: dict[int, int] = defaultdict(int)
        for shape in new:
            values = self._row(connection, shapes, shape)
            rows[shape.depth].append(values)
            counts[values["shelf_id"]] += not shape.trashed_at_ms
        store.vacate(connection, claimed.values())
        # Parents first: a claimed parent exists already, a new one is a row above.
        for depth in sorted(rows):
            store.insert_items(connection, rows[depth])
        store.change_items(connection, [self._row(connection, shapes, shape) for shape in changed])
        store.count_on_shelf(connection, counts)

    def _row(self, connection: Connection, shapes: dict[Key, Shape], shape: Shape) -> dict[str, Any]:
        parent_id = shapes[shape.parent].id if shape.parent else None
        return row(shape, self._shelf(connection, shape.key[0], shape.key[1]), parent_id, self.now_ms)

    def _name(self, connection: Connection, shapes: list[Shape], before: set[str]) -> None:
        store_words = [
            (shape.id, type_, name, number)
            for shape in shapes
            for type_, name, number in (
                *(("genre", name, "") for name in shape.rung.genres),
                *(("tag", name, "") for name in shape.rung.tags),
                *(("series", entry.name, entry.number) for entry in shape.rung.series),
            )
        ]
        credits_ = [
            (shape.id, position, credit) for shape in shapes for position, credit in enumerate(shape.rung.credits)
        ]
        words.put_words(connection, self.names, ((type_, name) for _, type_, name, _ in store_words))
        words.put_people(connection, self.names, (credit for _, _, credit in credits_))
        self.people.remember(connection, self.names)
        words.forget_names(connection, before)
        words.link_words(connection, self.names, store_words)
        words.link_people(connection, self.names, credits_)

    def _hang(self, connection: Connection, new: list[Shape], changed: list[Shape], files: ShelvedFiles) -> None:
        places: dict[str, list[tuple[str, str, int] | None]] = {
            shape.id: [
                (files.ids[art.path], art.origin, art.index) if art and art.path in files.ids else None
                for art in pick_art(shape.rung)
            ]
            for shape in new + changed
        }
        wanted = dict.fromkeys(place for both in places.values() for place in both if place)
        rows = [
            {"id": new_id(), "file_id": file_id, "origin": origin, "index": index, "state": "new"}
            for file_id, origin, index in wanted
        ]
        ids: dict[Any, str] = store.put_artwork(connection, rows)
        # What is new has bare walls; of what changed, a picture may have to be taken down.
        fresh = {shape.id for shape in new}
        front = {id_: ids.get(both[0]) for id_, both in places.items() if both[0] or id_ not in fresh}
        behind = {id_: ids.get(both[1]) for id_, both in places.items() if both[1] or id_ not in fresh}
        store.hang_artwork(connection, front, behind)

    def _tell(self, connection: Connection, added: list[str], changed: set[str], removed: set[str]) -> None:
        self.added += len(added)
        self.changed += len(changed)
        for event, ids in ((ItemsAdded, added), (ItemsChanged, sorted(changed)), (ItemsRemoved, sorted(removed))):
            for start in range(0, len(ids), _EVENT_SIZE):
                record(connection, event(source_id=self.source_id, item_ids=ids[start : start + _EVENT_SIZE]))


def _with_life(shapes: dict[Key, Shape], files: ShelvedFiles, seen: set[str]) -> set[str]:
    """Ids of tombstones that something seen became part of: a file out of `seen`, or a child."""
    parents = {shape.parent for shape in shapes.values() if shape.parent and not shape.trashed_at_ms}
    return {
        shape.id
        for key, shape in shapes.items()
        if shape.trashed_at_ms < 0
        and (key in parents or any(files.ids.get(guess.path) in seen for guess in shape.guesses))
    }
