"""What crosses between the worker and its reading children."""

import msgspec

from medley.core.kinds import Guess, Rung


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
    recognise: bool = True  # False: the kinds died of it


class ReadOrder(msgspec.Struct):
    """A message to a child. `kinds` are at `package.module:name`, and so are the `readers`, by extension."""

    root: str
    source_name: str
    kinds: list[str]
    readers: dict[str, str]
    folders: list[FolderOrder]


class FileAnswer(msgspec.Struct, array_like=True):
    """What reading told. `error` is a sentence for people when there are no facts and should have been.

    A file that is not `settled` changed while it was read, or could not be opened: the next scan looks again.
    """

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
    settled: bool = True


class FolderAnswer(msgspec.Struct, array_like=True):
    """A folder's files and what they were taken for; with an `error`, they stay what they were.

    The tracks of an album share its rung, and it crosses once: `ladders` are numbers of `rungs`, one list for each of
    `bare`, the guesses without their ladders.
    """

    path: str
    files: list[FileAnswer]
    rungs: list[Rung] = []
    bare: list[Guess] = []
    ladders: list[list[int]] = []
    error: str = ""
    settled: bool = True  # false where a listed file was gone when it was read: the next scan looks again

    def guesses(self) -> list[Guess]:
        """What the files were taken for."""
        rungs, put = self.rungs, msgspec.structs.replace
        return [
            put(guess, ladder=tuple(rungs[number] for number in ladder))
            for guess, ladder in zip(self.bare, self.ladders, strict=True)
        ]


def answer(path: str, files: list[FileAnswer], guesses: list[Guess]) -> FolderAnswer:
    """A folder that was recognised."""
    rungs = {id(rung): rung for guess in guesses for rung in guess.ladder}
    numbers = {key: number for number, key in enumerate(rungs)}
    return FolderAnswer(
        path,
        files,
        list(rungs.values()),
        [msgspec.structs.replace(guess, ladder=()) for guess in guesses],
        [[numbers[id(rung)] for rung in guess.ladder] for guess in guesses],
    )


decode_order = msgspec.msgpack.Decoder(ReadOrder).decode
decode_answers = msgspec.msgpack.Decoder(list[FolderAnswer]).decode
encode = msgspec.msgpack.Encoder().encode
