"""Step 2, in a child process: each file is opened once, fingerprinted and read."""

import importlib
import os
from functools import cache
from hashlib import blake2b
from typing import BinaryIO

from medley.core.kinds.facts import Facts, encode
from medley.core.library._scan.messages import FileAnswer, FileOrder
from medley.core.library.ports import Reader
from medley.kernel.errors import MedleyError, NotFound
from medley.kernel.files import OpenFolder

_STRETCH = 4 << 10
_ID3V1 = 128  # bytes at the very end
_BEFORE_END = (32 << 10, 512 << 10)


def read_file(folder: OpenFolder, order: FileOrder, readers: dict[str, str]) -> tuple[FileAnswer | None, Facts | None]:
    """Open, fingerprint and read one file; no answer where it is gone. Never raises for what is wrong with the file."""
    answer = FileAnswer(order.name, order.size, order.mtime_ns)
    try:
        with folder.open(order.name) as file:
            facts = _read(file, order, readers, answer)
    except NotFound:
        return None, None
    except MedleyError as error:  # it may not be opened, or the disk is ill: no fault of the file's contents
        answer.error, answer.hint, answer.settled = error.message, error.hint, False
        return answer, None
    if facts is not None:
        answer.facts, answer.format = encode(facts), facts.format
    return answer, facts


def _read(file: BinaryIO, order: FileOrder, readers: dict[str, str], answer: FileAnswer) -> Facts | None:
    spec, facts = reader_of(order.name, readers), None
    try:
        answer.fingerprint, answer.essence = fingerprint(file.fileno(), order.size)
        facts = _reader(spec).read(file, order.name) if spec else None
    except MedleyError as error:
        answer.error, answer.hint = error.message, error.hint
    except MemoryError:
        answer.error = "Reading the file takes more memory than a file is given."
    except Exception as error:  # whatever a library makes of a broken file
        answer.error = f"The file cannot be read as {extension(order.name)}: {_brief(error)}"
        answer.hint = "It may be damaged or not finished copying."
    found = os.fstat(file.fileno())
    if (found.st_size, found.st_mtime_ns) != (order.size, order.mtime_ns):
        answer.settled = False
    return facts


def fingerprint(fd: int, size: int) -> tuple[bytes, bytes]:
    """(fingerprint, essence): 16 bytes each.

    The fingerprint covers size, head, middle and end, and so survives a move. The essence is made of short stretches
    at fixed distances from the end, past an ID3v1 tag: tags at the head of FLAC, Ogg and MP3 files move the music but
    do not change it, so it survives a retag. (More than one stretch: many songs end in the same silence.)
    """
    whole = blake2b(size.to_bytes(8, "little"), digest_size=16)
    whole.update(os.pread(fd, _STRETCH, 0))
    if size > 4 * _STRETCH:
        whole.update(os.pread(fd, _STRETCH, size // 2))
    end = os.pread(fd, _STRETCH + _ID3V1, max(0, size - _STRETCH - _ID3V1))
    whole.update(end)
    if end[-_ID3V1:].startswith(b"TAG"):
        end, size = end[:-_ID3V1], size - _ID3V1
    music = blake2b(end[-_STRETCH:], digest_size=16)
    for before_end in _BEFORE_END:
        if size > 2 * before_end:
            music.update(os.pread(fd, _STRETCH, size - before_end))
    return whole.digest(), music.digest()


def reader_of(name: str, readers: dict[str, str]) -> str:
    """Which reader reads files called `name`: by the whole name, by a double ending (`.info.json`), by the last one."""
    *_, before, last = ("", "", *name.lower().rsplit(".", 2))
    return readers.get(name.lower()) or readers.get(f"{before}.{last}") or readers.get(last) or ""


def extension(name: str) -> str:
    """Lower case, without the dot; "" where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


@cache
def _reader(spec: str) -> Reader:
    module, _, name = spec.partition(":")
    return getattr(importlib.import_module(module), name)


def _brief(error: Exception) -> str:
    text = " ".join(str(error).split())[:200] or type(error).__name__
    return text if text.endswith(".") else text + "."
