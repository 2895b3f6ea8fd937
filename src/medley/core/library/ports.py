"""What the library asks of the outside."""

from typing import BinaryIO, Protocol

import msgspec

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


class Draw(msgspec.Struct, frozen=True, tag=True):
    """Draw an item's picture once, in several widths (never enlarged, upright, WebP).

    `origin` and `index` are those of `medley.core.kinds.Art`. Answered by `Drawing`.
    """

    origin: str
    index: int
    widths: tuple[int, ...]


class ShowPage(msgspec.Struct, frozen=True, tag=True):
    """A page of a comic or PDF, by its 0-based number; `width` 0 is the original. Answered by `Document`."""

    number: int
    width: int = 0


class ShowPicture(msgspec.Struct, frozen=True, tag=True):
    """A photo as every browser can show it, `width` pixels wide at most. Answered by `Document`."""

    width: int


class ShowResource(msgspec.Struct, frozen=True, tag=True):
    """A file inside a book: a chapter, a style, a picture. Answered by `Document`."""

    path: str


class ShowSpine(msgspec.Struct, frozen=True, tag=True):
    """The order of a book's chapters. Answered by `Spine`."""


Wish = Draw | ShowPage | ShowPicture | ShowResource | ShowSpine


class DeskOrder(msgspec.Struct, frozen=True):
    """What the desk is asked to do with the file at `path` below `root`."""

    root: str
    path: str
    wish: Wish


class Drawing(msgspec.Struct, frozen=True, tag=True):
    """Pictures by width; the original's size in pixels; a ThumbHash (https://evanw.github.io/thumbhash/)."""

    pictures: dict[int, bytes]
    width: int
    height: int
    placeholder: bytes


class Document(msgspec.Struct, frozen=True, tag=True):
    """Bytes for a browser."""

    data: bytes
    media_type: str


class SpineItem(msgspec.Struct, frozen=True):
    """One chapter's file inside the book."""

    href: str
    media_type: str
    linear: bool = True  # False: notes and the like, shown only when linked to


class Spine(msgspec.Struct, frozen=True, tag=True):
    """The chapters in their order; `layout` is reflow or fixed, `direction` ltr or rtl."""

    items: list[SpineItem]
    layout: str = "reflow"
    direction: str = "ltr"


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """Why it cannot be done: an error's code, sentence and hint."""

    code: str
    message: str
    hint: str = ""


class Desk(Protocol):
    """Makes pictures and documents of files, in a child process (`medley.kernel.children`).

    The desk is handed over as the `package.module:function` that the child runs: `DeskOrder` in, one of `Drawing`,
    `Document`, `Spine` or `Refusal` out, both as MessagePack.
    """

    def __call__(self, message: bytes, step: object) -> bytes: ...


DeskAnswer = Drawing | Document | Spine | Refusal
encode = msgspec.msgpack.Encoder().encode
decode_order = msgspec.msgpack.Decoder(DeskOrder).decode
decode_answer = msgspec.msgpack.Decoder(DeskAnswer).decode
