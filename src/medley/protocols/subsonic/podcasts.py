"""Podcast: channels, episodes, following and downloading."""

from medley.core.identity import Asker
from medley.protocols.subsonic import _channels
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.podcasts import NewestPodcasts, PodcastEpisode, Podcasts

_NEWEST, _MOST = 20, 500


def get_podcasts(house: Parts, who: Asker, ask: Ask) -> Podcasts:
    """Podcasts that are followed or lie in the library, one (`id`) or all, with or without their episodes."""
    with_episodes = ask.flag("includeEpisodes", default=True)
    if ask.has("id"):
        own = ask.ref("id").of("po")
        return Podcasts(channel=[_channels.channel(house, who, own, with_episodes=with_episodes)])
    return Podcasts(channel=_channels.channels(house, who, with_episodes=with_episodes))


def get_newest_podcasts(house: Parts, who: Asker, ask: Ask) -> NewestPodcasts:
    """The newest episodes of all podcasts."""
    return NewestPodcasts(episode=_channels.newest(house, who, ask.number("count", _NEWEST, least=1, most=_MOST)))


def get_podcast_episode(house: Parts, who: Asker, ask: Ask) -> PodcastEpisode:
    """One episode (https://opensubsonic.netlify.app/docs/extensions/getpodcastepisode/)."""
    return _channels.episode(house, who, ask.ref("id").of("ep", "so"))


def refresh_podcasts(house: Parts, who: Asker, _ask: Ask) -> None:
    """Look for new episodes of all podcasts whose time has come."""
    house.podcasts.refresh(who)


def create_podcast_channel(house: Parts, who: Asker, ask: Ask) -> None:
    """Follow a podcast by the address of its feed."""
    house.podcasts.subscriptions.add(who, ask.text("url"))


def delete_podcast_channel(house: Parts, who: Asker, ask: Ask) -> None:
    """Follow a podcast no more; what was downloaded stays."""
    house.podcasts.subscriptions.remove(who, ask.ref("id").of("po"))


def delete_podcast_episode(house: Parts, who: Asker, ask: Ask) -> None:
    """Move the file of an episode to the trash of its source."""
    house.podcasts.episodes.remove(who, ask.ref("id").of("ep"))


def download_podcast_episode(house: Parts, who: Asker, ask: Ask) -> None:
    """Have an episode downloaded to this server."""
    house.podcasts.episodes.download(who, ask.ref("id").of("ep"))
