"""Opaque 128-bit ids, made in the order of time.

The shape is that of a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32, lower case): new rows
land at the end of an index instead of all over it. Nothing may read meaning out of one.
"""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)


def new_id() -> str:
    """A fresh id: 26 characters of `[0-9a-z]` without `i l o u`."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an id (says nothing about whether it exists)."""
    return len(text) == _LENGTH and all(letter in _ALPHABET for letter in text)
