"""Accounts at services, and what waits to be sent to them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from medley.core.players._store.tables import scrobble, scrobble_account
from medley.kernel.database import upsert
from medley.kernel.ids import new_id

_KEY = ("user_id", "service")


def accounts(connection: Connection, user_id: str) -> list[Any]:
    """Somebody's accounts, with how many listens wait."""
    waits = select(func.count()).where(_waits(), scrobble.c.playing.is_(False)).scalar_subquery().label("waiting")
    return list(connection.execute(select(scrobble_account, waits).where(scrobble_account.c.user_id == user_id)))


def services_of(connection: Connection, user_id: str) -> list[str]:
    """The services that somebody tells, those too that refuse to listen for now."""
    return list(connection.scalars(select(scrobble_account.c.service).where(scrobble_account.c.user_id == user_id)))


def put_account(connection: Connection, row: dict[str, Any]) -> None:
    """Connect somebody, or connect them anew: what waits is sent then."""
    fresh = {"refused": False, "message": "", "failures": 0, "again_at_ms": 0, **row}
    upsert(connection, scrobble_account, [fresh], _KEY, [name for name in fresh if name not in _KEY])


def drop_account(connection: Connection, user_id: str, service: str) -> bool:
    """Whether there was one; what waits for it goes too."""
    for table in (scrobble, scrobble_account):
        mine = (table.c.user_id == user_id, table.c.service == service)
        gone = connection.execute(delete(table).where(*mine)).rowcount
    return gone > 0


def change_account(connection: Connection, user_id: str, service: str, **values: Any) -> None:
    """Columns of an account."""
    mine = (scrobble_account.c.user_id == user_id, scrobble_account.c.service == service)
    connection.execute(update(scrobble_account).where(*mine).values(**values))


def count_sent(connection: Connection, user_id: str, service: str, many: int, now_ms: int) -> None:
    """So many more listens were written down."""
    change_account(connection, user_id, service, sent=scrobble_account.c.sent + many, sent_at_ms=now_ms)


def add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Things to send, as rows of the table without their ids."""
    if rows:
        connection.execute(insert(scrobble), [{"id": new_id(), **row} for row in rows])


def forget_playing(connection: Connection, user_id: str) -> None:
    """What somebody played until now need not be told any more."""
    connection.execute(delete(scrobble).where(scrobble.c.user_id == user_id, scrobble.c.playing.is_(True)))


def due(connection: Connection, services: Sequence[str], now_ms: int) -> list[Any]:
    """Accounts that something waits for, and that may be tried now."""
    ready = (scrobble_account.c.refused.is_(False), scrobble_account.c.again_at_ms <= now_ms)
    chosen = select(scrobble_account).where(scrobble_account.c.service.in_(services), *ready)
    return list(connection.execute(chosen.where(exists(select(scrobble.c.id).where(_waits())))))


def claim(connection: Connection, account: Any, until_ms: int) -> bool:
    """Keep other senders away from an account until a moment; False where one was faster."""
    seen = (
        scrobble_account.c.user_id == account.user_id,
        scrobble_account.c.service == account.service,
        scrobble_account.c.again_at_ms == account.again_at_ms,
    )
    return connection.execute(update(scrobble_account).where(*seen).values(again_at_ms=until_ms)).rowcount > 0


def waiting(connection: Connection, user_id: str, service: str, limit: int) -> list[Any]:
    """What waits, the oldest first."""
    mine = (scrobble.c.user_id == user_id, scrobble.c.service == service)
    order = (scrobble.c.happened_at_ms, scrobble.c.id)
    return list(connection.execute(select(scrobble).where(*mine).order_by(*order).limit(limit)))


def done(connection: Connection, ids: Sequence[str]) -> None:
    """These need not be sent any more."""
    connection.execute(delete(scrobble).where(scrobble.c.id.in_(ids)))


def _waits() -> Any:
    return (scrobble.c.user_id == scrobble_account.c.user_id) & (scrobble.c.service == scrobble_account.c.service)
