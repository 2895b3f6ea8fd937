"""A service on this machine, and the client that may reach it."""

from collections.abc import Iterator

import pytest
from tests.support.scrobble_services import Service, service

from medley.adapters.egress import Client


@pytest.fixture
def there() -> Iterator[Service]:
    with service() as opened:
        yield opened


@pytest.fixture
def egress() -> Client:
    return Client(["127.0.0.0/8"])
