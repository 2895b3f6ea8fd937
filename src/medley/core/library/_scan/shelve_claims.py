"""Step 4, second half, second part: how a work that is called otherwise now keeps its id.

A retagged or renamed file brings a new identity. Where the old item would be left with nothing, the old item *is* the
new one: it is given the new identity and keeps its id, and with it everything that people did with it. Somebody who
has that identity already only stands in the way when he does not leave for another one himself: episodes that were
renumbered each keep their progress. The same holds one rung up: an album all of whose tracks moved to a new album is
that album. And it holds for a work whose files are gone, where a new file is what it was by its plain identity: songs
that were encoded again and given ids on the way.
"""

from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import Connection

from medley.core.library._scan.shelve_rungs import Key, Shape
from medley.core.library._store import items as store

ShelfOf = Callable[[str, str], int]


def claims(
    connection: Connection,
    shapes: dict[Key, Shape],
    standing: dict[Key, store.KnownItem],
    file_ids: dict[str, str],
    links: list[store.Link],
    shelf_of: ShelfOf,
    gone: set[str],
) -> dict[Key, str]:
    """key of a work → id of the item that becomes it, instead of the one that stands there or of a new one.

    `standing`: the works that stand. `file_ids`: path → id. `links`: where the batch's older files belong now.
    `shelf_of`: the shelf of a kind's level. `gone`: files that are not where they were.
    """
    targets = _targets(shapes, file_ids)
    homes: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if not link.extra:
            homes[link.item_id].add(link.file_id)
    present = store.present_files_of(connection, homes)
    known = store.items_by_id(connection, homes)
    leaving: dict[Key, str] = {}
    for item_id, its_files in homes.items():
        goals = {targets.get(file_id) for file_id in its_files}
        goal = goals.pop() if len(goals) == 1 else None
        if not goal or known[item_id].shelf_id != shelf_of(goal[0], goal[1]):
            continue
        stays = goal in standing and standing[goal].id == item_id
        if not stays and not present.get(item_id, set()) - its_files - gone:
            leaving.setdefault(goal, item_id)
    if gone:
        leaving |= _replaced(connection, shapes, standing, leaving, shelf_of, gone)
    return _climb(connection, shapes, standing, _free(leaving, standing))


def _replaced(
    connection: Connection,
    shapes: dict[Key, Shape],
    standing: dict[Key, store.KnownItem],
    leaving: dict[Key, str],
    shelf_of: ShelfOf,
    gone: set[str],
) -> dict[Key, str]:
    """Works without a file left, that a new work is by its plain identity."""
    wanted: dict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for key, shape in shapes.items():
        if shape.guesses and shape.rung.plain_identity and key not in standing and key not in leaving:
            wanted[key[0], key[1]].setdefault(shape.rung.plain_identity, key)
    taken, found = set(leaving.values()), {}
    for (kind, level), keys in wanted.items():
        known = store.known_items(connection, shelf_of(kind, level), keys)
        present = store.present_files_of(connection, [item.id for item in known.values()])
        for identity, item in known.items():
            if item.id not in taken and not present.get(item.id, set()) - gone:
                found[keys[identity]] = item.id
    return found


def _targets(shapes: dict[Key, Shape], file_ids: dict[str, str]) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for key, shape in shapes.items():
        for guess in shape.guesses:
            if not guess.extra and guess.path in file_ids:
                found.setdefault(file_ids[guess.path], key)
    return found


def _free(leaving: dict[Key, str], standing: dict[Key, store.KnownItem]) -> dict[Key, str]:
    """Those who leave for a place that is free, or becomes free because its holder leaves too."""
    while True:
        going = set(leaving.values())
        blocked = [key for key in leaving if key in standing and standing[key].id not in going]
        if not blocked:
            return leaving
        for key in blocked:
            del leaving[key]


def _climb(
    connection: Connection, shapes: dict[Key, Shape], standing: dict[Key, store.KnownItem], leaving: dict[Key, str]
) -> dict[Key, str]:
    """From the leaves up: an old parent all of whose children leave for one new parent becomes it."""
    claimed = dict(leaving)
    going = set(leaving.values())
    moved = {item_id: key for key, item_id in leaving.items()}
    # A leaf that keeps its identity may still change parents (an album artist was corrected).
    moved.update({item.id: key for key, item in standing.items() if item.id not in going})
    while moved:
        moved = _parents(connection, shapes, standing, moved)
        for item_id, key in moved.items():
            claimed.setdefault(key, item_id)
    return claimed


def _parents(
    connection: Connection, shapes: dict[Key, Shape], standing: dict[Key, store.KnownItem], moved: dict[str, Key]
) -> dict[str, Key]:
    olds = store.items_by_id(connection, moved)
    goals: dict[str, set[Key | None]] = defaultdict(set)
    leaving: dict[str, set[str]] = defaultdict(set)
    for item_id, key in moved.items():
        old_parent = olds[item_id].parent_id if item_id in olds else None
        if old_parent:
            goals[old_parent].add(shapes[key].parent)
            leaving[old_parent].add(item_id)
    stay = {item.id for item in standing.values()}
    open_ = {
        parent: next(iter(keys))
        for parent, keys in goals.items()
        if len(keys) == 1 and next(iter(keys)) not in standing and parent not in stay
    }
    children = store.child_ids(connection, open_)
    return {parent: key for parent, key in open_.items() if key and not children.get(parent, set()) - leaving[parent]}
