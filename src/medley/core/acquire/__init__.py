"""Getting what is not there yet: podcasts that are followed. See README.md in this folder."""

from medley.core.acquire._model import Episode, Imported, Preview, Rules, Subscription
from medley.core.acquire._podcasts import REFRESH_JOB, Podcasts
from medley.core.acquire.ports import FeedChapter

__all__ = [
    "REFRESH_JOB",
    "Episode",
    "FeedChapter",
    "Imported",
    "Podcasts",
    "Preview",
    "Rules",
    "Subscription",
]
