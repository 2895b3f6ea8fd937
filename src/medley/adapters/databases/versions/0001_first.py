"""Everything, as of the first release."""

import sqlalchemy as sa
from alembic import op

from medley.kernel.database import Ident, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("name_folded", Ident, nullable=False),
        sa.Column("password_hash", Ident, nullable=False),
        sa.Column("role", Ident, nullable=False),
        sa.Column("all_sources", sa.Boolean(), nullable=False),
        sa.Column("preferences", Json(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name_folded", name=op.f("uq_account_name_folded")),
        sqlite_strict=True,
    )
    op.create_table(
        "bookmark",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("comment", Ident, server_default="", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "item_id", name=op.f("pk_bookmark")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event",
        sa.Column("seq", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_event_name_seq", "event", ["name", "seq"], unique=False)
    op.create_table(
        "identity_secret",
        sa.Column("name", Ident, nullable=False),
        sa.Column("value", Ident, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_identity_secret")),
        sqlite_strict=True,
    )
    op.create_table(
        "item_list",
        sa.Column("id", Ident, nullable=False),
        sa.Column("type", Ident, nullable=False),
        sa.Column("owner_id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("sort_name", Ident, nullable=False),
        sa.Column("comment", Ident, server_default="", nullable=False),
        sa.Column("shared", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rules", Json(), nullable=True),
        sa.Column("refreshed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_list")),
        sqlite_strict=True,
    )
    op.create_index("ix_item_list", "item_list", ["type", "sort_name", "id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", Ident, nullable=False),
        sa.Column("kind", Ident, nullable=False),
        sa.Column("title", Ident, nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("message", Ident, nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.Column("error", Ident, nullable=False),
        sa.Column("dedupe", Ident, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("requested_by", Ident, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("heartbeat_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_strict=True,
    )
    op.create_index("ix_job_state_id", "job", ["state", "id"], unique=False)
    op.create_index(
        "uq_job_open_dedupe",
        "job",
        ["dedupe"],
        unique=True,
        sqlite_where=sa.text("dedupe != '' AND state IN ('queued', 'running')"),
        postgresql_where=sa.text("dedupe != '' AND state IN ('queued', 'running')"),
    )
    op.create_table(
        "listen",
        sa.Column("id", Ident, nullable=False),
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("happened_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("device", Ident, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listen")),
        sqlite_strict=True,
    )
    op.create_index("uq_listen", "listen", ["user_id", "happened_at_ms", "item_id"], unique=True)
    op.create_table(
        "mark",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("title", Ident, server_default="", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "item_id", "position_ms", name=op.f("pk_mark")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "now_playing",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("device", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rate", sa.Double(), server_default="1", nullable=False),
        sa.Column("length_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("counted", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("started_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("told_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ends_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "device", name=op.f("pk_now_playing")),
        sqlite_strict=True,
    )
    op.create_index("ix_now_playing_ends", "now_playing", ["ends_at_ms"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("sort", Ident, nullable=False),
        sa.Column("folded", Ident, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("folded", name=op.f("uq_person_folded")),
        sqlite_strict=True,
    )
    op.create_index("ix_person_sort", "person", ["sort", "id"], unique=False)
    op.create_table(
        "play_queue",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_ids", sa.LargeBinary(), nullable=False),
        sa.Column("current", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_by", Ident, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_play_queue")),
        sqlite_strict=True,
    )
    op.create_table(
        "radio_station",
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("sort_name", Ident, nullable=False),
        sa.Column("stream_url", Ident, nullable=False),
        sa.Column("home_url", Ident, server_default="", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_radio_station")),
        sqlite_strict=True,
    )
    op.create_index("ix_radio_station_name", "radio_station", ["sort_name", "id"], unique=False)
    op.create_table(
        "reaction",
        sa.Column("name", Ident, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reaction")),
        sqlite_strict=True,
    )
    op.create_table(
        "scrobble",
        sa.Column("id", Ident, nullable=False),
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("service", Ident, nullable=False),
        sa.Column("playing", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("track", Json(), nullable=False),
        sa.Column("device", Ident, server_default="", nullable=False),
        sa.Column("happened_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrobble")),
        sqlite_strict=True,
    )
    op.create_index("ix_scrobble", "scrobble", ["user_id", "service", "happened_at_ms", "id"], unique=False)
    op.create_table(
        "scrobble_account",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("service", Ident, nullable=False),
        sa.Column("name", Ident, server_default="", nullable=False),
        sa.Column("secret", Ident, server_default="", nullable=False),
        sa.Column("refused", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("message", Ident, server_default="", nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("again_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sent", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sent_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "service", name=op.f("pk_scrobble_account")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_position",
        sa.Column("index", Ident, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_search_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "set_aside",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("what_id", Ident, nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "what_id", name=op.f("pk_set_aside")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_guess",
        sa.Column("key", Ident, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_guess")),
        sqlite_strict=True,
    )
    op.create_table(
        "source",
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("kind", Ident, nullable=False),
        sa.Column("path", Ident, nullable=False),
        sa.Column("writable", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("state_reason", Ident, server_default="", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("scanned_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
        sa.UniqueConstraint("path", name=op.f("uq_source_path")),
        sqlite_strict=True,
    )
    op.create_table(
        "word",
        sa.Column("id", Ident, nullable=False),
        sa.Column("type", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("sort", Ident, nullable=False),
        sa.Column("folded", Ident, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word")),
        sqlite_strict=True,
    )
    op.create_index("ix_word_sort", "word", ["type", "sort", "id"], unique=False)
    op.create_index("uq_word", "word", ["type", "folded"], unique=True)
    op.create_table(
        "account_source",
        sa.Column("account_id", Ident, nullable=False),
        sa.Column("source_id", Ident, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_source_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "source_id", name=op.f("pk_account_source")),
        sqlite_strict=True,
    )
    op.create_table(
        "app_password",
        sa.Column("id", Ident, nullable=False),
        sa.Column("account_id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("sealed", Ident, nullable=False),
        sa.Column("digest", Ident, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("client", Ident, nullable=False),
        sa.Column("address", Ident, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_app_password_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_password")),
        sa.UniqueConstraint("digest", name=op.f("uq_app_password_digest")),
        sqlite_strict=True,
    )
    op.create_index("ix_app_password_account_id", "app_password", ["account_id"], unique=False)
    op.create_table(
        "folder",
        sa.Column("id", Ident, nullable=False),
        sa.Column("source_id", Ident, nullable=False),
        sa.Column("path", Ident, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_folder_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
        sqlite_strict=True,
    )
    op.create_index("uq_folder_path", "folder", ["source_id", "path"], unique=True)
    op.create_table(
        "notice",
        sa.Column("id", Ident, nullable=False),
        sa.Column("source_id", Ident, nullable=False),
        sa.Column("path", Ident, nullable=False),
        sa.Column("severity", Ident, nullable=False),
        sa.Column("message", Ident, nullable=False),
        sa.Column("hint", Ident, server_default="", nullable=False),
        sa.Column("happened_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_notice_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sqlite_strict=True,
    )
    op.create_index("uq_notice", "notice", ["source_id", "path", "message"], unique=True)
    op.create_table(
        "person_key",
        sa.Column("key", Ident, nullable=False),
        sa.Column("person_id", Ident, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_key_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person_key")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_key_person", "person_key", ["person_id"], unique=False)
    op.create_table(
        "podcast_feed",
        sa.Column("id", Ident, nullable=False),
        sa.Column("source_id", Ident, nullable=False),
        sa.Column("folder", Ident, nullable=False),
        sa.Column("url", Ident, nullable=False),
        sa.Column("url_key", Ident, nullable=False),
        sa.Column("login", Ident, server_default="", nullable=False),
        sa.Column("sealed", Ident, server_default="", nullable=False),
        sa.Column("title", Ident, server_default="", nullable=False),
        sa.Column("sort_title", Ident, server_default="", nullable=False),
        sa.Column("author", Ident, server_default="", nullable=False),
        sa.Column("description", Ident, server_default="", nullable=False),
        sa.Column("link", Ident, server_default="", nullable=False),
        sa.Column("image_url", Ident, server_default="", nullable=False),
        sa.Column("cover", Ident, server_default="", nullable=False),
        sa.Column("language", Ident, server_default="", nullable=False),
        sa.Column("explicit", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("type", Ident, server_default="episodic", nullable=False),
        sa.Column("details", Json(), nullable=True),
        sa.Column("download", Ident, nullable=False),
        sa.Column("download_count", sa.Integer(), nullable=False),
        sa.Column("download_since_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("keep", sa.Integer(), nullable=False),
        sa.Column("keep_played_days", sa.Integer(), nullable=False),
        sa.Column("interval_minutes", sa.Integer(), nullable=False),
        sa.Column("etag", Ident, server_default="", nullable=False),
        sa.Column("modified", Ident, server_default="", nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", Ident, server_default="", nullable=False),
        sa.Column("checked_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_check_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_by", Ident, nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_podcast_feed_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_podcast_feed")),
        sa.UniqueConstraint("url_key", name=op.f("uq_podcast_feed_url_key")),
        sqlite_strict=True,
    )
    op.create_index("ix_podcast_feed_due", "podcast_feed", ["next_check_at_ms"], unique=False)
    op.create_index("ix_podcast_feed_sort", "podcast_feed", ["sort_title", "id"], unique=False)
    op.create_index("uq_podcast_feed_folder", "podcast_feed", ["source_id", "folder"], unique=True)
    op.create_table(
        "reaction_failure",
        sa.Column("reaction", Ident, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", Ident, nullable=False),
        sa.Column("again_at", sa.BigInteger(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reaction"], ["reaction.name"], name=op.f("fk_reaction_failure_reaction"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seq"], ["event.seq"], name=op.f("fk_reaction_failure_seq")),
        sa.PrimaryKeyConstraint("reaction", "seq", name=op.f("pk_reaction_failure")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reaction_failure_again_at"), "reaction_failure", ["again_at"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", Ident, nullable=False),
        sa.Column("account_id", Ident, nullable=False),
        sa.Column("token_digest", Ident, nullable=False),
        sa.Column("device", Ident, nullable=False),
        sa.Column("address", Ident, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("seen_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_session_token_digest")),
        sqlite_strict=True,
    )
    op.create_index("ix_session_account_id", "session", ["account_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", Ident, nullable=False),
        sa.Column("token", Ident, nullable=False),
        sa.Column("owner_id", Ident, nullable=False),
        sa.Column("description", Ident, server_default="", nullable=False),
        sa.Column("list_id", Ident, nullable=True),
        sa.Column("created_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("visited_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("visits", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["item_list.id"], name=op.f("fk_share_list_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("token", name=op.f("uq_share_token")),
        sqlite_strict=True,
    )
    op.create_index("ix_share_owner", "share", ["owner_id", "id"], unique=False)
    op.create_table(
        "shelf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", Ident, nullable=False),
        sa.Column("kind", Ident, nullable=False),
        sa.Column("level", Ident, nullable=False),
        sa.Column("count", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_shelf_source_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf")),
        sqlite_strict=True,
    )
    op.create_index("uq_shelf", "shelf", ["source_id", "kind", "level"], unique=True)
    op.create_table(
        "word_above",
        sa.Column("above_id", Ident, nullable=False),
        sa.Column("word_id", Ident, nullable=False),
        sa.ForeignKeyConstraint(["above_id"], ["word.id"], name=op.f("fk_word_above_above_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["word_id"], ["word.id"], name=op.f("fk_word_above_word_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("above_id", "word_id", name=op.f("pk_word_above")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_above_word", "word_above", ["word_id"], unique=False)
    op.create_table(
        "file",
        sa.Column("id", Ident, nullable=False),
        sa.Column("folder_id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column("essence", sa.LargeBinary(), nullable=True),
        sa.Column("format", Ident, server_default="", nullable=False),
        sa.Column("missing_since_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("added_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name=op.f("fk_file_folder_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sqlite_strict=True,
    )
    op.create_index("ix_file_fingerprint", "file", ["fingerprint"], unique=False)
    op.create_index(
        "ix_file_missing",
        "file",
        ["folder_id"],
        unique=False,
        sqlite_where=sa.text("missing_since_ms > 0"),
        postgresql_where=sa.text("missing_since_ms > 0"),
    )
    op.create_index("uq_file_name", "file", ["folder_id", "name"], unique=True)
    op.create_table(
        "item",
        sa.Column("id", Ident, nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("identity", Ident, nullable=False),
        sa.Column("parent_id", Ident, nullable=True),
        sa.Column("title", Ident, nullable=False),
        sa.Column("sort_title", Ident, nullable=False),
        sa.Column("number", sa.Double(), server_default="0", nullable=False),
        sa.Column("number_known", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("group", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("year", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("date", Ident, server_default="", nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("child_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("overview", Ident, server_default="", nullable=False),
        sa.Column("fields", Json(), nullable=True),
        sa.Column("ids", Json(), nullable=True),
        sa.Column("added_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("artwork_id", Ident, nullable=True),
        sa.Column("backdrop_id", Ident, nullable=True),
        sa.Column("missing_since_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("trashed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("signature", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["item.id"], name=op.f("fk_item_parent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelf.id"], name=op.f("fk_item_shelf_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sqlite_strict=True,
    )
    op.create_index("ix_item_added", "item", ["shelf_id", "added_at_ms", "id"], unique=False)
    op.create_index(
        "ix_item_artwork",
        "item",
        ["artwork_id"],
        unique=False,
        sqlite_where=sa.text("artwork_id IS NOT NULL"),
        postgresql_where=sa.text("artwork_id IS NOT NULL"),
    )
    op.create_index(
        "ix_item_backdrop",
        "item",
        ["backdrop_id"],
        unique=False,
        sqlite_where=sa.text("backdrop_id IS NOT NULL"),
        postgresql_where=sa.text("backdrop_id IS NOT NULL"),
    )
    op.create_index("ix_item_date", "item", ["shelf_id", "date", "id"], unique=False)
    op.create_index("ix_item_duration", "item", ["shelf_id", "duration_ms", "id"], unique=False)
    op.create_index("ix_item_parent", "item", ["parent_id", "group", "number", "sort_title", "id"], unique=False)
    op.create_index("ix_item_signature", "item", ["shelf_id", "signature", "id"], unique=False)
    op.create_index("ix_item_title", "item", ["shelf_id", "sort_title", "id"], unique=False)
    op.create_index(
        "ix_item_trash",
        "item",
        ["trashed_at_ms", "id"],
        unique=False,
        sqlite_where=sa.text("trashed_at_ms > 0"),
        postgresql_where=sa.text("trashed_at_ms > 0"),
    )
    op.create_index("ix_item_year", "item", ["shelf_id", "year", "id"], unique=False)
    op.create_index("uq_item_identity", "item", ["shelf_id", "identity"], unique=True)
    op.create_table(
        "podcast_episode",
        sa.Column("id", Ident, nullable=False),
        sa.Column("feed_id", Ident, nullable=False),
        sa.Column("guid_key", Ident, nullable=False),
        sa.Column("media_key", Ident, nullable=False),
        sa.Column("title_key", Ident, nullable=False),
        sa.Column("title", Ident, server_default="", nullable=False),
        sa.Column("published_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("details", Json(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("seen_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("path", Ident, server_default="", nullable=False),
        sa.Column("bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("etag", Ident, server_default="", nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", Ident, server_default="", nullable=False),
        sa.Column("retry_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("done_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("item_id", Ident, nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["podcast_feed.id"], name=op.f("fk_podcast_episode_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_podcast_episode")),
        sqlite_strict=True,
    )
    op.create_index("ix_podcast_episode_feed", "podcast_episode", ["feed_id", "published_ms", "id"], unique=False)
    op.create_index("ix_podcast_episode_item", "podcast_episode", ["item_id"], unique=False)
    op.create_index("ix_podcast_episode_newest", "podcast_episode", ["published_ms", "id"], unique=False)
    op.create_index("ix_podcast_episode_state", "podcast_episode", ["state", "feed_id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("digest", Ident, nullable=False),
        sa.Column("session_id", Ident, nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_refresh_token_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_refresh_token")),
        sqlite_strict=True,
    )
    op.create_index("ix_refresh_token_session_id", "refresh_token", ["session_id"], unique=False)
    op.create_table(
        "artwork",
        sa.Column("id", Ident, nullable=False),
        sa.Column("file_id", Ident, nullable=False),
        sa.Column("origin", Ident, nullable=False),
        sa.Column("index", sa.BigInteger(), nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("width", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("height", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("placeholder", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_artwork_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artwork")),
        sqlite_strict=True,
    )
    op.create_index("ix_artwork_state", "artwork", ["state", "id"], unique=False)
    op.create_index("uq_artwork", "artwork", ["file_id", "origin", "index"], unique=True)
    op.create_table(
        "companion",
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("file_id", Ident, nullable=False),
        sa.Column("role", Ident, nullable=False),
        sa.Column("language", Ident, server_default="", nullable=False),
        sa.Column("title", Ident, server_default="", nullable=False),
        sa.Column("forced", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("hearing_impaired", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_companion_file_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_companion_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "file_id", name=op.f("pk_companion")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_companion_file", "companion", ["file_id"], unique=False)
    op.create_table(
        "credit",
        sa.Column("person_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("role", Ident, nullable=False),
        sa.Column("character", Ident, server_default="", nullable=False),
        sa.Column("named", Ident, server_default="", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_credit_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credit_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "item_id", "role", name=op.f("pk_credit")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_credit_item", "credit", ["item_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("label", Ident, server_default="", nullable=False),
        sa.Column("extra", Ident, server_default="", nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_edition_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sqlite_strict=True,
    )
    op.create_index("uq_edition", "edition", ["item_id", "extra", "label"], unique=True)
    op.create_table(
        "file_facts",
        sa.Column("file_id", Ident, nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_facts_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_facts")),
        sqlite_strict=True,
    )
    op.create_table(
        "item_alias",
        sa.Column("old_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_alias_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_item_alias")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_alias_item", "item_alias", ["item_id"], unique=False)
    op.create_table(
        "item_word",
        sa.Column("word_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("number", Ident, server_default="", nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_word_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["word_id"], ["word.id"], name=op.f("fk_item_word_word_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word_id", "item_id", name=op.f("pk_item_word")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_word_item", "item_word", ["item_id"], unique=False)
    op.create_table(
        "list_entry",
        sa.Column("id", Ident, nullable=False),
        sa.Column("list_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("position", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_list_entry_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["list_id"], ["item_list.id"], name=op.f("fk_list_entry_list_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_list_entry", "list_entry", ["list_id", "position", "id"], unique=False)
    op.create_index("ix_list_entry_item", "list_entry", ["item_id"], unique=False)
    op.create_table(
        "listening_session",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("day", Ident, nullable=False),
        sa.Column("method", Ident, nullable=False),
        sa.Column("player", Ident, nullable=False),
        sa.Column("device", Json(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("length_ms", sa.BigInteger(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.Column("started_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("closed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_listening_session_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "id", name=op.f("pk_listening_session")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listening_session_id", "listening_session", ["id"], unique=False)
    op.create_index("ix_listening_session_item", "listening_session", ["item_id", "user_id"], unique=False)
    op.create_index(
        "ix_listening_session_recent", "listening_session", ["user_id", "changed_at_ms", "id"], unique=False
    )
    op.create_table(
        "opinion",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("favourite", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("favourite_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=True),
        sa.Column("changed_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_opinion_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "item_id", name=op.f("pk_opinion")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_opinion_item", "opinion", ["item_id"], unique=False)
    op.create_index("ix_opinion_rating", "opinion", ["user_id", "rating", "item_id"], unique=False)
    op.create_table(
        "progress",
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("locator", Ident, server_default="", nullable=False),
        sa.Column("fraction", sa.Double(), server_default="0", nullable=False),
        sa.Column("finished", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("play_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("happened_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_progress_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "item_id", name=op.f("pk_progress")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_progress_item", "progress", ["item_id"], unique=False)
    op.create_index("ix_progress_recent", "progress", ["user_id", "happened_at_ms", "item_id"], unique=False)
    op.create_table(
        "progress_log",
        sa.Column("id", Ident, nullable=False),
        sa.Column("user_id", Ident, nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("locator", Ident, server_default="", nullable=False),
        sa.Column("fraction", sa.Double(), server_default="0", nullable=False),
        sa.Column("finished", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("device", Ident, server_default="", nullable=False),
        sa.Column("happened_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("told_at_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_progress_log_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_log")),
        sqlite_strict=True,
    )
    op.create_index("ix_progress_log", "progress_log", ["user_id", "item_id", "happened_at_ms"], unique=False)
    op.create_index("ix_progress_log_item", "progress_log", ["item_id"], unique=False)
    op.create_index("ix_progress_log_time", "progress_log", ["user_id", "happened_at_ms", "item_id"], unique=False)
    op.create_table(
        "share_entry",
        sa.Column("share_id", Ident, nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("item_id", Ident, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_share_entry_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_entry_share_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("share_id", "position", name=op.f("pk_share_entry")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_share_entry_item", "share_entry", ["item_id"], unique=False)
    op.create_table(
        "edition_file",
        sa.Column("edition_id", Ident, nullable=False),
        sa.Column("file_id", Ident, nullable=False),
        sa.Column("part", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("start_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("end_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("length_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_file_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_edition_file_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("edition_id", "file_id", "start_ms", name=op.f("pk_edition_file")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_edition_file_file", "edition_file", ["file_id"], unique=False)
