"""The tables of this room, and every statement on them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Row,
    delete,
    func,
    insert,
    select,
    update,
)

from medley.core.identity._model import ROLES, Session, User
from medley.kernel.database import Ident, Json, Name, id_column, insert_all, table, upsert

account = table(
    "account",
    id_column(),
    Column("name", Name, nullable=False),
    Column("name_folded", Ident, nullable=False, unique=True),
    Column("password_hash", Ident, nullable=False),
    Column("role", Ident, nullable=False),
    Column("all_sources", Boolean, nullable=False),
    Column("preferences", Json, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
)

# `source_id` has no foreign key: sources belong to a room above; a leftover row allows nothing.
account_source = table(
    "account_source",
    Column("account_id", Ident, ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    Column("source_id", Ident, nullable=False),
    PrimaryKeyConstraint("account_id", "source_id"),
)

session = table(
    "session",
    id_column(),
    Column("account_id", Ident, ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    Column("token_digest", Ident, nullable=False, unique=True),
    Column("device", Name, nullable=False),
    Column("address", Ident, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("seen_at_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
)
Index("ix_session_account_id", session.c.account_id)

# `sealed` opens with a key that is not in this database; `digest` finds the secret without opening any.
app_password = table(
    "app_password",
    id_column(),
    Column("account_id", Ident, ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    Column("name", Name, nullable=False),
    Column("sealed", Ident, nullable=False),
    Column("digest", Ident, nullable=False, unique=True),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("used_at_ms", BigInteger),
    Column("client", Name, nullable=False),
    Column("address", Ident, nullable=False),
)
Index("ix_app_password_account_id", app_password.c.account_id)

refresh_token_table = table(
    "refresh_token",
    Column("digest", Ident, primary_key=True),
    Column("session_id", Ident, ForeignKey(session.c.id, ondelete="CASCADE"), nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("used_at_ms", BigInteger, nullable=False, server_default="0"),
)
Index("ix_refresh_token_session_id", refresh_token_table.c.session_id)

guess = table(
    "sign_in_guess",
    Column("key", Ident, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("retry_at_ms", BigInteger, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
)

secret = table(
    "identity_secret",
    Column("name", Ident, primary_key=True),
    Column("value", Ident, nullable=False),
)


def count_users(connection: Connection, *, role: str | None = None) -> int:
    query = select(func.count()).select_from(account)
    return connection.scalar(query if role is None else query.where(account.c.role == role)) or 0


def lock_accounts(connection: Connection) -> None:
    """Make rules about all accounts (one owner, one administrator at least) hold for writers side by side."""
    connection.execute(select(account.c.id).where(account.c.role == "admin").with_for_update())


def add_user(connection: Connection, values: Mapping[str, Any], source_ids: Iterable[str]) -> None:
    connection.execute(insert(account), dict(values))
    set_sources(connection, values["id"], source_ids)


def set_sources(connection: Connection, user_id: str, source_ids: Iterable[str]) -> None:
    connection.execute(delete(account_source).where(account_source.c.account_id == user_id))
    rows = [{"account_id": user_id, "source_id": source_id} for source_id in sorted(set(source_ids))]
    insert_all(connection, account_source, rows)


def change_user(connection: Connection, user_id: str, values: Mapping[str, Any]) -> None:
    if values:
        connection.execute(update(account).where(account.c.id == user_id).values(**values))


def remove_user(connection: Connection, user_id: str) -> None:
    connection.execute(delete(account).where(account.c.id == user_id))


def users(connection: Connection) -> list[User]:
    return _users(connection, connection.execute(select(account).order_by(account.c.name_folded)).all())


def user(connection: Connection, user_id: str) -> User | None:
    found = _users(connection, connection.execute(select(account).where(account.c.id == user_id)).all())
    return found[0] if found else None


def user_by_name(connection: Connection, folded: str) -> User | None:
    found = _users(connection, connection.execute(select(account).where(account.c.name_folded == folded)).all())
    return found[0] if found else None


def name_taken(connection: Connection, folded: str, *, but: str = "") -> bool:
    query = select(account.c.id).where(account.c.name_folded == folded, account.c.id != but)
    return connection.scalar(query) is not None


def credentials(connection: Connection, folded: str) -> tuple[str, str] | None:
    """(user id, password hash) of a folded name."""
    query = select(account.c.id, account.c.password_hash).where(account.c.name_folded == folded)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.id, row.password_hash)


def password_hash(connection: Connection, user_id: str) -> str | None:
    return connection.scalar(select(account.c.password_hash).where(account.c.id == user_id))


def add_session(connection: Connection, values: Mapping[str, Any]) -> None:
    connection.execute(insert(session), dict(values))


def session_by_token(connection: Connection, token_digest: str, now_ms: int) -> Session | None:
    query = select(session).where(session.c.token_digest == token_digest, session.c.expires_at_ms > now_ms)
    row = connection.execute(query).one_or_none()
    return None if row is None else _session(row)


def sessions(connection: Connection, user_id: str, now_ms: int) -> list[Session]:
    query = select(session).where(session.c.account_id == user_id, session.c.expires_at_ms > now_ms)
    return [_session(row) for row in connection.execute(query.order_by(session.c.seen_at_ms.desc(), session.c.id))]


def touch_session(connection: Connection, session_id: str, now_ms: int, expires_at_ms: int) -> None:
    values = {"seen_at_ms": now_ms, "expires_at_ms": expires_at_ms}
    connection.execute(update(session).where(session.c.id == session_id).values(**values))


def end_sessions(
    connection: Connection, user_id: str, *, only: str | None = None, but: str | None = None
) -> Collection[str]:
    """End all sessions of a user, or `only` one, or all `but` one; the ids of those that ended."""
    statement = delete(session).where(session.c.account_id == user_id)
    if only is not None:
        statement = statement.where(session.c.id == only)
    if but is not None:
        statement = statement.where(session.c.id != but)
    return connection.scalars(statement.returning(session.c.id)).all()


def forget_expired_sessions(connection: Connection, now_ms: int) -> None:
    connection.execute(delete(session).where(session.c.expires_at_ms <= now_ms))


def session_by_id(connection: Connection, session_id: str, now_ms: int) -> Session | None:
    query = select(session).where(session.c.id == session_id, session.c.expires_at_ms > now_ms)
    row = connection.execute(query).one_or_none()
    return None if row is None else _session(row)


def add_refresh_token(connection: Connection, token_digest: str, session_id: str, expires_at_ms: int) -> None:
    row = {"digest": token_digest, "session_id": session_id, "expires_at_ms": expires_at_ms, "used_at_ms": 0}
    connection.execute(insert(refresh_token_table), row)


def refresh_token(connection: Connection, token_digest: str, now_ms: int) -> Row[Any, Any, Any] | None:
    """(session_id, used_at_ms, account_id) of a token that has not expired; nobody else uses it meanwhile."""
    mine = refresh_token_table.c
    query = select(mine.session_id, mine.used_at_ms, session.c.account_id).join(session)
    query = query.where(mine.digest == token_digest, mine.expires_at_ms > now_ms)
    return connection.execute(query.with_for_update()).one_or_none()


def use_refresh_token(connection: Connection, token_digest: str, now_ms: int) -> None:
    """The first use counts."""
    unused = (refresh_token_table.c.digest == token_digest, refresh_token_table.c.used_at_ms == 0)
    connection.execute(update(refresh_token_table).where(*unused).values(used_at_ms=now_ms))


def forget_refresh_tokens(connection: Connection, now_ms: int) -> None:
    connection.execute(delete(refresh_token_table).where(refresh_token_table.c.expires_at_ms <= now_ms))


AppPasswordRow = Row[Any]


def lock_account(connection: Connection, user_id: str) -> None:
    """Make rules about all app passwords of one person hold for writers side by side."""
    connection.execute(select(account.c.id).where(account.c.id == user_id).with_for_update())


def add_app_password(connection: Connection, values: Mapping[str, Any]) -> None:
    connection.execute(insert(app_password), {"client": "", "address": "", **values})


def app_passwords(connection: Connection, user_id: str) -> Sequence[AppPasswordRow]:
    """Those of a user, the last made first."""
    query = select(app_password).where(app_password.c.account_id == user_id)
    return connection.execute(query.order_by(app_password.c.created_at_ms.desc(), app_password.c.id.desc())).all()


def every_app_password(connection: Connection) -> Sequence[AppPasswordRow]:
    return connection.execute(select(app_password)).all()


def name_of_app_password(connection: Connection, digest: str) -> str | None:
    """The folded name of whoever has the app password with this digest."""
    query = select(account.c.name_folded).join(app_password, app_password.c.account_id == account.c.id)
    return connection.scalar(query.where(app_password.c.digest == digest))


def touch_app_password(connection: Connection, app_password_id: str, now_ms: int, client: str, address: str) -> None:
    values = {"used_at_ms": now_ms, "client": client, "address": address}
    connection.execute(update(app_password).where(app_password.c.id == app_password_id).values(**values))


def delete_app_password(connection: Connection, user_id: str, app_password_id: str) -> bool:
    """Whether there was such a one."""
    statement = delete(app_password).where(app_password.c.id == app_password_id, app_password.c.account_id == user_id)
    return connection.execute(statement).rowcount > 0


def failures(connection: Connection, key: str) -> tuple[int, int]:
    """(how many failures, when to try again in ms) of a key."""
    row = connection.execute(select(guess.c.failures, guess.c.retry_at_ms).where(guess.c.key == key)).one_or_none()
    return (0, 0) if row is None else (row.failures, row.retry_at_ms)


def set_guess(connection: Connection, key: str, count: int, retry_at_ms: int, now_ms: int) -> None:
    row = {"key": key, "failures": count, "retry_at_ms": retry_at_ms, "changed_at_ms": now_ms}
    upsert(connection, guess, [row], ["key"], ["failures", "retry_at_ms", "changed_at_ms"])


def delete_guess(connection: Connection, key: str) -> None:
    connection.execute(delete(guess).where(guess.c.key == key))


def take_back_guess(connection: Connection, key: str) -> None:
    values = {"failures": guess.c.failures - 1, "retry_at_ms": 0}
    connection.execute(update(guess).where(guess.c.key == key, guess.c.failures > 0).values(values))


def forget_guesses(connection: Connection, *, before_ms: int) -> None:
    connection.execute(delete(guess).where(guess.c.changed_at_ms < before_ms))


def secret_value(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(secret.c.value).where(secret.c.name == name))


def set_secret(connection: Connection, name: str, value: str, *, overwrite: bool = True) -> None:
    upsert(connection, secret, [{"name": name, "value": value}], ["name"], ["value"] if overwrite else [])


def take_secret(connection: Connection, name: str) -> str | None:
    """Remove a secret and say what it was: of two that take it at once, only one gets it."""
    return connection.scalar(delete(secret).where(secret.c.name == name).returning(secret.c.value))


def _users(connection: Connection, rows: Collection[Row[Any]]) -> list[User]:
    sources: dict[str, list[str]] = {row.id: [] for row in rows}
    query = select(account_source).where(account_source.c.account_id.in_(sources))
    for row in connection.execute(query.order_by(account_source.c.source_id)):
        sources[row.account_id].append(row.source_id)
    return [_user(row, sources[row.id]) for row in rows]


def _user(row: Row[Any], source_ids: list[str]) -> User:
    return User(
        id=row.id,
        name=row.name,
        role=row.role,
        permissions=sorted(ROLES[row.role]),
        all_sources=bool(row.all_sources),
        source_ids=source_ids,
        preferences=row.preferences,
        created_at_ms=row.created_at_ms,
    )


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        user_id=row.account_id,
        device=row.device,
        address=row.address,
        created_at_ms=row.created_at_ms,
        seen_at_ms=row.seen_at_ms,
        expires_at_ms=row.expires_at_ms,
    )
