"""Services that keep listens: ListenBrainz, Last.fm, Maloja."""

from medley.adapters.scrobblers.lastfm import LastFm
from medley.adapters.scrobblers.listenbrainz import ListenBrainz
from medley.adapters.scrobblers.maloja import Maloja

__all__ = ["LastFm", "ListenBrainz", "Maloja"]
