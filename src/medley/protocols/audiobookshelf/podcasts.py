"""Episodes of podcasts. Subscriptions themselves are kept on Medley's page."""

from medley.core.identity import Asker
from medley.kernel.errors import NotFound
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire.media import Episode


def get_episode(house: Parts, who: Asker, ask: Ask) -> Episode:
    """One episode."""
    work = house.library.works.one(who, ask.id("episode_id"))
    found = items.episode(work) if work.parent_id == ask.id("item_id") else None
    if found is None:
        raise NotFound("There is no such episode in this podcast.", hint="Its file may be gone; refresh the app.")
    return found
