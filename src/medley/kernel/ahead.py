"""Work that goes on while its results are used."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def ahead(source: Iterable[T]) -> Iterator[Iterator[T]]:
    """The items of `source`: while one is used, the next is made in a thread of its own.

    What `source` raises comes out where its item would have. The end of the block waits for an item that is being made.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        yield _each(thread, iter(source))


def _each(thread: ThreadPoolExecutor, source: Iterator[T]) -> Iterator[T]:
    end: Any = object()
    coming = thread.submit(next, source, end)
    while (item := coming.result()) is not end:
        coming = thread.submit(next, source, end)
        yield item
