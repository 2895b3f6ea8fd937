"""The index of tests and of a try-out: everything in memory, every entry looked at for every search."""

from collections import Counter

from medley.core.kinds import fold
from medley.core.search.ports import Entry, Found, Hit, Wanted

_FIELDS = (("title", 8.0), ("people", 4.0), ("context", 2.0), ("words", 2.0), ("overview", 1.0))


class MemoryIndex:
    """The port `Index` in a dictionary. Mistyped words are found by edit distance."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def put(self, entries: list[Entry]) -> None:
        self._entries.update((entry.id, entry) for entry in entries)

    def remove(self, ids: list[str]) -> None:
        for item_id in ids:
            self._entries.pop(item_id, None)

    def commit(self) -> None: ...

    def clear(self) -> None:
        self._entries.clear()

    def count(self) -> int:
        return len(self._entries)

    def close(self) -> None: ...

    def find(self, wanted: Wanted, sources: frozenset[str] | None) -> Found:
        words = fold(wanted.text).split()
        scored = [
            (score * entry.weight, matched, entry)
            for entry in self._entries.values()
            if words and _allowed(entry, wanted, sources) and (found := _score(entry, words))
            for score, matched in [found]
        ]
        scored.sort(key=lambda each: (-each[0], each[2].id))
        page = scored[wanted.offset : wanted.offset + wanted.limit]
        facets: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "source", "year", "genre")}
        for _, _, entry in scored:
            facets["kind"][entry.kind] += 1
            facets["source"][entry.source] += 1
            facets["genre"].update(entry.genres)
            if entry.year:
                facets["year"][str(entry.year)] += 1
        hits = [Hit(entry.id, score, matched) for score, matched, entry in page]
        return Found(hits, len(scored), {name: dict(counter) for name, counter in facets.items()})


def _allowed(entry: Entry, wanted: Wanted, sources: frozenset[str] | None) -> bool:
    exact = ((wanted.kind, entry.kind), (wanted.level, entry.level), (wanted.source, entry.source))
    return (
        (sources is None or entry.source in sources)
        and all(not asked or asked == value for asked, value in exact)
        and (not wanted.genre or wanted.genre in entry.genres)
        and (not wanted.year_from or entry.year >= wanted.year_from)
        and (not wanted.year_to or 0 < entry.year <= wanted.year_to)
    )


def _score(entry: Entry, words: list[str]) -> tuple[float, str] | None:
    total, where = 0.0, ""
    for place, word in enumerate(words):
        best = 0.0
        for field, boost in _FIELDS:
            others = _text(entry, field).split()
            slips = 0 if field == "overview" else _slips(word)
            if boost > best and any(_alike(word, other, slips, last=place == len(words) - 1) for other in others):
                best, where = boost, where or field
        if not best:
            return None
        total += best
    return total, where


def _text(entry: Entry, field: str) -> str:
    value = getattr(entry, field)
    if isinstance(value, str):
        return fold(value)
    return fold(" ".join((*value, *(entry.genres if field == "words" else ()))))


def _slips(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _alike(word: str, other: str, slips: int, *, last: bool) -> bool:
    if not word.isascii() and word in other:
        return True
    return _distance(word, other) <= slips or (last and _distance(word, other[: len(word)]) <= slips)


def _distance(one: str, two: str) -> int:
    """Levenshtein's, with a swap of neighbours as one step."""
    before, row = [], list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
