"""The web process: answers every door on one port. Started by `medley serve`."""

import asyncio
import json

import uvloop

from medley.app.launch import Launch, begin, give_up
from medley.app.parts import Parts, build, prepare
from medley.kernel.errors import MedleyError
from medley.protocols import audiobookshelf, native, page, subsonic
from medley.protocols.plumbing import Doors, protected
from medley.protocols.plumbing.bridge import ASGIApp
from medley.protocols.plumbing.serve import serve
from medley.protocols.subsonic import navidrome


def main() -> None:
    """Run until told to stop; exit code 2 when a person must change something first."""
    launch = begin("web")
    try:
        parts = build(launch.settings)
        prepare(parts, launch.sources)
        uvloop.run(_serve(parts, launch))
    except MedleyError as error:
        give_up(error)


def doors(parts: Parts) -> ASGIApp:
    """Every door by its path; the page answers for the rest."""
    api, books = native.build(parts), audiobookshelf.build(parts)
    every = Doors(
        {
            "/api": api,
            "/healthz": api,
            "/audiobookshelf": books,
            "/socket.io": books,
            "/rest": subsonic.build(parts),
            "/navidrome": navidrome.build(parts),
        },
        otherwise=page.build(),
    )
    return protected(every)


async def _serve(parts: Parts, launch: Launch) -> None:
    code = await asyncio.to_thread(parts.identity.setup_code) if parts.identity.setup_needed() else ""

    def ready(host: str, port: int) -> None:
        print(json.dumps({"url": f"http://{host}:{port}", "setup_code": code}), flush=True)

    server = launch.settings.server
    try:
        await serve(
            doors(parts),
            server.host,
            server.port,
            ready=ready,
            proxies=server.proxies,
            accel=launch.accel(),
        )
    finally:
        await parts.playback.stop()
        parts.close()


if __name__ == "__main__":
    main()
