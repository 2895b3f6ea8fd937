"""Step 4, before its first half: people who have several names, and one id elsewhere.

Tags write an artist as the cover does: "Prince" here, a sign there. The first name that came with an id stands for all
of them, on credits and on the rung that is the artist; what a work writes instead stays with its credit. When no work
writes that first name any more, the one that most of them write takes its place.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from medley.core.kinds import Credit, Guess, Rung, fold
from medley.core.library._store import person_names, words

_SCHEMES = ("musicbrainz_artist",)


class People:
    """Names by ids elsewhere, as far as this scan came across them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self.renamed: set[str] = set()  # keys of people who were called by another name

    def under_one_name(self, connection: Connection, guesses: list[Guess]) -> list[Guess]:
        """The guesses with everybody under the name that is known."""
        rungs = {id(rung): rung for guess in guesses for rung in guess.ladder}
        said: dict[str, str] = {}
        for rung in rungs.values():
            for credit in rung.credits:
                for key in keys_of(credit.ids):
                    said.setdefault(key, credit.name)
        if unknown := said.keys() - self._names.keys():
            stored = words.people_by_key(connection, unknown)
            self._names |= {key: stored[key][0] if key in stored else said[key] for key in unknown}
        others = {place: new for place, rung in rungs.items() if (new := self._renamed(rung)) is not rung}
        if not others:
            return guesses
        put = msgspec.structs.replace
        return [put(guess, ladder=tuple(others.get(id(rung), rung) for rung in guess.ladder)) for guess in guesses]

    def settle(self, connection: Connection) -> dict[str, list[str]]:
        """After the scan: a name that nobody writes any more gives way. Gives source id → ids of items that changed."""
        return person_names.replace_unused(connection, self.renamed) if self.renamed else {}

    def known(self, people: Iterable[Credit]) -> list[tuple[str, str]]:
        """(key, name) of those who have one."""
        return [(key, credit.name) for credit in people for key in keys_of(credit.ids)]

    def _renamed(self, rung: Rung) -> Rung:
        credits_ = [self._credit(credit) for credit in rung.credits]
        if any(new is not old for new, old in zip(credits_, rung.credits, strict=True)):
            rung = msgspec.structs.replace(rung, credits=credits_)
        name = self._other_name(rung.ids, rung.title)
        if name and rung.identity == fold(rung.title):
            rung = msgspec.structs.replace(rung, identity=fold(name), title=name, sort="")
        return rung

    def _credit(self, credit: Credit) -> Credit:
        name = self._other_name(credit.ids, credit.name)
        return msgspec.structs.replace(credit, name=name, sort="", named=credit.name) if name else credit

    def _other_name(self, ids: dict[str, str], name: str) -> str:
        for key in keys_of(ids):
            known = self._names.get(key, name)
            if known != name and fold(known) != fold(name):
                self.renamed.add(key)
                return known
        return ""


def keys_of(ids: dict[str, str]) -> list[str]:
    """What makes somebody the same person under any name."""
    return [f"{scheme}:{ids[scheme]}" for scheme in _SCHEMES if scheme in ids] if ids else []
