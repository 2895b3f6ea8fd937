"""Which episodes of a feed are known, which are new, and which it does not name any more."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from medley.core.acquire._keys import guid_key, media_key, title_key
from medley.core.acquire.ports import FeedEpisode

_encode = msgspec.msgpack.Encoder().encode


class Known(NamedTuple):
    """An episode as it is kept."""

    id: str
    guid_key: str
    media_key: str
    title_key: str
    digest: bytes
    gone: bool


class Told(NamedTuple):
    """An episode as the feed tells it now."""

    episode: FeedEpisode
    guid_key: str
    media_key: str
    title_key: str
    digest: bytes


@dataclass(slots=True)
class Merged:
    """What to write: new episodes; ids with what they became; ids that the feed dropped."""

    new: list[Told] = field(default_factory=list)
    changed: list[tuple[str, Told]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def merge(known: Sequence[Known], episodes: Sequence[FeedEpisode]) -> Merged:
    """Guid first, then the address of the sound, then title and day: the surest key of all episodes before the next.

    A key that several episodes of the feed share says nothing and is left out.
    """
    told = _told(episodes)
    matched: dict[int, Known] = {}
    left = {each.id: each for each in known}
    for name in ("guid_key", "media_key", "title_key"):
        by_key = {getattr(each, name): each for each in left.values() if getattr(each, name)}
        for place, each in enumerate(told):
            key = getattr(each, name)
            if place not in matched and key in by_key and by_key[key].id in left:
                matched[place] = left.pop(by_key[key].id)
    merged = Merged()
    for place, each in enumerate(told):
        if place not in matched:
            merged.new.append(each)
        elif matched[place].digest != each.digest or matched[place].gone:
            merged.changed.append((matched[place].id, each))
    # A feed that is suddenly empty is broken rather than finished.
    merged.gone = [each.id for each in left.values() if not each.gone] if told else []
    return merged


def _told(episodes: Sequence[FeedEpisode]) -> list[Told]:
    """Every episode once, with its keys."""
    makers: tuple[Callable[[FeedEpisode], str], ...] = (guid_key, media_key, title_key)
    keys = [[make(each) for each in episodes] for make in makers]
    shared = [{key for key, many in Counter(found).items() if many > 1} for found in keys]
    told: dict[bytes, Told] = {}
    for place, episode in enumerate(episodes):
        own = ["" if found[place] in ambiguous else found[place] for found, ambiguous in zip(keys, shared, strict=True)]
        digest = blake2b(_encode(episode), digest_size=16).digest()
        told.setdefault(digest, Told(episode, own[0], own[1], own[2], digest))
    return list(told.values())
