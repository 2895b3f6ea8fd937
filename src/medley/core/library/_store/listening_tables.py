"""Sessions of listening, and what somebody does not want to go on with.

`user_id` has no foreign key: accounts belong to another room, which tells us when one is gone.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, PrimaryKeyConstraint

from medley.core.library._store.tables import LINK
from medley.kernel.database import Ident, Json, Name, table

# An app that was offline names its sessions itself, so the id alone is not unique.
listening_session = table(
    "listening_session",
    Column("user_id", Ident, nullable=False),
    Column("id", Ident, nullable=False),
    Column("item_id", Ident, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    Column("day", Ident, nullable=False),  # ISO 8601, where the listener is
    Column("method", Ident, nullable=False),  # direct, transcode, local
    Column("player", Name, nullable=False),
    Column("device", Json, nullable=False),
    Column("began_at", BigInteger, nullable=False),  # milliseconds into the item
    Column("position_ms", BigInteger, nullable=False),
    Column("length_ms", BigInteger, nullable=False),
    Column("heard_ms", BigInteger, nullable=False),
    Column("started_at_ms", BigInteger, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
    Column("closed_at_ms", BigInteger, nullable=False, server_default="0"),
    PrimaryKeyConstraint("user_id", "id"),
    Index("ix_listening_session_recent", "user_id", "changed_at_ms", "id"),
    Index("ix_listening_session_item", "item_id", "user_id"),
    Index("ix_listening_session_id", "id"),
    **LINK,
)

# An item, or a series of them (a word's id), since a moment: what happens later counts again.
set_aside = table(
    "set_aside",
    Column("user_id", Ident, nullable=False),
    Column("what_id", Ident, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("user_id", "what_id"),
    **LINK,
)
