"""Running one application on one port until told to stop."""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Mapping

from granian.asgi import LifespanProtocol
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from medley.kernel.errors import Unavailable
from medley.protocols.plumbing.bridge import ASGIApp, Bridge

_log = logging.getLogger(__name__)

_THREADS_PATIENCE = 75  # looks, 20 ms apart


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    ready: Callable[[str, int], None] | None = None,
    proxies: Iterable[str] = (),
    accel: Mapping[str, str] | None = None,
    grace_s: float = 5.0,
    handle_signals: bool = True,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve `app` on `host:port` (0: any free port) until SIGTERM, SIGINT or `stop`.

    `ready(host, port)` is called once the port answers. Open answers get `grace_s` seconds to end. `proxies` and
    `accel`: see `Bridge`. Raises `Unavailable` when the port is taken.
    """
    stop = stop or asyncio.Event()
    port = _usable_port(host, port)
    bridge = Bridge(app, proxies=proxies, accel=accel)
    server = _server(bridge, host, port, grace_s)
    lifespan = LifespanProtocol(app)
    await lifespan.startup()
    if lifespan.interrupt:
        raise Unavailable("The server could not start.", hint="The log says why.") from lifespan.exc
    if handle_signals:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    before = _native_threads()
    running = asyncio.create_task(server.serve())
    try:
        await _until_stopped(running, stop, lambda: _announce(host, port, ready))
        theirs = _native_threads() - before
        await bridge.stop(grace_s)
        server.stop()
        await _ended(running)
        await _joined(theirs)
    finally:
        bridge.close()
        await lifespan.shutdown()


def _server(bridge: Bridge, host: str, port: int, grace_s: float) -> Server:
    server = Server(
        bridge,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        log_level=LogLevels.error,
        websockets=True,
        backlog=1024,
    )
    server.workers_kill_timeout = max(1, round(grace_s))
    return server


def _usable_port(host: str, port: int) -> int:
    """The port itself, or any free one for 0.

    Granian's own listener shares ports (SO_REUSEPORT): on a taken one, two servers would take turns in answering.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return probe.getsockname()[1]
    except OSError as error:
        raise Unavailable(
            f"{host} port {port} cannot be used: {error.strerror}.", hint="Choose another port with --port."
        ) from error


def _native_threads() -> set[int]:
    """The threads of this process that Python did not start (Linux; elsewhere none are known)."""
    try:
        every = {int(name) for name in os.listdir("/proc/self/task")}
    except OSError:
        return set()
    return every - {thread.native_id for thread in threading.enumerate() if thread.native_id is not None}


async def _until_stopped(running: asyncio.Task[None], stop: asyncio.Event, announce: Callable) -> None:
    announcing = asyncio.create_task(announce())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        announcing.cancel()
        stopping.cancel()


async def _ended(running: asyncio.Task[None]) -> None:
    try:
        await running
    except TimeoutError:
        _log.warning("Some connections were cut.")


async def _joined(threads: set[int]) -> None:
    """Wait for the server's own threads, which it leaves behind for a moment.

    One that asks for the interpreter while that is being torn down aborts the whole process.
    """
    for _ in range(_THREADS_PATIENCE):
        if not threads & _native_threads():
            return
        await asyncio.sleep(0.02)


async def _announce(host: str, port: int, ready: Callable[[str, int], None] | None) -> None:
    """Call `ready` once the server answers over HTTP, whatever it answers."""
    nearby = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - the address of any is no address
    while True:
        try:
            reader, writer = await asyncio.open_connection(nearby, port)
            writer.write(b"HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answered = await reader.readline()
            writer.close()
            if answered:
                break
        except OSError:
            pass
        await asyncio.sleep(0.02)
    if ready is not None:
        ready(host, port)
