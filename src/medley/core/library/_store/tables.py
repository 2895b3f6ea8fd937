"""The library's tables.

Reading order: a *source* holds *folders* of *files*; a *shelf* is everything of one level of one kind in one source;
an *item* stands on a shelf, has *editions*, and an edition is made of files. Unknown numbers and dates are 0 and ""
rather than NULL, because a keyset cursor must be able to compare them.
"""

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Index, Integer, PrimaryKeyConstraint, text

from medley.kernel.database import Blob, Ident, Json, Name, SortKey, id_column, table

# On SQLite, rows of such a table lie in its primary key instead of beside it: half the work and half the bytes.
LINK = {"sqlite_with_rowid": False}


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Ident, ForeignKey(target, ondelete="CASCADE"), nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, Name, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False, server_default="0")


def _where(name: str, *columns: str, column: str, when: str) -> Index:
    """An index over the few rows that matter to it."""
    condition = text(f"{column} {when}")
    return Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


source = table(
    "source",
    id_column(),
    Column("name", Name, nullable=False, unique=True),
    Column("kind", Ident, nullable=False),  # a kind's name, or "auto"
    Column("path", Name, nullable=False, unique=True),
    _flag("writable"),
    Column("state", Ident, nullable=False),  # new, ready, scanning, paused, unreachable
    _text("state_reason"),
    _number("created_at_ms"),
    _number("scanned_at_ms"),
)

folder = table(
    "folder",
    id_column(),
    _ref("source_id", "source.id"),
    Column("path", SortKey, nullable=False),  # below the source, "" for its root
    Column("signature", Blob),  # of the listing when it was last shelved; NULL: look again
    Index("uq_folder_path", "source_id", "path", unique=True),
)

file = table(
    "file",
    id_column(),
    _ref("folder_id", "folder.id"),
    Column("name", Name, nullable=False),
    _number("size"),
    _number("mtime_ns"),
    Column("fingerprint", Blob),  # of size, head, middle and end: survives a move
    Column("essence", Blob),  # of a stretch before the end: survives a new tag at the head
    _text("format"),
    _number("missing_since_ms"),
    _number("added_at_ms"),
    Index("uq_file_name", "folder_id", "name", unique=True),
    Index("ix_file_fingerprint", "fingerprint"),
    _where("ix_file_missing", "folder_id", column="missing_since_ms", when="> 0"),
)

