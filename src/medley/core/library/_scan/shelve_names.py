"""Step 4, before its first half: people who have several names, and one id elsewhere.

Tags write an artist as the cover does: "Prince" here, a sign there. The first name that came with an id stands for all
of them, on credits and on the rung that is the artist; what a work writes instead stays with its credit. When no work
writes that first name any more, the one that most of them write takes its place.
"""

import msgspec
from sqlalchemy import Connection

from medley.core.kinds import Credit, Guess, Rung, fold
from medley.core.library._store import person_names, words

_SCHEME = "musicbrainz_artist"  # the ids that say who somebody is

_Said = tuple[str, str]  # an id, and the name that came with it


class People:
    """Names by ids elsewhere, as far as this scan came across them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # by id
        self._plain: set[_Said] = set()  # those who are called as they are known
        self._aliases: dict[_Said, str] = {}  # other names, and the known ones
        self._new: dict[str, str] = {}  # ids of which no earlier scan knew

    def under_one_name(self, connection: Connection, guesses: list[Guess]) -> list[Guess]:
        """The guesses with everybody under the name that is known."""
        rungs = {id(rung): rung for guess in guesses for rung in guess.ladder}
        said = dict.fromkeys(
            (credit.ids[_SCHEME], credit.name)
            for rung in rungs.values()
            for credit in rung.credits
            if credit.ids and _SCHEME in credit.ids
        )
        if new := [each for each in said if each not in self._plain and each not in self._aliases]:
            self._meet(connection, new)
        if not said.keys() & self._aliases.keys():
            return guesses
        put = msgspec.structs.replace
        others = {place: self._renamed(rung) for place, rung in rungs.items()}
        return [put(guess, ladder=tuple(others[id(rung)] for rung in guess.ladder)) for guess in guesses]

    def remember(self, connection: Connection, names: words.Names) -> None:
        """Write down who was met for the first time; by now everybody has a row."""
        if self._new:
            words.put_person_keys(connection, names, [(_key(id_), name) for id_, name in self._new.items()])
            self._new = {}

    def settle(self, connection: Connection) -> dict[str, list[str]]:
        """After the scan: a name that nobody writes any more gives way. Gives source id → ids of items that changed."""
        return person_names.replace_unused(connection, {_key(id_) for id_, _ in self._aliases})

    def _meet(self, connection: Connection, new: list[_Said]) -> None:
        unknown = {id_ for id_, _ in new if id_ not in self._names}
        stored = words.people_by_key(connection, map(_key, unknown))
        for id_, name in new:
            if id_ not in self._names:
                self._names[id_] = stored.get(_key(id_), name)
                if _key(id_) not in stored:
                    self._new[id_] = name
            if fold(self._names[id_]) == fold(name):
                self._plain.add((id_, name))
            else:
                self._aliases[id_, name] = self._names[id_]

    def _renamed(self, rung: Rung) -> Rung:
        credits_ = [self._credit(credit) for credit in rung.credits]
        name = self._aliases.get((rung.ids.get(_SCHEME, ""), rung.title))
        if name and rung.identity == fold(rung.title):
            return msgspec.structs.replace(rung, identity=fold(name), title=name, sort="", credits=credits_)
        return msgspec.structs.replace(rung, credits=credits_)

    def _credit(self, credit: Credit) -> Credit:
        name = self._aliases.get((credit.ids.get(_SCHEME, ""), credit.name))
        return msgspec.structs.replace(credit, name=name, sort="", named=credit.name) if name else credit


def _key(id_: str) -> str:
    return f"{_SCHEME}:{id_}"
