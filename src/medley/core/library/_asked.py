"""What a question for a list comes to: its sort, checked, and the shelves that it is about."""

from collections.abc import Mapping

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Kind
from medley.core.library._model import ItemQuery
from medley.core.library._store import lists
from medley.kernel.errors import InvalidInput


def checked(kinds: Mapping[str, Kind], query: ItemQuery) -> str:
    """The sort of `query`; `InvalidInput` for one that is not there or cannot be had."""
    sort = query.sort or ("number" if query.parent else "title")
    if sort not in lists.SORTS:
        raise InvalidInput(f"There is no sort “{sort}”.", hint=f"One of: {', '.join(lists.SORTS)}.")
    if sort == "number" and not query.parent:
        raise InvalidInput("Only what stands below one item is sorted by number.", hint="Name a parent.")
    if sort == "genre" and not query.genre:
        raise InvalidInput("Only what has one genre is listed in its order.", hint="Name a genre.")
    if query.order not in ("asc", "desc"):
        raise InvalidInput(f"There is no order “{query.order}”.", hint="It is asc or desc.")
    if query.kind and query.kind not in kinds:
        raise InvalidInput(f"There is no kind “{query.kind}”.", hint=f"One of: {', '.join(kinds)}.")
    return sort


def shelves(connection: Connection, kinds: Mapping[str, Kind], asker: Asker, query: ItemQuery) -> list[tuple[int, int]]:
    """(id, count) of the shelves that one may see. A kind without a level means its broadest one."""
    level = query.level
    narrowed = query.parent or query.genre or query.tag or query.series or query.person or query.favourite
    if query.kind and not level and not narrowed:
        level = kinds[query.kind].levels[0].name
    return lists.shelves(connection, asker.sources, query.kind, level, query.source)
