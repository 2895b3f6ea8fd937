"""Our failures by the numbers of the protocol (https://opensubsonic.netlify.app/docs/responses/error/)."""

from enum import IntEnum

from medley.kernel.errors import Forbidden, InvalidInput, MedleyError, NotFound, Unauthenticated


class Number(IntEnum):
    """What clients tell failures apart by."""

    GENERIC = 0
    MISSING_PARAMETER = 10
    WRONG_CREDENTIALS = 40
    TOKEN_NOT_SUPPORTED = 41
    MECHANISM_NOT_SUPPORTED = 42
    CONFLICTING_MECHANISMS = 43
    WRONG_API_KEY = 44
    NOT_ALLOWED = 50
    NOT_FOUND = 70


class Fault(MedleyError):
    """A failure whose number the class of ours cannot tell."""

    code = "subsonic-fault"

    def __init__(self, number: Number, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.number = number


_NUMBERS: dict[type[MedleyError], Number] = {
    Unauthenticated: Number.WRONG_CREDENTIALS,
    Forbidden: Number.NOT_ALLOWED,
    NotFound: Number.NOT_FOUND,
    InvalidInput: Number.GENERIC,
}


def number_of(error: MedleyError) -> Number:
    """The number that tells of `error`."""
    return error.number if isinstance(error, Fault) else _NUMBERS.get(type(error), Number.GENERIC)
