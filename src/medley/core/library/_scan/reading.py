"""Steps 2 and 3, the worker's side: folders go out to the children as orders, answers come back."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from medley.core.library._scan import child
from medley.core.library._scan.messages import (
    FileOrder,
    FolderAnswer,
    FolderOrder,
    ReadOrder,
    decode_answers,
    decode_order,
    encode,
)
from medley.core.library._scan.step1_walk import Listing, disc_of
from medley.core.library._store import files as store
from medley.kernel.children import NO_STEP, Children, Limits, Outcome
from medley.kernel.errors import Unavailable

_BATCH_FILES = 250  # files in one message to a child, or more where the discs of one work have more
_DEATHS = 5  # so often in a row may a child die before it has begun


Wrong = tuple[str, str, str]  # path, what is wrong with it, what to do


@dataclass(slots=True)
class Read:
    """The answers to one order, the signatures of its folders' listings, and what killed a child."""

    folders: list[FolderAnswer] = field(default_factory=list)
    signatures: dict[str, bytes] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def files(self) -> int:
        """How many files were answered for."""
        return sum(len(answer.files) for answer in self.folders)


@dataclass(slots=True)
class Batch:
    """An order under way."""

    order: ReadOrder
    signatures: dict[str, bytes]
    message: bytes = b""
    deaths: int = 0
    wrong: list[Wrong] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """Reads folders in child processes; a file that kills its child is left unread."""

    children: Children
    limits: Limits
    head: ReadOrder  # what all orders have in common
    unchanged: Callable[[Listing], tuple[dict[str, store.KnownFile], dict[str, bytes]]]
    _waiting: deque[Batch] = field(default_factory=deque)

    def all(self, listings: Iterable[Listing]) -> Iterator[Read]:
        """Every folder's answer, in batches, as they become ready."""
        for batch in self._batches(listings):
            while self.children.full:
                yield self._next()
            self._submit(batch)
        while self._waiting:
            yield self._next()

    def _batches(self, listings: Iterable[Listing]) -> Iterator[Batch]:
        folders: list[FolderOrder] = []
        signatures: dict[str, bytes] = {}
        size, before = 0, None
        for listing in listings:
            work = disc_of(listing.path)
            if size >= _BATCH_FILES and (work is None or work != before):
                yield Batch(self._order(folders), signatures)
                folders, signatures, size = [], {}, 0
            before = work
            folders.append(self._folder(listing))
            signatures[listing.path] = listing.signature()
            size += len(listing.files) + 1
        if folders:
            yield Batch(self._order(folders), signatures)

    def _order(self, folders: list[FolderOrder]) -> ReadOrder:
        head = self.head
        return ReadOrder(head.root, head.source_name, head.kinds, head.readers, folders)

    def _folder(self, listing: Listing) -> FolderOrder:
        """Which of the folder's files to read: those that are new or changed."""
        same, facts = self.unchanged(listing)
        orders = []
        for name, size, mtime_ns in listing.files:
            before = same.get(name)
            stored = facts.get(before.id) if before else None
            orders.append(FileOrder(name, size, mtime_ns, before is None, stored, before is not None))
        return FolderOrder(listing.path, orders, listing.folders, [list(names) for names in listing.above])

    def _submit(self, batch: Batch) -> None:
        batch.message = encode(batch.order)
        batch.order.folders = []  # it is all in the message
        self._waiting.append(batch)
        self.children.submit(batch.message)

    def _next(self) -> Read:
        while True:
            outcome = self.children.next()
            batch = next(each for each in self._waiting if each.message is outcome.message)
            self._waiting.remove(batch)
            if not outcome.failure:
                return Read(decode_answers(outcome.answer), batch.signatures, batch.wrong)
            self._mend(batch, outcome)
            self._submit(batch)

    def _mend(self, batch: Batch, outcome: Outcome) -> None:
        """Take what killed the child out of the order."""
        batch.order = order = decode_order(outcome.message)
        files = [(folder, file) for folder in order.folders for file in folder.files]
        if outcome.step == NO_STEP:
            batch.deaths += 1
            if batch.deaths >= _DEATHS:
                raise Unavailable(
                    "The program that reads files ends before it has begun.", hint="`medley check` may tell why."
                )
        elif outcome.step >= len(files):
            order.folders[outcome.step - len(files)].recognise = False
        else:
            folder, file = files[outcome.step]
            file.read = False
            slow = f"it takes longer than {self.limits.seconds:.0f} s"
            reason = slow if outcome.failure == "time" else "the program that reads it crashed"
            path = f"{folder.path}/{file.name}" if folder.path else file.name
            batch.wrong.append((path, f"The file could not be read: {reason}.", "It is probably damaged."))


def open_children(count: int, limits: Limits) -> Children:
    """As many children as read at once."""
    return Children(child.TARGET, count, limits)
