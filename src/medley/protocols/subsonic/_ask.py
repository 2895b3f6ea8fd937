"""What a request asks for: its parameters, read by name and type."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request

from medley.kernel.errors import InvalidInput
from medley.protocols.subsonic._errors import Fault, Number
from medley.protocols.subsonic._ids import Ref, ref_of

T = TypeVar("T")

_FORM = "application/x-www-form-urlencoded"
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.0*)?")
_YES, _NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")
_REQUIRED: Any = object()
_LARGEST = 1 << 53  # JavaScript's whole numbers


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. Readers raise error 10 for a parameter that is missing and error 0 for one that makes no sense.

    `body` is what was sent and is no form; `request` is for handlers that answer with bytes.
    """

    request: Request
    values: Mapping[str, Sequence[str]]
    body: bytes = b""
    method: str = ""

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return name in self.values

    def text(self, name: str, default: str = _REQUIRED) -> str:
        """The first value of `name`."""
        given = self.values.get(name)
        if given:
            return _readable(name, given[0])
        if default is _REQUIRED:
            raise missing(name)
        return default

    def texts(self, name: str) -> list[str]:
        """Every value of a parameter that may be repeated."""
        return [_readable(name, each) for each in self.values.get(name, ())]

    def number(self, name: str, default: int = _REQUIRED, *, least: int = 0, most: int = _LARGEST) -> int:
        """A whole number of at least `least`; a larger one than `most` means `most`."""
        text = self.text(name, "" if default is not _REQUIRED else _REQUIRED).strip()
        return _whole(name, text, least, most) if text else default

    def numbers(self, name: str, *, least: int = 0, most: int = _LARGEST) -> list[int]:
        """Every value of a parameter of whole numbers that may be repeated."""
        return [_whole(name, each, least, most) for each in self.texts(name)]

    def decimal(self, name: str, default: float = _REQUIRED, *, least: float = 0.0, most: float = 1e9) -> float:
        """A number of at least `least`; a larger one than `most` means `most`."""
        text = self.text(name, "" if default is not _REQUIRED else _REQUIRED).strip()
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            raise InvalidInput(f"“{name}” is a number, not {text!r}.") from None
        if not value >= least:  # NaN too
            raise InvalidInput(f"“{name}” is at least {least}, not {text}.")
        return min(value, most)

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false."""
        text = self.text(name, "").strip().lower()
        if not self.has(name):
            return default
        if text not in _YES and text not in _NO:
            raise InvalidInput(f"“{name}” is true or false, not {text!r}.")
        return text in _YES

    def ref(self, name: str, default: Ref = _REQUIRED) -> Ref:
        """What an id stands for."""
        if default is not _REQUIRED and not self.values.get(name):
            return default
        return ref_of(self.text(name))

    def refs(self, name: str) -> list[Ref]:
        """What every value of a repeated parameter of ids stands for."""
        return [ref_of(each) for each in self.texts(name)]

    @property
    def client(self) -> str:
        """What the app calls itself (`c`)."""
        return (self.values.get("c") or ("",))[0][:100]

    @property
    def address(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else ""


def missing(name: str) -> Fault:
    """A required parameter was not given."""
    return Fault(Number.MISSING_PARAMETER, f"The parameter “{name}” is missing.")


async def read(request: Request, method: str) -> Ask:
    """The request with the parameters of its address, and where it is a form, of its body."""
    values = _parsed(request.scope.get("query_string", b""))
    body = await request.body() if request.method == "POST" else b""
    if body and request.headers.get("content-type", _FORM).partition(";")[0].strip().lower() == _FORM:
        for name, more in _parsed(body).items():
            values[name] = [*values.get(name, ()), *more]
        body = b""
    return Ask(request, values, body, method)


def _parsed(query: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(query.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100_000)
    except ValueError as error:
        raise InvalidInput("These parameters cannot be read.", hint="Send fewer at once.") from error


def _readable(name: str, text: str) -> str:
    if "\0" in text:
        raise InvalidInput(f"“{name}” contains a zero byte.")
    return text


def _whole(name: str, text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text.strip()) or not text.isascii():
        raise InvalidInput(f"“{name}” is a whole number, not {text[:40]!r}.")
    value = int(text.strip().partition(".")[0])
    if value < least:
        raise InvalidInput(f"“{name}” is at least {least}, not {value}.")
    return min(value, most)
