"""Step 4, second half, second part: how a work that is called otherwise now keeps its id.

A retagged or renamed file brings a new identity. Where nobody has that identity yet and the old item would be left
with nothing, the old item *is* the new one: it is given the new identity and keeps its id, and with it everything
that people did with it. The same holds one rung up: an album all of whose tracks moved to a new album is that album.
"""

from collections import defaultdict

from sqlalchemy import Connection

from medley.core.library._scan.shelve_rungs import Key, Shape
from medley.core.library._store import items as store


def claims(
    connection: Connection,
    shapes: dict[Key, Shape],
    standing: dict[Key, store.KnownItem],
    file_ids: dict[str, str],
    links: list[store.Link],
) -> dict[Key, str]:
    """key of a work that does not stand yet → id of the item that becomes it.

    `standing`: the works that do. `file_ids`: path → id. `links`: where the batch's older files belong now.
    """
    targets = _targets(shapes, file_ids)
    homes: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if not link.extra:
            homes[link.item_id].add(link.file_id)
    leaving: dict[str, Key] = {}
    present = store.present_files_of(connection, homes)
    for item_id, its_files in homes.items():
        goals = {targets.get(file_id) for file_id in its_files}
        goal = goals.pop() if len(goals) == 1 else None
        if goal and goal not in standing and not present.get(item_id, set()) - its_files:
            leaving[item_id] = goal
    return _climb(connection, shapes, standing, leaving)


def _targets(shapes: dict[Key, Shape], file_ids: dict[str, str]) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for key, shape in shapes.items():
        for guess in shape.guesses:
            if not guess.extra and guess.path in file_ids:
                found.setdefault(file_ids[guess.path], key)
    return found


def _climb(
    connection: Connection,
    shapes: dict[Key, Shape],
    standing: dict[Key, store.KnownItem],
    leaving: dict[str, Key],
) -> dict[Key, str]:
    """From the leaves up: an old parent all of whose children leave for one new parent becomes it."""
    claimed: dict[Key, str] = {}
    moved = dict(leaving)
    # A leaf that keeps its identity may still change parents (an album artist was corrected).
    by_id = {item.id: key for key, item in standing.items()}
    moved.update(by_id)
    while moved:
        for item_id, key in moved.items():
            if key not in standing:
                claimed.setdefault(key, item_id)
        moved = _parents(connection, shapes, standing, moved)
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
    open_ = {
        parent: next(iter(keys))
        for parent, keys in goals.items()
        if len(keys) == 1 and next(iter(keys)) not in standing
    }
    children = store.child_ids(connection, open_)
    return {parent: key for parent, key in open_.items() if key and not children.get(parent, set()) - leaving[parent]}
