"""What people did with items: places they reached, opinions, playlists, collections.

`user_id` has no foreign key: accounts belong to another room, which tells us when one is gone.
"""

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Index, PrimaryKeyConstraint

from medley.core.library._store.tables import LINK
from medley.kernel.database import Ident, Json, Name, SortKey, id_column, table


def _item() -> Column[str]:
    return Column("item_id", Ident, ForeignKey("item.id", ondelete="CASCADE"), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


# The log: what was reported, never changed.
progress_log = table(
    "progress_log",
    id_column(),
    Column("user_id", Ident, nullable=False),
    _item(),
    _number("position_ms"),
    Column("locator", Name, nullable=False, server_default=""),
    Column("fraction", Double, nullable=False, server_default="0"),
    Column("finished", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("device", Name, nullable=False, server_default=""),
    _number("happened_at_ms"),
    _number("told_at_ms"),
    Index("ix_progress_log", "user_id", "item_id", "happened_at_ms"),
    Index("ix_progress_log_item", "item_id"),
    Index("ix_progress_log_time", "user_id", "happened_at_ms", "item_id"),
)

# What the log comes to: one row per person and item.
progress = table(
    "progress",
    Column("user_id", Ident, nullable=False),
    _item(),
    _number("position_ms"),
    Column("locator", Name, nullable=False, server_default=""),
    Column("fraction", Double, nullable=False, server_default="0"),
    Column("finished", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _number("play_count"),
    _number("happened_at_ms"),
    PrimaryKeyConstraint("user_id", "item_id"),
    Index("ix_progress_recent", "user_id", "happened_at_ms", "item_id"),
    Index("ix_progress_item", "item_id"),
    **LINK,
)

opinion = table(
    "opinion",
    Column("user_id", Ident, nullable=False),
    _item(),
    Column("favourite", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _number("favourite_at_ms"),
    Column("rating", BigInteger),  # 0 to 10, NULL: none
    _number("changed_at_ms"),
    PrimaryKeyConstraint("user_id", "item_id"),
    Index("ix_opinion_item", "item_id"),
    Index("ix_opinion_rating", "user_id", "rating", "item_id"),
    **LINK,
)

# Playlists and collections are both lists of items; a playlist is its owner's and may repeat an item.
item_list = table(
    "item_list",
    id_column(),
    Column("type", Ident, nullable=False),  # playlist, collection
    Column("owner_id", Ident, nullable=False),
    Column("name", Name, nullable=False),
    Column("sort_name", SortKey, nullable=False),
    Column("comment", Name, nullable=False, server_default=""),
    Column("shared", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _number("created_at_ms"),
    _number("changed_at_ms"),
    Column("rules", Json),  # of a smart playlist, with the sources that its owner may see
    _number("refreshed_at_ms"),
    Index("ix_item_list", "type", "sort_name", "id"),
)

list_entry = table(
    "list_entry",
    id_column(),
    Column("list_id", Ident, ForeignKey("item_list.id", ondelete="CASCADE"), nullable=False),
    _item(),
    Column("position", Double, nullable=False),  # moving one entry rewrites one row
    Index("ix_list_entry", "list_id", "position", "id"),
    Index("ix_list_entry_item", "item_id"),
)
