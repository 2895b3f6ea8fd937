"""Radio stations."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from medley.core.library._store.public_tables import radio_station


def all_(connection: Connection) -> list[Any]:
    """Every station, by name."""
    order = (radio_station.c.sort_name, radio_station.c.id)
    return list(connection.execute(select(radio_station).order_by(*order)))


def one(connection: Connection, station_id: str) -> Any | None:
    """A station's row."""
    return connection.execute(select(radio_station).where(radio_station.c.id == station_id)).one_or_none()


def add(connection: Connection, row: dict[str, Any]) -> None:
    """A station, as a row of the table."""
    connection.execute(insert(radio_station).values(row))


def change(connection: Connection, station_id: str, values: dict[str, Any]) -> None:
    """Columns of a station."""
    connection.execute(update(radio_station).where(radio_station.c.id == station_id).values(**values))


def remove(connection: Connection, station_id: str) -> bool:
    """Whether there was such a station."""
    return connection.execute(delete(radio_station).where(radio_station.c.id == station_id)).rowcount > 0
