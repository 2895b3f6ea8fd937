"""What is subscribed to, and what the feeds said. Unknown numbers and times are 0."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer

from medley.kernel.database import Blob, Ident, Json, Name, SortKey, id_column, table


def _text(name: str) -> Column[str]:
    return Column(name, Name, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


podcast_feed = table(
    "podcast_feed",
    id_column(),
    Column("source_id", Ident, ForeignKey("source.id", ondelete="CASCADE"), nullable=False),
    Column("folder", Name, nullable=False),  # of its episodes, below the source
    Column("url", Name, nullable=False),
    Column("url_key", Ident, nullable=False, unique=True),  # the same for all spellings of one address
    _text("login"),
    _text("sealed"),  # the password, as the vault sealed it
    # what the feed says
    _text("title"),
    Column("sort_title", SortKey, nullable=False, server_default=""),
    _text("author"),
    _text("description"),
    _text("link"),
    _text("image_url"),
    _text("cover"),  # the picture's name in the folder
    _text("language"),
    Column("explicit", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("type", Ident, nullable=False, server_default="episodic"),
    Column("details", Json),
    # what is to be done with it
    Column("download", Ident, nullable=False),  # none, newest, since, all
    Column("download_count", Integer, nullable=False),
    _number("download_since_ms"),
    Column("keep", Integer, nullable=False),  # newest episodes that stay, 0 for all
    Column("keep_played_days", Integer, nullable=False),  # 0 for ever
    Column("interval_minutes", Integer, nullable=False),
    # how it went
    _text("etag"),
    _text("modified"),
    Column("digest", Blob),
    Column("failures", Integer, nullable=False, server_default="0"),
    _text("error"),
    _number("checked_at_ms"),
    _number("changed_at_ms"),
    _number("next_check_at_ms"),
    _number("created_at_ms"),
    Column("created_by", Ident),
    Index("uq_podcast_feed_folder", "source_id", "folder", unique=True),
    Index("ix_podcast_feed_due", "next_check_at_ms"),
    Index("ix_podcast_feed_sort", "sort_title", "id"),
)

podcast_episode = table(
    "podcast_episode",
    id_column(),
    Column("feed_id", Ident, ForeignKey("podcast_feed.id", ondelete="CASCADE"), nullable=False),
    # what knows it again: any of these that is not empty
    Column("guid_key", Ident, nullable=False),
    Column("media_key", Ident, nullable=False),
    Column("title_key", Ident, nullable=False),
    _text("title"),
    _number("published_ms"),
    _number("duration_ms"),
    Column("details", Json, nullable=False),  # FeedEpisode
    Column("digest", Blob, nullable=False),  # of the details
    Column("gone", Boolean(create_constraint=False), nullable=False, server_default="0"),  # from the feed
    _number("seen_at_ms"),
    # what became of it here
    Column("state", Ident, nullable=False),  # listed, wanted, loading, here, failed, removed
    _text("path"),  # below the source
    _number("bytes"),
    _text("etag"),  # of the half that is here
    Column("failures", Integer, nullable=False, server_default="0"),
    _text("error"),
    _number("retry_at_ms"),
    _number("done_at_ms"),
    Column("item_id", Ident),  # what the library made of the file; not a foreign key: it may be another by then
    Index("ix_podcast_episode_feed", "feed_id", "published_ms", "id"),
    Index("ix_podcast_episode_newest", "published_ms", "id"),
    Index("ix_podcast_episode_state", "state", "feed_id"),
    Index("ix_podcast_episode_item", "item_id"),
)
