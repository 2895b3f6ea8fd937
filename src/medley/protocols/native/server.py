"""What this server is, for anybody and for its administrator."""

import platform
import shutil
from collections import Counter

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from medley import __version__
from medley.core.library import Source
from medley.protocols.native._parts import House
from medley.protocols.native._wire.answers import Disk, KindView, Server, System


def get_server(house: House) -> Server:
    """Name and version of this server, and whether it still needs an owner."""
    return Server("Medley", __version__, house.identity.setup_needed())


async def get_openapi(request: Request) -> dict:
    """This document."""
    return request.app.openapi()


async def get_health() -> Response:
    """Says ok while the server answers."""
    return PlainTextResponse("ok", headers={"cache-control": "no-store"})


def list_kinds(house: House) -> list[KindView]:
    """The kinds of media, their levels, and how they are sorted and opened."""
    return [KindView.of(kind) for kind in house.library.kinds.values()]


def get_system(house: House, request: Request) -> System:
    """Version, database, disks, counts."""
    sources = house.library.sources.all()
    counts: Counter[str] = Counter()
    for source in sources:
        counts.update(source.counts)
    return System(
        version=__version__,
        python=platform.python_version(),
        database=house.database.dialect,
        uptime_ms=house.clock.now_ms() - request.app.state.started_ms,
        users=len(house.identity.users()),
        counts=dict(counts),
        disks=[disk for source in sources if (disk := _disk(source)) is not None],
    )


def _disk(source: Source) -> Disk | None:
    try:
        usage = shutil.disk_usage(source.path)
    except OSError:
        return None  # not mounted now
    return Disk(source.id, source.name, usage.total, usage.free)
