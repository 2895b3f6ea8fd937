"""One house for all tests of the door; a test that changes people or items makes its own or puts them back."""

from collections.abc import Iterator

import pytest
from tests.support.house import House, open_house
from tests.support.passwords import quick_passwords

__all__ = ["quick_passwords"]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
