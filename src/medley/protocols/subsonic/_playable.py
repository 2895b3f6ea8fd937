"""From an id of theirs to a file that is played."""

from dataclasses import dataclass

from medley.core.identity import Asker
from medley.core.kinds import Facts
from medley.core.library import FileHandle
from medley.kernel.errors import NotFound
from medley.protocols.plumbing.media import facts_of
from medley.protocols.subsonic._ids import Ref
from medley.protocols.subsonic._parts import Parts

_GONE = "Its disk may be away; scan the source again."


@dataclass(frozen=True, slots=True)
class Playable:
    """A file, and the part of it that is meant: `end_ms` 0 is its end, which is all of it where `start_ms` is 0 too."""

    handle: FileHandle
    start_ms: int
    end_ms: int

    @property
    def is_part(self) -> bool:
        """Whether the file holds more than this, as the one file of a CUE sheet does."""
        return bool(self.start_ms or self.end_ms)


def playable(house: Parts, who: Asker, ref: Ref) -> Playable:
    """The file that a song, an episode or a video is first played from."""
    own = ref.of("so", "ep")
    found = house.library.items.played_from(who, _of_episode(house, who, own) if ref.sort == "ep" else own)
    if found.file.missing:
        raise NotFound(f"“{found.file.name}” is not there now.", hint=_GONE)
    return Playable(found.file, found.start_ms, found.end_ms if found.end_ms > found.start_ms else 0)


def _of_episode(house: Parts, who: Asker, own: str) -> str:
    """The item of an episode; where it is no episode of a feed, it is the item itself."""
    try:
        episode = house.podcasts.episodes.get(who, own)
    except NotFound:
        return own
    if not episode.item_id:
        raise NotFound(f"“{episode.title}” is not here yet.", hint="Download the episode first.")
    return episode.item_id


def playable_facts(house: Parts, who: Asker, ref: Ref) -> tuple[Playable, Facts]:
    """The same with what was read from the file."""
    found = playable(house, who, ref)
    return found, facts_of(house, found.handle)
