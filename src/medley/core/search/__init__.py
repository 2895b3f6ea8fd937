"""Search: one index over every kind, fed by events, rebuilt at will. See README.md in this folder."""

from medley.core.search._search import Search
from medley.core.search.ports import Entry, Found, Hit, Index, Wanted

__all__ = ["Entry", "Found", "Hit", "Index", "Search", "Wanted"]
