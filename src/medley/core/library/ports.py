"""What the library asks of the outside."""

from collections.abc import Callable
from typing import BinaryIO, Protocol

from medley.core.kinds import Facts


class Reader(Protocol):
    """Reads facts out of one family of file formats.

    A reader runs in a child process with a time and a memory limit, on files nobody vouches for. It may raise
    whatever it likes: the child turns that into a notice that names the file.
    """

    extensions: frozenset[str]  # lower case, without the dot

    def read(self, file: BinaryIO, name: str) -> Facts:
        """The facts of `file`, an open regular file at position 0 (it has a `fileno()`), called `name`."""
        ...


class Pictures(Protocol):
    """Makes display pictures; every call reads the original once."""

    def render(
        self, file: BinaryIO, name: str, widths: tuple[int, ...], write: Callable[[int, bytes], None]
    ) -> "Rendered":
        """Write one WebP per width (never enlarged, orientation applied) and say what the original is."""
        ...


class Rendered(Protocol):
    """What rendering found out."""

    width: int
    height: int
    placeholder: bytes  # a ThumbHash of at most 25 bytes, https://evanw.github.io/thumbhash/
