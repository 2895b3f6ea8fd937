"""What tests ask of an API again and again: refusals, pages, and how much work an answer is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from sqlalchemy import Engine, event


def refused(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem (RFC 9457) that `answer` must be, with a sentence for people in it."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("/problems/")
    assert len(told["detail"]) > 10
    return told


def unchanged(client: httpx.Client, path: str) -> bool:
    """Whether what was read once is answered by 304 without a body when it is asked for again."""
    first = client.get(path).raise_for_status()
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    return (again.status_code, again.content) == (304, b"")


def walk(client: httpx.Client, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """A whole list in pages of `limit`; each but the last must be full."""
    found, cursor = [], ""
    while True:
        page = client.get(path, params={**query, "limit": limit, "cursor": cursor}).raise_for_status().json()
        found += page["items"]
        cursor = page["next"]
        if not cursor:
            return found
        assert len(page["items"]) == limit


def is_paged(client: httpx.Client, path: str, **query: Any) -> bool:
    """Whether short pages give the whole list, each entry once, and a made-up cursor is refused."""
    whole = walk(client, path, 500, **query)
    assert len(whole) > 2, "too few to tell"
    refused(client.get(path, params={**query, "cursor": "bm9uc2Vuc2U"}), 422)
    return walk(client, path, 2, **query) == walk(client, path, 5, **query) == whole


def costs_the_same(client: httpx.Client, path: str, **query: Any) -> bool:
    """Whether a page of many costs no statement per entry (the server runs in this process).

    A few more than for a page of one are none per entry: what no entry needs is not looked up.
    """
    # The least of three: threads of the server's own have something to say now and then.
    few, _ = min(_cost(client, path, {**query, "limit": 1}) for _ in range(3))
    many, entries = min(_cost(client, path, {**query, "limit": 100}) for _ in range(3))
    assert few, "nothing was counted"
    assert entries > 2, "too few to tell"
    return many - few < entries / 3


def _cost(client: httpx.Client, path: str, query: dict[str, Any]) -> tuple[int, int]:
    """How many statements a page costs, and how many entries it has."""
    client.get(path, params=query).raise_for_status()  # what is looked up once and remembered is not counted
    with statements() as said:
        page = client.get(path, params=query).raise_for_status().json()
    return len(said), len(page.get("items", page.get("hits")))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that this process says meanwhile."""
    said: list[str] = []

    def note(*arguments: Any) -> None:
        said.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)
