"""Other people's servers, as they are: each on a loopback address of its own, and free to misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Behaviour = Callable[[Asked, socket.socket], None]


@dataclass
class Host:
    """A server; `asked` are the requests that it got, in their order."""

    url: str
    port: int
    asked: list[Asked] = field(default_factory=list)


def answer(status: int = 200, body: bytes = b"", *, says: int | None = None, **headers: str) -> Behaviour:
    """A well-behaved answer; `says`: the length that it claims to have. `_` in the names of headers is a hyphen."""

    def behave(_asked: Asked, connection: socket.socket) -> None:
        lines = [f"HTTP/1.1 {status} Whatever", f"content-length: {len(body) if says is None else says}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return behave


@contextmanager
def host(behave: Behaviour | Mapping[str, Behaviour], address: str = "127.0.0.1", port: int = 0) -> Iterator[Host]:
    """A server at `address`; where `behave` is a mapping, by the path without its query, else 404."""
    server = socket.create_server((address, port), backlog=256)
    there = Host(f"http://{address}:{server.getsockname()[1]}", server.getsockname()[1])

    def serve_one(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            asked = _read(connection)
            if asked is not None:
                there.asked.append(asked)
                if callable(behave):
                    behave(asked, connection)
                else:
                    behave.get(asked.path.partition("?")[0], answer(404))(asked, connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                connection.settimeout(60)
                threading.Thread(target=serve_one, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Asked(method, path, headers, body)
