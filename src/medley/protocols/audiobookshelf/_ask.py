"""What a request asks for: parts of its path, parameters of its address, and its body."""

import math
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from starlette.requests import Request

from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import is_id

T = TypeVar("T")

_YES = ("1", "true", "yes")
_LARGEST = 1 << 31
_LONGEST_S = 1e12


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. Readers raise `InvalidInput` for what makes no sense, `NotFound` for an id that nobody made."""

    request: Request
    body: bytes = b""

    def id(self, name: str) -> str:
        """A part of the path that is one of our ids."""
        text = self.request.path_params.get(name, "")
        if not is_id(text):
            raise NotFound("There is nothing with this id.", hint="It may have been removed; refresh the app.")
        return text

    def part(self, name: str) -> str:
        """A part of the path."""
        return _readable(self.request.path_params[name])

    def text(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return _readable(self.request.query_params.get(name, default))

    def flag(self, name: str) -> bool:
        """Whether a parameter is set."""
        return self.text(name).lower() in _YES

    def number(self, name: str, default: int = 0, *, most: int = _LARGEST) -> int:
        """A whole number from 0; a larger one than `most` means `most`, and what is none means `default`."""
        text = self.text(name).strip()
        if not text.isascii() or not text.isdecimal() or len(text) > 18:
            return default
        return min(int(text), most)

    def words(self, name: str) -> set[str]:
        """A parameter that lists words, with commas between."""
        return {each.strip() for each in self.text(name).split(",") if each.strip()}

    def json(self, shape: type[T]) -> T:
        """The body as `shape`; one that is not there is an empty object."""
        try:
            return msgspec.json.decode(self.body or b"{}", type=shape, strict=False)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise InvalidInput(f"This request cannot be read: {error}.") from error

    @property
    def address(self) -> str:
        """Where the request came from."""
        return self.request.client.host if self.request.client else ""


def milliseconds(seconds: float | None) -> int:
    """Seconds as apps count them, in ours; nothing and less than nothing are 0."""
    if seconds is None or seconds <= 0:
        return 0
    if not math.isfinite(seconds) or seconds > _LONGEST_S:
        raise InvalidInput("This is no time.", hint="Times are seconds.")
    return round(seconds * 1000)


def seconds(milliseconds: int) -> float:
    """Ours as apps count them."""
    return milliseconds / 1000


def _readable(text: str) -> str:
    if "\0" in text:
        raise InvalidInput("This address contains a zero byte.")
    return text.encode("utf-8", "replace").decode()
