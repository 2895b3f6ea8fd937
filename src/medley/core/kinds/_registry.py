"""Finding the kinds that are installed: ours and strangers' by the same entry points."""

from functools import cache
from importlib.metadata import entry_points

from medley.core.kinds.kind import Kind


@cache
def load_kinds() -> dict[str, Kind]:
    """Every installed kind by its name, in the order of their names."""
    found = {point.name: point.load() for point in entry_points(group="medley.kind")}
    return {name: found[name] for name in sorted(found)}
