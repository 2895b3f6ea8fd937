"""Podcasts and their episodes."""

from msgspec import UNSET

from medley.protocols.subsonic._wire.media import Child, Text, Wire


class PodcastEpisode(Child, kw_only=True):
    """An episode; without `stream_id` it is not here yet. `status`: new, downloading, completed, error, skipped."""

    stream_id: Text = UNSET
    channel_id: str
    description: Text = UNSET
    status: str
    publish_date: Text = UNSET


class PodcastChannel(Wire, kw_only=True):
    """A podcast; without `episode` where those were not asked for."""

    id: str
    url: str
    title: Text = UNSET
    description: Text = UNSET
    cover_art: Text = UNSET
    original_image_url: Text = UNSET
    status: str
    error_message: Text = UNSET
    episode: list[PodcastEpisode]


class Podcasts(Wire, kw_only=True):
    """All of them."""

    channel: list[PodcastChannel]


class NewestPodcasts(Wire, kw_only=True):
    """Episodes, the newest first."""

    episode: list[PodcastEpisode]
