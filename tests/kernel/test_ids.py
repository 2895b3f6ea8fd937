"""Ids are unique, opaque and made in the order of time."""

import time

import pytest

from medley.kernel.ids import is_id, new_id


def test_ids_are_unique_and_have_the_shape() -> None:
    ids = {new_id() for _ in range(10_000)}
    assert len(ids) == 10_000
    assert all(is_id(each) for each in ids)


def test_a_later_id_sorts_later() -> None:
    earlier = new_id()
    time.sleep(0.003)
    assert earlier < new_id()


@pytest.mark.parametrize("text", ["", "0" * 25, "0" * 27, "0" * 25 + "u", "0" * 25 + "A", "../" * 8 + "00", "é" * 26])
def test_other_text_is_no_id(text: str) -> None:
    assert not is_id(text)
