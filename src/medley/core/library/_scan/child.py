"""The reading child's whole work: folders in, files and guesses out."""

from functools import cache
from typing import TYPE_CHECKING

from medley.core.kinds import Entry, Facts, Folder, Kind, load_kind
from medley.core.kinds.facts import decode
from medley.core.library._scan.messages import (
    FileAnswer,
    FileOrder,
    FolderAnswer,
    FolderOrder,
    ReadOrder,
    answer,
    decode_order,
    encode,
)
from medley.core.library._scan.step2_read import read_file
from medley.core.library._scan.step3_recognise import recognise
from medley.kernel.files import OpenFolder, Root

if TYPE_CHECKING:
    from medley.kernel.children import Step  # the parent's side, of which a child needs nothing

TARGET = f"{__name__}:work"


def work(message: bytes, step: "Step") -> bytes:
    """Answer a `ReadOrder` with a list of `FolderAnswer`.

    Steps count the files through all folders, and then, from the number of files on, the folders being recognised.
    """
    order = decode_order(message)
    kinds = [load_kind(spec) for spec in order.kinds]
    total = sum(len(folder.files) for folder in order.folders)
    answers, number = [], 0
    for place, folder in enumerate(order.folders):
        files, entries = [], []
        with _root(order.root).folder(folder.path) as opened:
            for file in folder.files:
                step(number)
                number += 1
                found, facts = _file(opened, order.readers, file)
                if found is None:
                    continue
                found.duration_ms = facts.duration_ms if facts else 0
                files.append(found)
                entries.append(Entry(file.name, file.size, file.mtime_ns // 1_000_000, facts))
        step(total + place)
        answers.append(_recognised(order, folder, files, entries, kinds))
        answers[-1].settled = len(files) == len(folder.files)
    return encode(answers)


def _recognised(
    order: ReadOrder, folder: FolderOrder, files: list[FileAnswer], entries: list[Entry], kinds: list[Kind]
) -> FolderAnswer:
    try:
        if folder.recognise:
            return answer(folder.path, files, recognise(_folder(order, folder, entries), kinds))
        reason = "it takes too long or crashes"
    except Exception as error:  # a kind's fault; it must not take the other folders with it
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return FolderAnswer(folder.path, files, error=f"What is in this folder could not be recognised: {reason}.")


def _file(folder: OpenFolder, readers: dict[str, str], order: FileOrder) -> tuple[FileAnswer | None, Facts | None]:
    if order.read:
        return read_file(folder, order, readers)
    unread = FileAnswer(order.name, order.size, order.mtime_ns, known=order.known)
    return unread, decode(order.facts) if order.facts else None


def _folder(order: ReadOrder, folder: FolderOrder, entries: list[Entry]) -> Folder:
    return Folder(
        parts=tuple(folder.path.split("/")) if folder.path else (),
        source_name=order.source_name,
        files=tuple(entries),
        folders=tuple(folder.folders),
        above=tuple(tuple(names) for names in folder.above),
    )


@cache
def _root(path: str) -> Root:
    return Root(path)
