"""What crosses between the worker and its reading children."""

import msgspec

from medley.core.kinds import Guess


class FileOrder(msgspec.Struct, array_like=True):
    """One file of a folder. `facts`: as stored from an earlier scan (then it is not read again)."""

    name: str
    size: int
    mtime_ns: int
    read: bool = False
    facts: bytes | None = None
    known: bool = False  # it was here before and has not changed


class FolderOrder(msgspec.Struct, array_like=True):
    """A folder to read and recognise."""

    path: str
    files: list[FileOrder]
    folders: list[str]
    above: list[list[str]]


class ReadOrder(msgspec.Struct):
    """A message to a child. `readers` maps an extension to `package.module:name` of a `Reader`."""

    root: str
    source_name: str
    kinds: list[str]
    readers: dict[str, str]
    folders: list[FolderOrder]


class FileAnswer(msgspec.Struct, array_like=True):
    """What reading told. `error` is a sentence for people when there are no facts and should have been."""

    name: str
    size: int
    mtime_ns: int
    fingerprint: bytes | None = None
    essence: bytes | None = None
    facts: bytes | None = None
    format: str = ""
    error: str = ""
    hint: str = ""
    known: bool = False
    duration_ms: int = 0


class FolderAnswer(msgspec.Struct, array_like=True):
    """A folder's files and what they were taken for."""

    path: str
    files: list[FileAnswer]
    guesses: list[Guess]


decode_order = msgspec.msgpack.Decoder(ReadOrder).decode
decode_answers = msgspec.msgpack.Decoder(list[FolderAnswer]).decode
encode = msgspec.msgpack.Encoder().encode
