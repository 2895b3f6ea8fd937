"""What music apps ask for most, of a library of a million tracks, through the OpenSubsonic door."""

import json
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench._ground import Figure, Size, percentile, rounded, scratch
from bench._library import library
from bench._medley import Client, Medley, medley
from bench._million import million, some_titles
from bench._processes import weight

_GOAL_MS = 50.0
_GROWTH_MB = 50.0
_REAL_TRACKS = 200  # files that are there, to be streamed
_LISTS = (
    *("alphabeticalByName", "alphabeticalByArtist", "newest", "random", "frequent", "recent", "starred", "highest"),
    "byYear",
)
_PAGE = 100
_SYNC_PAGE = 500  # songs, as apps that copy a whole library ask for

Call = tuple[str, str, dict[str, Any]]  # what it is told as, the method, its parameters


def measure(size: Size) -> Iterator[Figure]:
    """`subsonic_calls`: p99 of the slowest call in milliseconds; `subsonic_memory`: what the calls leave behind."""
    with scratch() as folder, million(size) as data, medley(data) as server, server.client() as client:
        songs = _real_songs(server, client, folder)
        signed = {"apiKey": api_key(server), "v": "1.16.1", "c": "bench", "f": "json"}
        calls = _calls(size, songs)
        _rounds(client, calls, signed, len(calls))  # what every process does once is not a call's cost
        before = weight(server.pid)
        took = _rounds(client, calls, signed, size.requests * 5)
        yield _figure(took, size)
        yield _memory(before, weight(server.pid), sum(map(len, took.values())))


def api_key(server: Medley) -> str:
    """A new app password of the account."""
    identity = server.parts.identity
    user = identity.users()[0]
    return identity.app_passwords.create(identity.asker(user.id), f"bench {time.time()}").secret


def _real_songs(server: Medley, client: Client, folder: Path) -> list[str]:
    """Ids of tracks that have a file, in a source of their own."""
    media = folder / "real"
    for path in sorted(library(1_200).rglob("*.*"))[:_REAL_TRACKS]:
        target = media / path.relative_to(library(1_200))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    source_id = server.add(media)
    server.wait(server.scan(source_id))
    page = client.get("/api/v1/items", source=source_id, kind="music", level="track", limit=_PAGE)[0]
    return [each["id"] for each in json.loads(page)["items"]]


def _calls(size: Size, songs: list[str]) -> list[Call]:
    random_ = random.Random(2)
    albums, tracks = size.items // 12, size.items
    calls: list[Call] = []
    for kind in _LISTS:
        years = {"fromYear": 1990, "toYear": 2000} if kind == "byYear" else {}
        for share in (0, 0.3, 0.6, 0.95):
            asked = {"type": kind, "size": _PAGE, "offset": int(albums * share), **years}
            calls.append((f"{kind} at {share:.0%}", "getAlbumList2", asked))
    for share in (0, 0.25, 0.5, 0.75, 0.99):
        asked = {"query": '""', "artistCount": 0, "albumCount": 0, "songCount": _SYNC_PAGE}
        calls.append((f"search3 all at {share:.0%}", "search3", asked | {"songOffset": int(tracks * share)}))
    calls += [("search3 words", "search3", {"query": title}) for title in some_titles(size, 20, 7)]
    for _ in range(20):
        artist = random_.randrange(size.items // 120)
        calls.append(("getArtist", "getArtist", {"id": f"ar-01{artist:08}{0:016}"}))
    calls += [("getSong", "getSong", {"id": f"so-{song_id}"}) for song_id in random_.sample(songs, 10)]
    calls += [("stream", "stream", {"id": f"so-{song_id}"}) for song_id in random_.sample(songs, 20)]
    random_.shuffle(calls)
    return calls


def _rounds(client: Client, calls: list[Call], signed: dict[str, Any], many: int) -> dict[str, list[float]]:
    """What each call is told as → milliseconds of each."""
    took: dict[str, list[float]] = {}
    for number in range(many):
        name, method, asked = calls[number % len(calls)]
        body, milliseconds = client.get(f"/rest/{method}", **signed, **asked)
        if method != "stream" and b'"status":"ok"' not in body:
            raise RuntimeError(f"{method} {asked}: {body[:300].decode(errors='replace')}")
        took.setdefault(name, []).append(milliseconds)
    return took


def _figure(took: dict[str, list[float]], size: Size) -> Figure:
    slowest = max(took, key=lambda name: percentile(took[name], 0.99))
    value = percentile(took[slowest], 0.99)
    each = ", ".join(f"{name} {percentile(t, 0.5):.0f}/{percentile(t, 0.99):.0f}" for name, t in sorted(took.items()))
    return Figure(
        name="subsonic_calls",
        value=rounded(value),
        unit="ms p99",
        goal=f"≤ {_GOAL_MS:.0f} ms",
        ok=value <= _GOAL_MS,
        note=f"{size.items:,} tracks, slowest: {slowest}; p50/p99: {each}; {sum(map(len, took.values()))} calls",
    )


def _memory(before: float, after: float, calls: int) -> Figure:
    grown = after - before
    return Figure(
        name="subsonic_memory",
        value=rounded(grown),
        unit="MB",
        goal=f"≤ {_GROWTH_MB:.0f} MB more",
        ok=grown <= _GROWTH_MB,
        note=f"{before:.0f} MB before and {after:.0f} MB after {calls} calls",
    )
