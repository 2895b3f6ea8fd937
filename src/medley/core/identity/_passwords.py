"""Passwords and tokens as they are kept: never as they were given."""

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from medley.kernel.errors import TooManyRequests

# RFC 9106 section 4, second recommendation: 64 MiB, three passes.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
# Each hash takes 64 MiB and a core for a moment: more at once would only make everybody wait.
_turns = threading.BoundedSemaphore(2)
_PATIENCE_S = 5.0

# Verified when there is no such user, so that both answers take the same time.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$bWVkbGV5LW5vYm9keS4uLg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

# Without letters that look alike; 10 of them hold 50 bits.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_CODE_LENGTH = 10
_APP_GROUPS, _APP_GROUP = 6, 4  # 24 letters hold 118 bits


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE_S):
        raise TooManyRequests("Too many people sign in right now.", hint="Try again in a moment.", retry_after_s=5)
    try:
        yield
    finally:
        _turns.release()


def hash_password(password: str) -> str:
    """An Argon2id hash with its salt and parameters, as text."""
    with _turn():
        return _hasher.hash(_bytes(password))


def password_fits(kept: str | None, password: str) -> bool:
    """Whether `password` made the hash `kept`; as slow for None as for a hash."""
    with _turn():
        try:
            return _hasher.verify(kept or _NOBODY, _bytes(password)) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def new_token() -> str:
    """256 random bits for a client to keep."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code short enough to type, long enough not to be guessed."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def new_app_secret() -> str:
    """118 random bits, in groups that are easy to type: `abcd-efgh-…`."""
    groups = range(_APP_GROUPS)
    return "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(_APP_GROUP)) for _ in groups)


def app_secret_of(typed: str) -> str:
    """An app password as people type it, in the one spelling that is digested: small letters, nothing between."""
    return "".join(letter for letter in typed.lower() if letter not in "- ")


def looks_like_app_secret(typed: str) -> bool:
    """Whether `typed` could be an app password, alive or revoked."""
    plain = app_secret_of(typed)
    return len(plain) == _APP_GROUPS * _APP_GROUP and all(letter in _CODE_LETTERS for letter in plain)


def digest(token: str) -> str:
    """What is kept of a token or code: they are random, so one round of SHA-256 cannot be turned back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
