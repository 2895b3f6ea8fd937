"""Opaque 128-bit ids, made in the order of time.

The shape is that of a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32, lower case): new rows
land at the end of an index instead of all over it. Nothing may read meaning out of one.
"""

import os
import time
from functools import lru_cache

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH, _RANDOM = 26, 16
_LETTERS = (_ALPHABET * 8).encode()  # of each byte the five lowest bits count
_AT_ONCE = 256

_spare: list[str] = []  # random parts, each taken once; pop and extend are whole in the eyes of other threads
os.register_at_fork(after_in_child=_spare.clear)


def new_id() -> str:
    """A fresh id: 26 characters of `[0-9a-z]` without `i l o u`."""
    now = _at(time.time_ns() // 1_000_000)
    while True:
        try:
            return now + _spare.pop()
        except IndexError:  # another thread may empty it again at once
            _spare.extend(_random_parts())


def _random_parts() -> list[str]:
    """Many at a time: a scan makes hundreds of thousands, and each asking of the system lets other threads in."""
    drawn = os.urandom(_RANDOM * _AT_ONCE).translate(_LETTERS).decode()
    return [drawn[start : start + _RANDOM] for start in range(0, len(drawn), _RANDOM)]


@lru_cache(maxsize=1)
def _at(now_ms: int) -> str:
    return "".join([_ALPHABET[now_ms >> shift & 31] for shift in range(45, -1, -5)])


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an id (says nothing about whether it exists)."""
    return len(text) == _LENGTH and all(letter in _ALPHABET for letter in text)
