"""The room's tables. Ids of people and items have no foreign keys: they belong to other rooms."""

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, PrimaryKeyConstraint

from medley.kernel.database import Blob, Ident, Json, Name, id_column, table


def _id(name: str) -> Column[str]:
    return Column(name, Ident, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _text(name: str) -> Column[str]:
    return Column(name, Name, nullable=False, server_default="")


now_playing = table(
    "now_playing",
    _id("user_id"),
    Column("device", Name, nullable=False),
    _id("item_id"),
    _id("state"),  # starting, playing, paused
    _number("position_ms"),
    Column("rate", Double, nullable=False, server_default="1"),
    _number("length_ms"),  # of the item; 0: not known
    _number("heard_ms"),  # how much of it was really played
    Column("counted", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _number("started_at_ms"),
    _number("told_at_ms"),
    _number("ends_at_ms"),  # from here on nobody believes it any more
    PrimaryKeyConstraint("user_id", "device"),
    Index("ix_now_playing_ends", "ends_at_ms"),
)

# One row per person: a queue is read and written as a whole.
play_queue = table(
    "play_queue",
    Column("user_id", Ident, primary_key=True, nullable=False),
    Column("item_ids", Blob, nullable=False),  # ids one after the other, each of the same length
    _number("current"),
    _number("position_ms"),
    _number("changed_at_ms"),
    _text("changed_by"),
)

bookmark = table(
    "bookmark",
    _id("user_id"),
    _id("item_id"),
    _number("position_ms"),
    _text("comment"),
    _number("created_at_ms"),
    _number("changed_at_ms"),
    PrimaryKeyConstraint("user_id", "item_id"),
    sqlite_with_rowid=False,
)

mark = table(
    "mark",
    _id("user_id"),
    _id("item_id"),
    Column("position_ms", BigInteger, nullable=False),
    _text("title"),
    _number("created_at_ms"),
    PrimaryKeyConstraint("user_id", "item_id", "position_ms"),
    sqlite_with_rowid=False,
)

# What was heard, once each: the same listen told twice has the same three values.
listen = table(
    "listen",
    id_column(),
    _id("user_id"),
    _id("item_id"),
    _number("happened_at_ms"),
    _text("device"),
    Index("uq_listen", "user_id", "happened_at_ms", "item_id", unique=True),
)

# Who tells which service what they hear.
scrobble_account = table(
    "scrobble_account",
    _id("user_id"),
    _id("service"),
    _text("name"),  # theirs, at the service
    _text("secret"),  # sealed by identity's vault
    Column("refused", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _text("message"),  # what the service last complained of
    _number("failures"),  # in a row
    _number("again_at_ms"),  # not before; while somebody sends, when another may take over
    _number("sent"),
    _number("sent_at_ms"),
    PrimaryKeyConstraint("user_id", "service"),
    sqlite_with_rowid=False,
)

# What waits to be sent, and nothing else.
scrobble = table(
    "scrobble",
    id_column(),
    _id("user_id"),
    _id("service"),
    Column("playing", Boolean(create_constraint=False), nullable=False, server_default="0"),  # else a listen
    Column("track", Json, nullable=False),  # as it was then: the item may change or go before it is sent
    _text("device"),
    _number("happened_at_ms"),
    Index("ix_scrobble", "user_id", "service", "happened_at_ms", "id"),
)

OF_PEOPLE = (now_playing, play_queue, bookmark, mark, listen, scrobble_account, scrobble)
