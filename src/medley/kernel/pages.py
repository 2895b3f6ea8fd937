"""Keyset pages: a list is read from the place where the last page ended, never by counting rows to skip."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from medley.kernel.errors import InvalidInput

T = TypeVar("T")

MAX_LIMIT = 500
DEFAULT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and the cursor of the page after it (None at the end)."""

    items: list[T]
    next: str | None = None


def check_limit(limit: int) -> int:
    """`limit` itself, when it is within 1 to `MAX_LIMIT`."""
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidInput(f"A page holds 1 to {MAX_LIMIT} entries, not {limit}.")
    return limit


def encode_cursor(values: Sequence[str | int | float | None]) -> str:
    """The sort values of a page's last row, as text that a URL can carry."""
    return base64.urlsafe_b64encode(msgspec.json.encode(list(values))).decode().rstrip("=")


def decode_cursor(text: str, length: int) -> list[str | int | float | None]:
    """The sort values of which there must be `length`; anything else is an `InvalidInput`."""
    try:
        values = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=list)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        values = []
    if len(values) != length or not all(isinstance(value, str | int | float | None) for value in values):
        raise InvalidInput("This page cursor is not one of ours.", hint="Start again from the first page.")
    return values
