"""Cursors of pages, checked for what their columns hold: a forged one is refused instead of failing in SQL."""

from typing import Any

from medley.kernel.errors import InvalidInput
from medley.kernel.pages import decode_cursor

_LARGEST = 1 << 63


def cursor_of(cursor: str, *types: type) -> list[Any] | None:
    """The sort values of a page's last row, each of its type (float takes whole numbers too); None for no cursor."""
    if not cursor:
        return None
    values = decode_cursor(cursor, len(types))
    for value, type_ in zip(values, types, strict=True):
        numeric = type_ is not str and isinstance(value, int | float) and not isinstance(value, bool)
        if type_ is int:
            numeric = numeric and isinstance(value, int) and -_LARGEST <= value < _LARGEST
        if not numeric and not (type_ is str and isinstance(value, str) and "\0" not in value):
            raise InvalidInput("This page cursor is not one of ours.", hint="Start again from the first page.")
    return values
