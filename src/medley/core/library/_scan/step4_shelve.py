"""Step 4: a batch of recognised folders becomes items, editions and files, and an event, in one transaction."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from medley.core.kinds import Guess
from medley.core.library._scan.messages import FolderAnswer
from medley.core.library._scan.shelve_claims import claims
from medley.core.library._scan.shelve_files import Gone, ShelvedFiles, shelve_files
from medley.core.library._scan.shelve_links import Linker
from medley.core.library._scan.shelve_rungs import Key, Shape, collect, pick_art, row
from medley.core.library._scan.shelve_tidy import tidy
from medley.core.library._store import items as store
from medley.core.library._store import words
from medley.core.library._store.files import sign_folders
from medley.core.library.events import ItemsAdded, ItemsChanged, ItemsRemoved
from medley.kernel.events import record
from medley.kernel.ids import new_id

_EVENT_SIZE = 500


@dataclass(slots=True)
class Shelver:
    """Shelves the batches of one scan; remembers ids of shelves, words and people between them."""

    source_id: str
    now_ms: int
    gone: Gone = field(default_factory=Gone)
    names: words.Names = field(default_factory=words.Names)
    shelves: dict[tuple[str, str], int] = field(default_factory=dict)
    added: int = 0
    changed: int = 0

    def shelve(self, connection: Connection, batch: list[FolderAnswer], signatures: dict[str, bytes]) -> None:
        """Everything of `batch`; `signatures` (path → listing) are only true once this is committed."""
        files, folders = shelve_files(connection, self.source_id, batch, self.gone, self.now_ms)
        guesses = [guess for folder in batch for guess in folder.guesses if guess.ladder]
        self._shelve_works(connection, guesses, files)
        sign_folders(connection, {folders[path]: signature for path, signature in signatures.items()})

    def forget(self) -> None:
        """After a transaction was rolled back, remembered ids may not exist."""
        self.names, self.shelves = words.Names(), {}

    def _shelve_works(self, connection: Connection, guesses: list[Guess], files: ShelvedFiles) -> None:
        shapes = collect(guesses)
        standing = self._standing(connection, shapes)
        links = store.links_of(connection, files.old) if files.old else []
        claimed = claims(connection, shapes, standing, files.ids, links) if links else {}
        before = {**{item.id: item for item in standing.values()}, **store.items_by_id(connection, claimed.values())}
        new, changed = self._place(connection, shapes, standing, claimed)
        self._name(connection, new + changed, {shape.id for shape in changed})
        store.unlink(connection, files.old)
        Linker(connection, files).link([s for s in shapes.values() if s.guesses], {s.id for s in new})
        self._hang(connection, new + changed, files)
        homes = {link.file_id: link.item_id for link in links if not link.extra}
        moved = {
            old: shapes[shape.parent].id
            for shape in changed
            if shape.parent and (old := before[shape.id].parent_id) and old != shapes[shape.parent].id
        }
        removed = tidy(connection, shapes, files, homes, moved)
        touched = {s.id for s in changed} | {link.item_id for link in links} - removed
        self._tell(connection, [s.id for s in new], touched, removed)

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

    def _place(
        self,
        connection: Connection,
        shapes: dict[Key, Shape],
        standing: dict[Key, store.KnownItem],
        claimed: dict[Key, str],
    ) -> tuple[list[Shape], list[Shape]]:
        """Give every shape its id, and write the rows that are new or different."""
        new: list[Shape] = []
        changed: list[Shape] = []
        inserts: dict[int, list[dict[str, Any]]] = defaultdict(list)
        updates: list[dict[str, Any]] = []
        counts: dict[int, int] = defaultdict(int)
        back: list[str] = []
        for key, shape in shapes.items():
            before = standing.get(key)
            shape.id = before.id if before else claimed.get(key) or new_id()
            parent_id = shapes[shape.parent].id if shape.parent else None
            shelf_id = self._shelf(connection, key[0], key[1])
            values = row(shape, shelf_id, parent_id, self.now_ms)
            if before is None and key not in claimed:
                inserts[shape.depth].append(values)
                counts[shelf_id] += 1
                new.append(shape)
            elif before is None or (before.signature, before.parent_id) != (shape.signature, parent_id):
                updates.append(values)
                changed.append(shape)
            elif before.missing_since_ms:
                back.append(shape.id)
        # Parents first: a claimed parent exists already, a new one is a row above.
        for depth in sorted(inserts):
            store.insert_items(connection, inserts[depth])
        store.change_items(connection, updates)
        store.present_again(connection, back)
        store.count_on_shelf(connection, counts)
        return new, changed

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
        words.forget_names(connection, before)
        words.link_words(connection, self.names, store_words)
        words.link_people(connection, self.names, credits_)

    def _hang(self, connection: Connection, shapes: list[Shape], files: ShelvedFiles) -> None:
        wanted: list[tuple[str, bool, tuple[str, str, int]]] = []
        for shape in shapes:
            for behind, art in enumerate(pick_art(shape.rung)):
                if art and art.path in files.ids:
                    wanted.append((shape.id, bool(behind), (files.ids[art.path], art.origin, art.index)))
        rows = [
            {"id": new_id(), "file_id": file_id, "origin": origin, "index": index, "state": "new"}
            for file_id, origin, index in {place for _, _, place in wanted}
        ]
        ids = store.put_artwork(connection, rows)
        store.hang_artwork(
            connection,
            {item_id: ids[place] for item_id, behind, place in wanted if not behind},
            {item_id: ids[place] for item_id, behind, place in wanted if behind},
        )

    def _tell(self, connection: Connection, added: list[str], changed: set[str], removed: set[str]) -> None:
        self.added += len(added)
        self.changed += len(changed)
        for event, ids in ((ItemsAdded, added), (ItemsChanged, sorted(changed)), (ItemsRemoved, sorted(removed))):
            for start in range(0, len(ids), _EVENT_SIZE):
                record(connection, event(source_id=self.source_id, item_ids=ids[start : start + _EVENT_SIZE]))
