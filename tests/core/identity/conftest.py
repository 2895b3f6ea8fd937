"""Passwords are hashed at once here; what is hashed can be counted."""

import pytest
from argon2 import PasswordHasher
from tests.support.passwords import quick_passwords

__all__ = ["quick_passwords"]


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each password that was hashed to see whether it fits."""
    seen: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str | bytes, password: str | bytes) -> bool:
        seen.append(str(kept))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    return seen
