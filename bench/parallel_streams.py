"""Two hundred people who listen at once, each to a file as it is: how long a song takes to begin."""

import json
import random
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench._ground import Figure, Size, percentile, rounded, scratch
from bench._library import library
from bench._medley import Medley, medley
from bench.subsonic_calls import api_key

_LISTENERS = 200
_SONG_BYTES = 24 << 20
_SONGS = 40
_GOAL_MS = 100.0
_EACH_S = 1.0  # a listener takes what it needs for so many seconds
_TAKEN = 160 << 10  # bytes at a time: 1.3 Mbit/s each, as FLAC


def measure(size: Size) -> Iterator[Figure]:
    """`parallel_streams`: p99 of the time to the first byte of a song, in milliseconds, while all others play."""
    with scratch() as folder:
        _songs(folder / "media")
        with medley(folder / "data") as server, server.client() as client:
            source_id = server.add(folder / "media")
            server.wait(server.scan(source_id))
            page = client.get("/api/v1/items", kind="music", level="track", limit=_SONGS)[0]
            ids = [each["id"] for each in json.loads(page)["items"]]
            yield _figure(_listen(server, ids, songs_each=2 + size.turns, seconds=2 * size.seconds))


def _songs(media: Path) -> None:
    """Real files, made long by zeros behind their end."""
    for number, path in enumerate(sorted(library(1_200).rglob("*.flac"))[:_SONGS]):
        target = media / f"Album {number}" / path.name
        target.parent.mkdir(parents=True)
        shutil.copyfile(path, target)
        with target.open("r+b") as file:
            file.truncate(_SONG_BYTES + number * 4096)


def _listen(server: Medley, ids: list[str], songs_each: int, seconds: float) -> list[float]:
    """Milliseconds to the first byte of each song that begins while all listen; the first of each is not counted."""
    signed = {"apiKey": api_key(server), "v": "1.16.1", "c": "bench"}
    took: list[float] = []
    failures: list[BaseException] = []

    def listener(number: int) -> None:
        random_ = random.Random(number)
        try:
            time.sleep(seconds * number / _LISTENERS)
            for song in range(songs_each):
                query = urlencode(signed | {"id": f"so-{random_.choice(ids)}"})
                first = _one(server.port, f"/rest/stream?{query}", seconds)
                if song:
                    took.append(first)
        except (OSError, RuntimeError) as error:
            failures.append(error)

    threads = [threading.Thread(target=listener, args=(number,), daemon=True) for number in range(_LISTENERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return took


def _one(port: int, address: str, seconds: float) -> float:
    """Listen for some seconds; milliseconds to the first byte of sound."""
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        started = time.perf_counter()
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\nfLaC" not in head:
            piece = connection.recv(_TAKEN)
            head += piece
            if not piece or (b"\r\n\r\n" in head and not head.startswith(b"HTTP/1.1 200")):
                raise RuntimeError(f"{address}: {head[:300].decode(errors='replace')}")
        first = (time.perf_counter() - started) * 1000
        end = started + seconds
        while time.perf_counter() < end and connection.recv(_TAKEN):
            time.sleep(_EACH_S)
    return first


def _figure(took: list[float]) -> Figure:
    value = percentile(took, 0.99)
    return Figure(
        name="parallel_streams",
        value=rounded(value),
        unit="ms p99",
        goal=f"≤ {_GOAL_MS:.0f} ms",
        ok=value <= _GOAL_MS,
        note=f"{_LISTENERS} at once, {len(took)} songs begun; p50 {percentile(took, 0.5):.1f} ms, "
        f"slowest {max(took):.0f} ms",
    )
