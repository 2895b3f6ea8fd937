"""PostgreSQL as the catalogue database, for several replicas on one truth.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError

from medley.kernel.database import Database
from medley.kernel.errors import MedleyError, Unavailable

_POOL_TIMEOUT_S = 15
_CONNECT_TIMEOUT_S = 5


def open_postgresql(url: str) -> Database:
    """The database at `url` (`postgresql://user:password@host/name`), which exists already."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        pool_size=4,
        max_overflow=16,
        pool_timeout=_POOL_TIMEOUT_S,
        pool_pre_ping=True,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S, "application_name": "medley"},
    )
    database = Database(
        dialect="postgresql",
        url=address.set(drivername="postgresql").render_as_string(hide_password=False),
        readers=engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        writers=engine,
        explain=explain,
        change_hint=lambda: _log_position(engine),
    )
    with database.read():  # a wrong address is told now, not at the first request
        pass
    return database


def explain(error: BaseException) -> MedleyError | None:
    """The condition of the server behind a driver's error; None for a wrong statement or a constraint."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    for prefix, (sentence, hint) in _CONDITIONS.items():
        if state.startswith(prefix):
            return Unavailable(sentence, hint=hint, cause=state)
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _never_connected(error)):
        return Unavailable(
            "The PostgreSQL server does not answer.",
            hint="Check that it runs and that the setting `database` names its address, user and password.",
            cause=str(error.orig).strip(),
        )
    return None


_CONDITIONS = {
    "53100": ("The disk of the PostgreSQL server is full.", "Free some space there, then try again."),
    "53": ("The PostgreSQL server is out of connections or memory.", "Raise its limits or run fewer replicas."),
    "25006": (
        "This PostgreSQL server takes no changes: it is a standby.",
        "Name the primary server in the setting `database`.",
    ),
    "57P": ("The PostgreSQL server is starting or stopping.", "Try again in a moment."),
    "08": ("The connection to the PostgreSQL server broke.", "Try again in a moment."),
    "55P03": ("The PostgreSQL database is locked.", "Try again in a moment."),
    "40": ("Two changes stood in each other's way; this one was not saved.", "Try again."),
    "42501": (
        "The PostgreSQL user may not do this.",
        "Make it the owner of the database: ALTER DATABASE … OWNER TO ….",
    ),
}


def _never_connected(error: DBAPIError) -> bool:
    # A failed connection attempt carries no SQLSTATE; a failed statement always does.
    return type(error).__name__ == "OperationalError" and getattr(error.orig, "sqlstate", None) is None


def _log_position(engine: Engine) -> int:
    with engine.connect() as connection:
        position: Any = connection.exec_driver_sql("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").scalar_one()
        return int(position)
