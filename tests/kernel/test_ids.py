"""Ids are unique, opaque and made in the order of time."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from medley.kernel.ids import is_id, new_id


def test_ids_are_unique_and_have_the_shape() -> None:
    ids = {new_id() for _ in range(10_000)}
    assert len(ids) == 10_000
    assert all(is_id(each) for each in ids)


def test_threads_and_forks_never_share_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = [each for made in pool.map(lambda _: [new_id() for _ in range(2_000)], range(8)) for each in made]
    assert len(set(ids)) == len(ids)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        tails = [each[10:] for made in pool.map(_some, range(4)) for each in made]
    assert not set(tails) & {new_id()[10:] for _ in range(500)}
    assert len(set(tails)) == len(tails)


def _some(_: int) -> list[str]:
    return [new_id() for _ in range(100)]


def test_a_later_id_sorts_later() -> None:
    earlier = new_id()
    time.sleep(0.003)
    assert earlier < new_id()


@pytest.mark.parametrize("text", ["", "0" * 25, "0" * 27, "0" * 25 + "u", "0" * 25 + "A", "../" * 8 + "00", "é" * 26])
def test_other_text_is_no_id(text: str) -> None:
    assert not is_id(text)
