"""The next item is made while one is used."""

import threading
from collections.abc import Iterator

import pytest

from medley.kernel.ahead import ahead


def test_items_come_in_their_order() -> None:
    with ahead(range(100)) as items:
        assert list(items) == list(range(100))
    with ahead([]) as items:
        assert list(items) == []


def test_the_next_is_made_while_one_is_used() -> None:
    made = [threading.Event() for _ in range(3)]

    def source() -> Iterator[int]:
        for number, event in enumerate(made):
            event.set()
            yield number

    with ahead(source()) as items:
        for number in items:
            assert number == 2 or made[number + 1].wait(10)


def test_an_exception_comes_where_its_item_would_have() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise KeyError("lost")

    with ahead(source()) as items:
        assert next(items) == 1
        with pytest.raises(KeyError, match="lost"):
            next(items)


def test_leaving_early_waits_for_the_item_that_is_being_made() -> None:
    asked, go, made = threading.Event(), threading.Event(), []

    def source() -> Iterator[int]:
        yield 1
        asked.set()
        assert go.wait(10)
        made.append(2)
        yield 2

    with ahead(source()) as items:
        next(items)
        assert asked.wait(10)
        threading.Timer(0.05, go.set).start()
    assert made == [2]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
