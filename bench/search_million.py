"""Searching a million items with a mistyped word, against the same words asked of bare tantivy."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench._ground import Figure, Size, percentile, rounded
from bench._medley import medley
from bench._million import million, some_titles

_LIMIT_MS, _TIMES = 30.0, 3.0
_PAGE = 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(size: Size) -> Iterator[Figure]:
    """`search_million` in milliseconds: p99 over HTTP, cards of the results included."""
    asked = queries(size, size.requests)
    with million(size) as data:
        with medley(data, role="web") as server, server.client() as client:
            for words in asked[: len(asked) // 4]:
                client.get("/api/v1/search", q=words, limit=_PAGE)
            over_http = [client.get("/api/v1/search", q=words, limit=_PAGE)[1] for words in asked]
        port = timed(_port(data), asked)
        bare = timed(_bare(data), asked)
    value, peer = percentile(over_http, 0.99), percentile(bare, 0.99)
    yield Figure(
        name="search_million",
        value=rounded(value),
        unit="ms p99",
        peer="bare tantivy: the same words in titles, no facets, no cards",
        peer_value=rounded(peer),
        ratio=rounded(value / peer),
        goal="≤ 30 ms, and ≤ 3 × bare tantivy",
        ok=value <= _LIMIT_MS and value <= _TIMES * peer,
        note=f"{size.items:,} items; p50 {percentile(over_http, 0.5):.1f} ms, of which the index "
        f"{percentile(port, 0.5):.1f} (p99 {percentile(port, 0.99):.1f}); bare p50 {percentile(bare, 0.5):.1f} ms",
    )


def queries(size: Size, many: int) -> list[str]:
    """Titles from the library, of one to three words, one of which is mistyped."""
    random_ = random.Random(7)
    titles = (title for title in some_titles(size, many * 3, 7) if title.isascii() and max(map(len, title.split())) > 4)
    return [_mistyped(title, random_) for title, _ in zip(titles, range(many), strict=False)]


def _mistyped(title: str, random_: random.Random) -> str:
    words = title.lower().split()[:3]
    place = max(range(len(words)), key=lambda index: len(words[index]))
    word = words[place]
    at = random_.randrange(1, len(word) - 1)
    slips = (word[:at] + word[at + 1 :], word[:at] + random_.choice(_LETTERS) + word[at:])
    words[place] = random_.choice((*slips, word[:at] + word[at + 1] + word[at] + word[at + 2 :]))
    return " ".join(words)


def timed(find: Any, asked: list[str]) -> list[float]:
    """Milliseconds of each search, after a quarter of them as a warm-up."""
    for words in asked[: len(asked) // 4]:
        find(words)
    took = []
    for words in asked:
        started = time.perf_counter()
        find(words)
        took.append((time.perf_counter() - started) * 1000)
    return took


def _port(data: Path) -> Any:
    from medley.adapters.searches.tantivy import TantivyIndex
    from medley.core.search import Wanted

    index = TantivyIndex(data / "search")
    return lambda words: index.find(Wanted(text=words, limit=_PAGE), None)


def _bare(data: Path) -> Any:
    """The least that finds the same titles: each word as it may have been meant, the last one unfinished."""
    import tantivy
    from tantivy import Occur, Query

    index = tantivy.Index.open(str(next((data / "search").iterdir())))
    schema, searcher = index.schema, index.searcher()

    def find(text: str) -> Any:
        words = text.split()
        parts = []
        for place, word in enumerate(words):
            slips = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
            last = place == len(words) - 1
            parts.append((Occur.Must, Query.fuzzy_term_query(schema, "title", word, slips, True, last)))
        hits = searcher.search(Query.boolean_query(parts), limit=_PAGE).hits
        return [searcher.doc(address) for _, address in hits]

    return find
