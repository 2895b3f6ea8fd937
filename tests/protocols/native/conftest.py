"""One house for all tests of the door; a test that changes people or items makes its own or puts them back."""

from collections.abc import Iterator

import pytest
from tests.support.house import House, open_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
