"""Ranges of a film as players ask for them, against nginx's sendfile: same file, same client, turn by turn."""

import socket
import statistics
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from bench._film import file_of, items_of, padded
from bench._ground import Figure, Size, rounded, scratch, spread
from bench._medley import medley
from bench._peers import nginx

_FILE_MB = 192
_CONNECTIONS = 4
_BUFFER = 256 << 10
GOALS = {"8m": (8 << 20, 0.95), "1m": (1 << 20, 0.6)}


def measure(size: Size) -> Iterator[Figure]:
    """`serve_range_8m` and `serve_range_1m` in MB/s over 4 kept connections."""
    with scratch() as folder:
        media = folder / "media"
        media.mkdir()
        film = media / "Ranges (2020).mkv"
        padded(film, _FILE_MB << 20)
        with medley(folder / "data") as server, server.client() as client, nginx(media) as peer:
            file_id = file_of(client, items_of(server, client, media)[0])
            ours = (server.port, f"/api/v1/files/{file_id}/bytes", f"Cookie: medley_session={server.token}")
            theirs = (urlsplit(peer).port, f"/{quote(film.name)}", "") if peer else None
            for name, (length, goal) in GOALS.items():
                yield _compared(name, length, goal, ours, theirs, size)


def _compared(name: str, length: int, goal: float, ours: tuple, theirs: tuple | None, size: Size) -> Figure:
    mine, others = [], []
    for _ in range(size.turns):
        if theirs:
            others.append(load(*theirs, length, size.seconds))
        mine.append(load(*ours, length, size.seconds))
    ratios = [a / b for a, b in zip(mine, others, strict=False)]
    ratio = statistics.median(ratios) if ratios else None
    return Figure(
        name=f"serve_range_{name}",
        value=rounded(statistics.median(mine)),
        unit="MB/s",
        peer="nginx sendfile" + ("" if theirs else " (absent)"),
        peer_value=rounded(statistics.median(others)) if others else None,
        ratio=rounded(ratio) if ratio else None,
        goal=f"≥ {goal} × nginx",
        ok=ratio is not None and ratio >= goal,
        note=f"{size.turns} turns of {size.seconds:g} s each; ratios {spread(ratios)}" if ratios else "",
    )


def load(port: int, path: str, header: str, length: int, seconds: float) -> float:
    """MB/s that a few connections get, each asking for one range after the other at places all over the file."""
    end = time.perf_counter() + seconds
    loaders = [_Loader(port, path, header, length, number, end) for number in range(_CONNECTIONS)]
    started = time.perf_counter()
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join()
    for loader in loaders:
        if loader.error:
            raise loader.error
    return sum(loader.bytes for loader in loaders) / 1e6 / (time.perf_counter() - started)


class _Loader(threading.Thread):
    def __init__(self, port: int, path: str, header: str, length: int, number: int, end: float) -> None:
        super().__init__(daemon=True)
        self._port, self._path, self._length, self._end = port, path, length, end
        self._header = f"Host: 127.0.0.1\r\n{header}\r\n" if header else "Host: 127.0.0.1\r\n"
        self._number, self._buffer = number, bytearray(_BUFFER)
        self.bytes, self.error = 0, None

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self._port), 20) as connection:
                places = ((_FILE_MB << 20) - self._length) // 4096
                turn = self._number * 7919
                while time.perf_counter() < self._end:
                    turn += 104_729
                    self.bytes += self._one(connection, turn % places * 4096)
        except (OSError, RuntimeError) as error:
            self.error = error

    def _one(self, connection: socket.socket, start: int) -> int:
        asked = f"GET {self._path} HTTP/1.1\r\n{self._header}Range: bytes={start}-{start + self._length - 1}\r\n\r\n"
        connection.sendall(asked.encode())
        many = connection.recv_into(self._buffer)
        head, mark, _ = bytes(self._buffer[: min(many, 8192)]).partition(b"\r\n\r\n")
        if not mark or b" 206 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"{self._path}: {head[:200].decode(errors='replace')}")
        left = self._length - (many - len(head) - 4)
        while left > 0:
            many = connection.recv_into(self._buffer, min(left, _BUFFER))
            if not many:
                raise RuntimeError("The connection was closed early.")
            left -= many
        return self._length
