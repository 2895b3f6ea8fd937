"""Every statement of this room."""

from sqlalchemy import Connection, delete

from medley.core.players._store.tables import OF_PEOPLE


def forget_user(connection: Connection, user_id: str) -> None:
    """An account is gone, and with it what its players said."""
    for table in OF_PEOPLE:
        connection.execute(delete(table).where(table.c.user_id == user_id))
