"""Failures that a person can act on.

Every error is a sentence for people, and where there is something to do about it, a `hint` that says what.
Doors translate the class into their own status; the native API into RFC 9457 problem details.
"""

from typing import Any, ClassVar


class MedleyError(Exception):
    """The base of every failure that Medley explains rather than crashes with."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class InvalidInput(MedleyError):
    """What was asked makes no sense: a wrong type, an unknown name, a value out of range."""

    code = "invalid-input"


class Unauthenticated(MedleyError):
    """Nobody is signed in."""

    code = "unauthenticated"


class Forbidden(MedleyError):
    """Somebody is signed in, and may not do this."""

    code = "forbidden"


class NotFound(MedleyError):
    """It does not exist, or the asker may not know that it does."""

    code = "not-found"


class Conflict(MedleyError):
    """It contradicts what is there: a name that is taken, a change based on an old state."""

    code = "conflict"


class TooLarge(MedleyError):
    """It is larger than a limit allows."""

    code = "too-large"


class TooManyRequests(MedleyError):
    """Asked too often; `details["retry_after_s"]` says how long to wait."""

    code = "too-many-requests"


class Unsupported(MedleyError):
    """It is understood, and cannot be done with this file or on this machine."""

    code = "unsupported"


class Unavailable(MedleyError):
    """A part is missing or not answering now: a disk, a database, a program."""

    code = "unavailable"
