"""Passwords are hashed at once here."""

from tests.support.passwords import quick_passwords

__all__ = ["quick_passwords"]
