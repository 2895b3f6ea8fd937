"""Pages of a list of a million items: every sort, both directions, first page to deep ones, over HTTP."""

import random
import threading
import time
from collections.abc import Iterator
from typing import Any

from bench._ground import Figure, Size, percentile, rounded
from bench._library import library
from bench._medley import Client, Medley, medley
from bench._million import KIND, LEVEL, million

_ALONE_MS, _SCANNING_MS = 50.0, 100.0
_MOST_S = 120.0
_DEEP = 8  # places of a list, spread at random, that are asked for beside its first page


def measure(size: Size) -> Iterator[Figure]:
    """`list_million` alone and `list_million_scanning`: p99 of the slowest sort, in milliseconds."""
    with million(size) as data, medley(data) as server, server.client() as client:
        pages = _pages(server)
        _rounds(client, pages, 2 * len(pages))  # what every process does once is not a page's cost
        yield _figure("list_million", _ALONE_MS, _rounds(client, pages, size.requests // 40 * len(pages) + 1), size)
        yield _figure("list_million_scanning", _SCANNING_MS, _during_scan(server, client, pages, size), size)


Pages = list[tuple[str, dict[str, Any]]]  # (sort, query)


def _pages(server: Medley) -> Pages:
    """The first page and some deep ones of each sort and direction."""
    from medley.core.library._store.lists import SORTS

    random_ = random.Random(1)
    pages: Pages = []
    for sort in set(SORTS) - {"number", "genre"}:  # which only lists below one item, or of one genre, may ask for
        for order in ("asc", "desc"):
            plain = {"kind": KIND, "level": LEVEL, "sort": sort, "order": order, "limit": 100}
            pages.append((sort, plain))
            pages.extend((sort, plain | {"cursor": cursor}) for cursor in _cursors(server, sort, random_))
    random_.shuffle(pages)
    return pages


def _cursors(server: Medley, sort: str, random_: random.Random) -> list[str]:
    """Cursors at random places of a list: those of pages that end with a random item."""
    from sqlalchemy import func, select

    from medley.core.library._store.lists import SORTS
    from medley.core.library._store.tables import item
    from medley.core.library._store.user_tables import opinion, progress
    from medley.kernel.pages import encode_cursor

    mine = {"played": progress, "rating": opinion, "favourite": opinion}.get(sort)
    tables = item if mine is None else item.join(mine, mine.c.item_id == item.c.id)
    with server.parts.database.read() as connection:
        last = connection.scalar(select(func.max(item.c.id)))
        first = connection.scalar(select(func.min(item.c.id)))
        found = []
        while len(found) < _DEEP:
            share = f"{int(first[:10]) + random_.randint(0, int(last[:10]) - int(first[:10])):010}"
            query = select(*SORTS[sort]).select_from(tables).where(item.c.id >= share, item.c.parent_id.is_not(None))
            row = connection.execute(query.order_by(item.c.id).limit(1)).one_or_none()
            if row is not None:
                # A random list also remembers where its walk began, and whether it came round.
                found.append(encode_cursor([*row, row[0], 0] if sort == "random" else list(row)))
    return found


def _rounds(client: Client, pages: Pages, many: int) -> dict[str, list[float]]:
    """Sort → milliseconds of each page."""
    took: dict[str, list[float]] = {}
    end = time.monotonic() + _MOST_S
    for number in range(many):
        if time.monotonic() > end:
            break
        sort, query = pages[number % len(pages)]
        took.setdefault(sort, []).append(client.get("/api/v1/items", **query)[1])
    return took


def _during_scan(server: Medley, client: Client, pages: Pages, size: Size) -> dict[str, list[float]]:
    job_id = server.scan(server.add(library(size.tracks)))
    over = threading.Event()

    def watch() -> None:
        try:
            server.wait(job_id)
        finally:
            over.set()

    threading.Thread(target=watch, daemon=True).start()
    took: dict[str, list[float]] = {}
    while not over.is_set():
        for sort, times in _rounds(client, pages, len(pages)).items():
            took.setdefault(sort, []).extend(times)
    return took


def _figure(name: str, limit: float, took: dict[str, list[float]], size: Size) -> Figure:
    slowest = max(took, key=lambda sort: percentile(took[sort], 0.99))
    value = percentile(took[slowest], 0.99)
    each = ", ".join(f"{sort} {percentile(t, 0.5):.0f}/{percentile(t, 0.99):.0f}" for sort, t in sorted(took.items()))
    return Figure(
        name=name,
        value=rounded(value),
        unit="ms p99",
        goal=f"≤ {limit:.0f} ms",
        ok=value <= limit,
        note=f"{size.items:,} items, slowest sort: {slowest}; p50/p99 by sort: {each}; "
        f"{sum(map(len, took.values()))} pages of 100",
    )
