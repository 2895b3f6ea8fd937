"""What happens here."""

from medley.kernel.events import Event


class PodcastChanged(Event, frozen=True, kw_only=True):
    """A subscription was added, changed, refreshed with something new, or removed; or one of its episodes moved on."""

    source_id: str
    feed_id: str
