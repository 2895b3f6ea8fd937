"""What goes with something: similar items, and the best of an artist.

Computed from what the library knows: genres, people, moods, years, and what its people hear together. The same all day
long, another choice among equals tomorrow.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from medley.core.identity import Asker
from medley.core.kinds import Kind, fold
from medley.core.library._items import Items
from medley.core.library._store import lists
from medley.core.library._store import mixes as store
from medley.core.library._store.mixes import Traits
from medley.kernel.clock import Clock
from medley.kernel.database import Database
from medley.kernel.errors import NotFound

MOST = 500
_SEEDS = 60  # of an album or artist, so many stand for all
_OF_PEOPLE, _OF_LISTENERS, _GENRES, _PLACES, _AT_PLACE = 200, 200, 3, 6, 50
_DAY_MS = 86_400_000
_ERA = 12  # years, within which music has something in common
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # of ids


class Mixes:
    """Looks for what goes together, among what one asker may see. A fixed number of queries at any size."""

    def __init__(self, database: Database, clock: Clock, kinds: Mapping[str, Kind]) -> None:
        self._database, self._clock, self._kinds = database, clock, kinds

    def similar(self, asker: Asker, item_id: str, limit: int = 50) -> list[str]:
        """Ids of what goes with a track, an album or an artist, the closest first; that itself is left out."""
        with self._database.read() as connection:
            row = Items.row(connection, asker, item_id)
            shelf_ids = self._leaf_shelves(connection, asker, row.kind)
            seeds = store.leaves_below(connection, row.id, _SEEDS)
            liked = store.traits(connection, seeds)
            beside = store.heard_beside(connection, seeds, _OF_LISTENERS)
            day = f"{self._clock.now_ms() // _DAY_MS}\0{row.id}"
            found = {*beside, *self._alike(connection, list(liked.values()), day)} - set(seeds)
            there = store.on_shelves(connection, found, shelf_ids)
            traits = store.traits(connection, there)
        return _best(traits, list(liked.values()), beside, day, min(limit, MOST))

    def top(self, asker: Asker, kind: str, limit: int = 50, *, artist_id: str = "", name: str = "") -> list[str]:
        """Ids of an artist's items, those first that everybody here played most; by the artist's item or by name.

        An artist whom nobody knows has none; `NotFound` for an id that one may not see.
        """
        with self._database.read() as connection:
            shelf_ids = self._leaf_shelves(connection, asker, kind)
            mine: list[str] = []
            if artist_id:
                row = Items.row(connection, asker, artist_id)
                mine, name = store.leaves_below(connection, row.id, MOST), row.title
            if person := store.person_called(connection, fold(name)):
                mine += store.by_people(connection, [person], 10 * MOST)
            ranks = store.ranks(connection, set(mine), shelf_ids)
        ranks.sort(key=lambda each: (-each.plays, each.year, each.sort_title, each.id))
        return [each.id for each in ranks[: min(limit, MOST)]]

    def _leaf_shelves(self, connection: Connection, asker: Asker, kind: str) -> list[int]:
        if kind not in self._kinds:
            raise NotFound(f"There is no kind “{kind}”.")
        leaf = self._kinds[kind].leaf.name
        return [shelf_id for shelf_id, _ in lists.shelves(connection, asker.sources, kind, leaf)]

    @staticmethod
    def _alike(connection: Connection, liked: Sequence[Traits], day: str) -> Iterable[str]:
        """What shares people or genres, from places in their indexes that the day chooses."""
        people = Counter(person for each in liked for person in each.people)
        genres = Counter(word for each in liked for word in each.words)
        found = store.by_people(connection, [person for person, _ in people.most_common(5)], _OF_PEOPLE)
        for word_id, _ in genres.most_common(_GENRES):
            some = store.with_word(connection, word_id, "", _PLACES * _AT_PLACE)
            if len(some) == _PLACES * _AT_PLACE and (ends := store.ends_of(connection, word_id)):
                starts = [_between(*ends, _chance(day, word_id, str(place))) for place in range(_PLACES)]
                some = [each for start in starts for each in store.with_word(connection, word_id, start, _AT_PLACE)]
            found += some
        return found


def _best(
    traits: Mapping[str, Traits], liked: Sequence[Traits], beside: Mapping[str, int], day: str, limit: int
) -> list[str]:
    """The closest first, and of one artist only some before others had their turn."""
    most = max(beside.values(), default=1)
    scores = {
        item_id: _closeness(each, liked) + 2 * beside.get(item_id, 0) / most + _chance(day, item_id) / 2
        for item_id, each in traits.items()
    }
    at_once, seen, first, later = max(3, limit // 6), Counter[frozenset[str]](), [], []
    for item_id in sorted(scores, key=lambda each: (-scores[each], each)):
        people = traits[item_id].people
        seen[people] += 1
        (first if not people or seen[people] <= at_once else later).append(item_id)
    return [*first, *later][:limit]


def _closeness(one: Traits, liked: Sequence[Traits]) -> float:
    """How much is shared with those of `liked` on average."""
    return sum(_shared(one, each) for each in liked) / len(liked) if liked else 0.0


def _shared(one: Traits, other: Traits) -> float:
    era = max(0.0, 1 - abs(one.year - other.year) / _ERA) if one.year and other.year else 0.0
    return (
        3 * _overlap(one.words, other.words)
        + 2 * _overlap(one.people, other.people)
        + _overlap(one.moods, other.moods)
        + era
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _chance(*said: str) -> float:
    """A number from 0 to 1 that is the same for the same words."""
    digest = hashlib.blake2b("\0".join(said).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def _between(low: str, high: str, fraction: float) -> str:
    """The id that lies so far between two: ids are numbers in base 32."""
    first, last = _number(low), _number(high)
    value = first + int((last - first) * fraction)
    letters = [_LETTERS[value >> 5 * place & 31] for place in range(len(low))]
    return "".join(reversed(letters))


def _number(text: str) -> int:
    value = 0
    for letter in text:
        value = value << 5 | _LETTERS.index(letter)
    return value
