"""Chance that is the same every time."""

from random import Random


def seeded(seed: int) -> Random:
    """A source of numbers for pictures and tunes; nothing secret is drawn from it."""
    return Random(seed)  # noqa: S311
