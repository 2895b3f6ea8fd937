"""A library with a few tracks, and the players above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.support.library_room import Room, open_room
from tests.support.tiny_media import track

from medley.core.identity import Vault
from medley.core.players import Players
from medley.core.players.ports import Scrobbler
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database


@dataclass
class Stage:
    """`tracks` are five ids of one album, in its order, each four minutes long."""

    room: Room
    players: Players
    clock: FixedClock
    source: str
    tracks: list[str]


LENGTH_MS = 240_000


@pytest.fixture
def stage(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Stage]:
    """On SQLite and on PostgreSQL."""
    with open_room(database, clock, tmp_path) as room:
        source = room.source("music")
        tags = {"artist": "The Band", "albumartist": "The Band", "album": "The Album", "genre": "Rock"}
        for number in range(1, 6):
            path = room.media / "music" / "The Band" / "The Album" / f"0{number} Song {number}.flac"
            track(path, number, title=f"Song {number}", tracknumber=str(number), **tags)
        room.scan(source)
        tracks = [card.id for card in room.cards("music", "track", sort="title")]
        lengthen(database, LENGTH_MS)
        yield Stage(room, players_over(room), clock, source, tracks)


def players_over(room: Room, *services: Scrobbler) -> Players:
    """The room as the hall puts it together."""
    return Players(room.database, room.clock, room.library, room.jobs, Vault(room.folder / "key"), services)


def lengthen(database: Database, length_ms: int) -> None:
    """Real files of four minutes would only cost time: what counts is how long the library believes they are."""
    from sqlalchemy import text

    with database.write() as connection:
        statement = text("UPDATE item SET duration_ms = :length WHERE child_count = 0")
        connection.execute(statement, {"length": length_ms})
