"""What several kinds need to know about names: pure functions of text, shared inside `core.kinds` only."""

from medley.core.kinds._names.folding import fold, identity
from medley.core.kinds._names.sorting import natural_key, sort_key

__all__ = ["fold", "identity", "natural_key", "sort_key"]
