"""One house with music in it for all tests of the door; a test that changes what others see puts it back."""

from collections.abc import Iterator

import pytest
from tests.support.house import House, open_house
from tests.support.passwords import quick_passwords
from tests.support.subsonic import App, app_of, more_music

__all__ = ["quick_passwords"]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), more_music) as opened:
        opened.parts.search.catch_up()
        yield opened


@pytest.fixture(scope="session")
def other(house: House) -> App:
    """Somebody else's app, who may see everything and change nothing of others."""
    return app_of(house, "user")


@pytest.fixture(scope="session")
def app(house: House) -> App:
    """The administrator's app, which asks for JSON."""
    return app_of(house, "admin")
