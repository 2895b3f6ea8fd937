"""A library of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.library_room import Room, open_room

from medley.kernel.clock import FixedClock
from medley.kernel.database import Database


@pytest.fixture
def room(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Room]:
    """On SQLite and on PostgreSQL."""
    with open_room(database, clock, tmp_path) as opened:
        yield opened


@pytest.fixture
def lite_room(sqlite_database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Room]:
    """On SQLite only, for what does not depend on the dialect."""
    with open_room(sqlite_database, clock, tmp_path) as opened:
        yield opened
