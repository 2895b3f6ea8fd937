"""Finding the kinds that are installed: ours and strangers' by the same entry points."""

import importlib
from functools import cache

from medley.core.kinds.kind import Kind


@cache
def kind_specs() -> dict[str, str]:
    """Where every installed kind is, as `package.module:name`, by its name, in the order of their names."""
    from importlib.metadata import entry_points  # slow to import, and children are told the specs

    return {point.name: point.value for point in sorted(entry_points(group="medley.kind"), key=lambda each: each.name)}


@cache
def load_kind(spec: str) -> Kind:
    """The kind that is at `package.module:name`."""
    module, _, name = spec.partition(":")
    return getattr(importlib.import_module(module), name)


@cache
def load_kinds() -> dict[str, Kind]:
    """Every installed kind by its name, in the order of their names."""
    return {name: load_kind(spec) for name, spec in kind_specs().items()}
