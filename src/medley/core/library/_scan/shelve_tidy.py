"""Step 4, second half, last part: parents add up, and what a retag left empty becomes part of what replaced it."""

from collections import defaultdict

from sqlalchemy import Connection

from medley.core.library._scan.shelve_files import ShelvedFiles
from medley.core.library._scan.shelve_rungs import Key, Shape
from medley.core.library._store import items as store


def tidy(
    connection: Connection,
    shapes: dict[Key, Shape],
    files: ShelvedFiles,
    homes: dict[str, str],
    moved: dict[str, str],
) -> set[str]:
    """Finish a batch. Gives the ids that are items no more.

    `homes`: file id → the item it belonged to before. `moved`: an old parent → the one a child of it moved to.
    """
    if homes:
        store.drop_empty_editions(connection, {*homes.values(), *(shape.id for shape in shapes.values())})
    removed, orphaned = _absorb_leaves(connection, shapes, files, homes)
    depths: dict[int, set[str]] = defaultdict(set)
    for shape in shapes.values():
        if shape.parent:
            depths[shape.depth - 1].add(shapes[shape.parent].id)
    for depth in sorted(depths, reverse=True):
        store.sum_up(connection, depths[depth])
    return removed | _absorb_parents(connection, {**orphaned, **moved})


def _absorb_leaves(
    connection: Connection, shapes: dict[Key, Shape], files: ShelvedFiles, homes: dict[str, str]
) -> tuple[set[str], dict[str, str]]:
    """Old items whose last file went to another item; also (old parent → new parent) of those."""
    owner = {
        files.ids[guess.path]: shape
        for shape in shapes.values()
        for guess in shape.guesses
        if guess.path in files.ids and not guess.extra
    }
    successors = {
        item_id: owner[file_id]
        for file_id, item_id in homes.items()
        if file_id in owner and owner[file_id].id != item_id
    }
    olds = store.items_by_id(connection, successors)
    parents: dict[str, str] = {}
    removed: set[str] = set()
    for item_id in store.without_files(connection, successors):
        shape = successors[item_id]
        old_parent = olds[item_id].parent_id
        if old_parent and shape.parent and shapes[shape.parent].id != old_parent:
            parents[old_parent] = shapes[shape.parent].id
        store.absorb(connection, item_id, shape.id)
        if old_parent:
            store.sum_up(connection, [old_parent])
        removed.add(item_id)
    return removed, parents


def _absorb_parents(connection: Connection, successors: dict[str, str]) -> set[str]:
    removed: set[str] = set()
    while successors:
        store.sum_up(connection, successors)
        both = store.items_by_id(connection, {*successors, *successors.values()})
        above: dict[str, str] = {}
        for item_id in store.without_files(connection, successors):
            old, new = both[item_id], both.get(successors[item_id])
            # A season may be followed by a season of another show, never by an item of another kind.
            if new is None or new.id == item_id or new.shelf_id != old.shelf_id:
                continue
            store.absorb(connection, item_id, new.id)
            removed.add(item_id)
            if old.parent_id:
                store.sum_up(connection, [old.parent_id])
                if new.parent_id and old.parent_id != new.parent_id:
                    above[old.parent_id] = new.parent_id
        successors = above
    return removed
