"""Writes through the API without a pause, and remembers what was answered: that must never be lost."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
from tests.support.server import PASSWORD, Server, everything

_PLAYABLE_LIMIT = 40


class Witness:
    """One client that reports progress, rates, makes playlists and people, while the server is being killed.

    Acknowledged is what got a 2xx. What got no answer may have happened or not; both are right.
    """

    def __init__(self, server: Server, seed: int) -> None:
        self._server, self._random = server, random.Random(seed)
        self._stop, self._pause = threading.Event(), 0.01
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.items: list[str] = []
        self.positions: dict[str, int] = {}  # item: the last acknowledged position
        self.sent: dict[str, set[int]] = {}  # item: everything after it that may have arrived
        self.ratings: dict[str, set[int | None]] = {}
        self.playlists: set[str] = set()
        self.maybe: set[str] = set()
        self.users: set[str] = set()
        self.refused: list[str] = []
        self.writes = 0

    def __enter__(self) -> "Witness":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(70)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        deeds: list[Callable[[httpx.Client], None]] = [self._progress] * 12 + [self._rate] * 4 + [self._playlist] * 3
        with self._server.client() as client:
            while not self._stop.wait(self._pause):
                if len(self.users) < 3 and self._random.random() < 0.02:
                    self._person(client)
                elif self.items:
                    self._random.choice(deeds)(client)
                if not self.items or self._random.random() < 0.02:
                    self._look(client)

    def _look(self, client: httpx.Client) -> None:
        """See which items there are by now."""
        try:
            found = client.get("/items", params={"limit": 500})
        except httpx.TransportError:
            return
        if found.is_success:
            fresh = [each["id"] for each in found.json()["items"] if each["playable"] and each["id"] not in self.items]
            self.items += fresh[: max(0, _PLAYABLE_LIMIT - len(self.items))]

    def _try(self, send: Callable[[], httpx.Response]) -> bool | None:
        """Whether it was acknowledged; None when nobody knows."""
        try:
            answer = send()
        except httpx.TransportError:
            time.sleep(0.05)
            return None
        if answer.is_success:
            self.writes += 1
            return True
        self.refused.append(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
        return None if answer.status_code >= 500 else False

    def _progress(self, client: httpx.Client) -> None:
        item = self._random.choice(self.items)
        position = self._random.randrange(1, 1000)
        self.sent.setdefault(item, set()).add(position)
        body = {"position_ms": position, "duration_ms": 1_000_000, "happened_at_ms": time.time_ns() // 1_000_000}
        if self._try(lambda: client.put(f"/items/{item}/progress", json=body)):
            self.positions[item] = position
            self.sent[item] = {position}
            time.sleep(0.002)  # two events within a millisecond have no order

    def _rate(self, client: httpx.Client) -> None:
        item, rating = self._random.choice(self.items), self._random.randrange(11)
        before = self.ratings.setdefault(item, {None})
        before.add(rating)
        if self._try(lambda: client.put(f"/items/{item}/opinion", json={"rating": rating})):
            self.ratings[item] = {rating}

    def _playlist(self, client: httpx.Client) -> None:
        name = f"list {self._random.getrandbits(48):x}"
        body = {"name": name, "item_ids": self._random.sample(self.items, min(3, len(self.items)))}
        self._note(self.playlists, name, self._try(lambda: client.post("/playlists", json=body)))

    def _person(self, client: httpx.Client) -> None:
        name = f"person {self._random.getrandbits(48):x}"
        body = {"name": name, "password": PASSWORD}
        self._note(self.users, name, self._try(lambda: client.post("/users", json=body)))

    def _note(self, acknowledged: set[str], name: str, answer: bool | None) -> None:
        if answer:
            acknowledged.add(name)
        elif answer is None:
            self.maybe.add(name)

    def verify(self) -> None:
        """Nothing acknowledged is lost and nothing is doubled; call it when the writing has ended."""
        with self._server.client() as client:
            for item, sent in self.sent.items():
                mine = client.get(f"/items/{item}").raise_for_status().json()["mine"]
                expected = sent | ({0} if item not in self.positions else set())
                assert mine["position_ms"] in expected, (item, mine, expected)
            for item, ratings in self.ratings.items():
                mine = client.get(f"/items/{item}").raise_for_status().json()["mine"]
                assert mine["rating"] in ratings, (item, mine, ratings)
            self._verify_names([each["name"] for each in everything(client, "/playlists")], self.playlists)
            found: list[dict[str, Any]] = client.get("/users").raise_for_status().json()
            self._verify_names([each["name"] for each in found if each["name"].startswith("person ")], self.users)

    def _verify_names(self, found: list[str], acknowledged: set[str]) -> None:
        assert len(found) == len(set(found)), "something is doubled"
        assert acknowledged <= set(found), f"lost: {acknowledged - set(found)}"
        assert set(found) <= acknowledged | self.maybe
