"""Putting the door together."""

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Router
from starlette.types import ASGIApp

from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf.routes import PREFIX, ROUTES
from medley.protocols.audiobookshelf.sockets import Sockets


def build(parts: Parts) -> ASGIApp:
    """The door as an ASGI application. A route without a permission is a `TypeError` where it is declared.

    Apps that are web pages of their own may call it: what a browser sends by itself (cookies) signs nobody in.
    """
    router = Router([route.bound(parts, PREFIX) for route in ROUTES], redirect_slashes=False, default=_nothing)
    sockets = Sockets(parts)
    door = sockets.before(router)
    return CORSMiddleware(door, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])


async def _nothing(scope, receive, send) -> None:
    response: Response = PlainTextResponse("There is nothing at this address.", 404)
    await response(scope, receive, send)
