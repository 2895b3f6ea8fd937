"""A house of its own, and apps that are signed in there as Feishin does it."""

from collections.abc import Iterator

import httpx
import pytest
from tests.support.house import PASSWORD, House, open_house
from tests.support.navidrome import Feishin


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="session")
def feishin(house: House) -> Feishin:
    """The administrator's."""
    return Feishin.sign_in(house.url, "admin", PASSWORD)


@pytest.fixture(scope="session")
def limited(house: House) -> Feishin:
    """Of somebody who may see the films alone."""
    return Feishin.sign_in(house.url, "limited", PASSWORD)


@pytest.fixture
def stranger(house: House) -> Iterator[httpx.Client]:
    """Nobody."""
    with httpx.Client(base_url=f"{house.url}/navidrome", timeout=30) as client:
        yield client