# Kept apart so that listing files stays narrow.
file_facts = table(
    "file_facts",
    Column("file_id", Ident, ForeignKey("file.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("facts", Blob, nullable=False),  # `medley.core.kinds.facts.encode`
)

shelf = table(
    "shelf",
    Column("id", Integer, primary_key=True, nullable=False),
    _ref("source_id", "source.id"),
    Column("kind", Ident, nullable=False),
    Column("level", Ident, nullable=False),
    _number("count"),  # of items that are not in the trash
    Index("uq_shelf", "source_id", "kind", "level", unique=True),
)

item = table(
    "item",
    id_column(),
    Column("shelf_id", Integer, ForeignKey("shelf.id", ondelete="CASCADE"), nullable=False),
    Column("identity", Ident, nullable=False),
    _ref("parent_id", "item.id", nullable=True),
    Column("title", Name, nullable=False),
    Column("sort_title", SortKey, nullable=False),
    Column("number", Double, nullable=False, server_default="0"),
    Column("number_known", Boolean(create_constraint=False), nullable=False, server_default="0"),
    _number("group"),
    _number("year"),
    _text("date"),
    _number("duration_ms"),
    _number("child_count"),
    _text("overview"),
    Column("fields", Json),
    Column("ids", Json),
    _number("added_at_ms"),
    _number("changed_at_ms"),
    Column("artwork_id", Ident),
    Column("backdrop_id", Ident),
    _number("missing_since_ms"),
    _number("trashed_at_ms"),  # 0: not in the trash, negative: a tombstone, see `trash`
    Column("signature", BigInteger, nullable=False, server_default="0"),  # of the rung it was last made from
    Index("uq_item_identity", "shelf_id", "identity", unique=True),
    Index("ix_item_title", "shelf_id", "sort_title", "id"),
    Index("ix_item_added", "shelf_id", "added_at_ms", "id"),
    Index("ix_item_year", "shelf_id", "year", "id"),
    Index("ix_item_date", "shelf_id", "date", "id"),
    Index("ix_item_duration", "shelf_id", "duration_ms", "id"),
    Index("ix_item_signature", "shelf_id", "signature", "id"),  # as good as random
    Index("ix_item_parent", "parent_id", "group", "number", "sort_title", "id"),
    _where("ix_item_artwork", "artwork_id", column="artwork_id", when="IS NOT NULL"),
    _where("ix_item_backdrop", "backdrop_id", column="backdrop_id", when="IS NOT NULL"),
    _where("ix_item_trash", "trashed_at_ms", "id", column="trashed_at_ms", when="> 0"),
)

# An id that people or apps may still hold, after its item became another one.
item_alias = table(
    "item_alias",
    id_column("old_id"),
    _ref("item_id", "item.id"),
    Index("ix_item_alias_item", "item_id"),
    **LINK,
)

edition = table(
    "edition",
    id_column(),
    _ref("item_id", "item.id"),
    _text("label"),
    _text("extra"),
    _number("duration_ms"),
    Index("uq_edition", "item_id", "extra", "label", unique=True),
)

edition_file = table(
    "edition_file",
    _ref("edition_id", "edition.id"),
    _ref("file_id", "file.id"),
    _number("part"),
    _number("start_ms"),
    _number("end_ms"),
    _number("length_ms"),
    PrimaryKeyConstraint("edition_id", "file_id", "start_ms"),
    Index("ix_edition_file_file", "file_id"),
    **LINK,
)

companion = table(
    "companion",
    _ref("item_id", "item.id"),
    _ref("file_id", "file.id"),
    Column("role", Ident, nullable=False),
    _text("language"),
    _text("title"),
    _flag("forced"),
    _flag("hearing_impaired"),
    _flag("is_default"),
    PrimaryKeyConstraint("item_id", "file_id"),
    Index("ix_companion_file", "file_id"),
    **LINK,
)

word = table(
    "word",
    id_column(),
    Column("type", Ident, nullable=False),  # genre, tag, series
    Column("name", Name, nullable=False),
    Column("sort", SortKey, nullable=False),
    Column("folded", Ident, nullable=False),
    Index("uq_word", "type", "folded", unique=True),
    Index("ix_word_sort", "type", "sort", "id"),
)

# The genres that a genre belongs to, itself and the broadest included.
word_above = table(
    "word_above",
    _ref("above_id", "word.id"),
    _ref("word_id", "word.id"),
    PrimaryKeyConstraint("above_id", "word_id"),
    Index("ix_word_above_word", "word_id"),
    **LINK,
)

item_word = table(
    "item_word",
    _ref("word_id", "word.id"),
    _ref("item_id", "item.id"),
    _text("number"),
    _flag("by_hand"),  # a person's tag: a scan leaves it alone
    PrimaryKeyConstraint("word_id", "item_id"),
    Index("ix_item_word_item", "item_id"),
    **LINK,
)

person = table(
    "person",
    id_column(),
    Column("name", Name, nullable=False),
    Column("sort", SortKey, nullable=False),
    Column("folded", Ident, nullable=False, unique=True),
    Index("ix_person_sort", "sort", "id"),
)

# Who somebody is elsewhere: what makes two names one person.
person_key = table(
    "person_key",
    id_column("key"),  # musicbrainz_artist:<id>
    _ref("person_id", "person.id"),
    Index("ix_person_key_person", "person_id"),
    **LINK,
)

credit = table(
    "credit",
    _ref("person_id", "person.id"),
    _ref("item_id", "item.id"),
    Column("role", Ident, nullable=False),
    _text("character"),
    _text("named"),  # where the item names the person otherwise
    _number("position"),
    PrimaryKeyConstraint("person_id", "item_id", "role"),
    Index("ix_credit_item", "item_id"),
    **LINK,
)

artwork = table(
    "artwork",
    id_column(),
    _ref("file_id", "file.id"),
    Column("origin", Ident, nullable=False),  # beside, embedded, page, frame, itself
    Column("index", BigInteger, nullable=False),
    Column("state", Ident, nullable=False),  # new, ready, failed
    _number("width"),
    _number("height"),
    Column("placeholder", Blob),
    Index("uq_artwork", "file_id", "origin", "index", unique=True),
    Index("ix_artwork_state", "state", "id"),
)

notice = table(
    "notice",
    id_column(),
    _ref("source_id", "source.id"),
    Column("path", Name, nullable=False),
    Column("severity", Ident, nullable=False),  # warning, error
    Column("message", Name, nullable=False),
    _text("hint"),
    _number("happened_at_ms"),
    Index("uq_notice", "source_id", "path", "message", unique=True),
)
