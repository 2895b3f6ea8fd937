"""Running one application on one port until told to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterable, Mapping

from granian.asgi import LifespanProtocol

from medley.kernel.errors import Unavailable
from medley.protocols.plumbing._granian import Granian
from medley.protocols.plumbing.bridge import ASGIApp, Bridge


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
    server = Granian(bridge, host, port)
    lifespan = LifespanProtocol(app)
    await lifespan.startup()
    if lifespan.interrupt:
        raise Unavailable("The server could not start.", hint="The log says why.") from lifespan.exc
    if handle_signals:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server.start()
    announcing = asyncio.create_task(_announce(host, port, ready))
    try:
        await stop.wait()
        await bridge.stop(grace_s)
        await server.stop(max(1.0, grace_s))
    finally:
        announcing.cancel()
        bridge.close()
        await lifespan.shutdown()


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
