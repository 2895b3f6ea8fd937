"""Podcasts over a library of the test's own, and the hosts that they come from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.podcasts import Studio, open_studio

from medley.kernel.clock import FixedClock
from medley.kernel.database import Database


@pytest.fixture
def studio(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Studio]:
    """On SQLite and on PostgreSQL."""
    with open_studio(database, clock, tmp_path) as opened:
        yield opened


@pytest.fixture
def lite_studio(sqlite_database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Studio]:
    """On SQLite only, for what does not depend on the dialect."""
    with open_studio(sqlite_database, clock, tmp_path) as opened:
        yield opened
