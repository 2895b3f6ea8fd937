"""The index of tests, and what the port means: everything in memory, every entry looked at for every search."""

from collections import Counter

from medley.adapters.searches._text import Asked, asked, parted, slips
from medley.core.kinds import fold
from medley.core.search.ports import Entry, Found, Hit, Wanted

# Where words may stand, and what one there is worth: as it was written, and alike.
_FIELDS = (("title", 8.0, 1.0), ("names", 3.0, 1.0), ("overview", 0.5, 0.0))
_SHORT = 2  # letters, which begin half of all words: an overview must have such a word whole


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
        text = asked(wanted.text)
        scored = [
            (score * entry.weight, entry)
            for entry in self._entries.values()
            if _allowed(entry, wanted, sources) and (score := _score(entry, text))
        ]
        scored.sort(key=lambda each: (-each[0], each[1].id))
        page = scored[wanted.offset : wanted.offset + wanted.limit]
        facets: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "source", "year", "genre")}
        for _, entry in scored:
            facets["kind"][entry.kind] += 1
            facets["source"][entry.source] += 1
            facets["genre"].update(entry.genres)
            if entry.year:
                facets["year"][str(entry.year)] += 1
        hits = [Hit(entry.id, score) for score, entry in page]
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


def _score(entry: Entry, text: Asked) -> float:
    """What the entry is worth to the search; 0 where it lacks a word."""
    others = (*entry.people, *entry.context, *entry.words, *entry.genres)
    texts = {"title": fold(entry.title), "names": fold(" ".join((entry.title, *others))), "overview": entry.overview}
    runs = parted(texts["names"])[1]
    worth = [4.0 * any(run in other for other in runs) for run in text.runs]
    fields = {name: parted(fold(each))[0].split() for name, each in texts.items()}
    for place, word in enumerate(text.words):
        worth.append(_worth(word, fields, last=place == len(text.words) - 1))
    return sum(worth) if all(worth) else 0.0


def _worth(word: str, fields: dict[str, list[str]], *, last: bool) -> float:
    best = 0.0
    for field, exact, alike in _FIELDS:
        many = slips(word) if alike else 0
        prefix = last and (len(word) > _SHORT or field != "overview")
        if word in fields[field]:
            best = max(best, exact)
        elif any(_is_alike(word, other, many, prefix=prefix) for other in fields[field]):
            best = max(best, alike or exact)
    return best


def _is_alike(word: str, other: str, many: int, *, prefix: bool) -> bool:
    row = _distances(word, other)
    return (min(row) if prefix else row[-1]) <= many


def _distances(one: str, two: str) -> list[int]:
    """Levenshtein's distance to each beginning of `two`, with a swap of neighbours as one step."""
    before, row = [], list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], older[j - 2] + 1)
    return row
