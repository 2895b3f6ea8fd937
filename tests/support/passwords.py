"""Passwords that are hashed at once, for tests that are not about hashing."""

import pytest
from argon2 import PasswordHasher

from medley.core.identity import _passwords


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Argon2 with the least that it allows: a tenth of a second and 64 MiB each would be most of the tests' time."""
    _passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _passwords._NOBODY = _passwords._hasher.hash("nobody")
