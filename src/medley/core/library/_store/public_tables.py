"""What the library shows beyond its own people and files: links to shared items, and radio stations elsewhere."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, PrimaryKeyConstraint

from medley.core.library._store.tables import LINK
from medley.kernel.database import Ident, Name, SortKey, id_column, table


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _text(name: str) -> Column[str]:
    return Column(name, Name, nullable=False, server_default="")


# The token is kept as it is: its owner wants to read the link again, and who reads the database reads the items anyway.
share = table(
    "share",
    id_column(),
    Column("token", Ident, nullable=False, unique=True),
    Column("owner_id", Ident, nullable=False),
    _text("description"),
    Column("list_id", Ident, ForeignKey("item_list.id", ondelete="CASCADE")),  # a playlist instead of entries
    _number("created_at_ms"),
    _number("expires_at_ms"),  # 0: never
    _number("visited_at_ms"),
    _number("visits"),
    Index("ix_share_owner", "owner_id", "id"),
)

share_entry = table(
    "share_entry",
    Column("share_id", Ident, ForeignKey("share.id", ondelete="CASCADE"), nullable=False),
    _number("position"),
    Column("item_id", Ident, ForeignKey("item.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("share_id", "position"),
    Index("ix_share_entry_item", "item_id"),
    **LINK,
)

radio_station = table(
    "radio_station",
    id_column(),
    Column("name", Name, nullable=False),
    Column("sort_name", SortKey, nullable=False),
    Column("stream_url", Name, nullable=False),
    _text("home_url"),
    _number("changed_at_ms"),
    Index("ix_radio_station_name", "sort_name", "id"),
)
