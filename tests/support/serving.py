"""A real server on a port of its own, for tests."""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from medley.protocols.plumbing.serve import serve


@contextmanager
def running(app: Any, *, accel: Mapping[str, str] | None = None, proxies: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of `app`, served by Granian in a thread until the block ends."""
    addresses: list[str] = []
    ready = threading.Event()
    failed: list[BaseException] = []
    runner = asyncio.Runner()
    loop = runner.get_loop()
    stop = asyncio.Event()

    def announce(host: str, port: int) -> None:
        addresses.append(f"http://{host}:{port}")
        ready.set()

    def run() -> None:
        try:
            options: dict[str, Any] = {"accel": accel, "proxies": proxies, "grace_s": 2, "handle_signals": False}
            serving = serve(app, "127.0.0.1", 0, ready=announce, stop=stop, **options)
            runner.run(serving)
        except BaseException as error:
            failed.append(error)
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(20), "the server did not come up"
    if failed:
        raise failed[0]
    try:
        yield addresses[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(15)
        assert not thread.is_alive(), "the server did not stop"
        runner.close()
    if failed:
        raise failed[0]
