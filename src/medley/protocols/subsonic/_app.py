"""Putting the door together."""

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._route import by_name, respond
from medley.protocols.subsonic.routes import PREFIX, ROUTES


def build(parts: Parts) -> ASGIApp:
    """The door as an ASGI application. A method without a permission is a `TypeError` where it is declared.

    Apps that are web pages of their own may call it: what a browser sends by itself (cookies) means nothing here.
    """
    return CORSMiddleware(Door(parts), allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])


class Door:
    """Finds the method that a path names: a look into a table instead of eighty regular expressions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._routes = by_name(ROUTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        name = scope["path"].removeprefix(PREFIX).strip("/")
        route = self._routes.get(name) or self._routes.get(name.partition("/")[0] + "/")
        response = await respond(self._parts, route, name, Request(scope, receive))
        await response(scope, receive, send)
