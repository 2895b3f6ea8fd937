"""Putting it together."""

from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import ASGIApp, Receive, Scope, Send

from medley.protocols.subsonic._app import build as build_rest
from medley.protocols.subsonic.navidrome._auth import HEADER
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import TOTAL, failed, route_of
from medley.protocols.subsonic.navidrome.routes import PREFIX, ROUTES

_REST = f"{PREFIX}/rest"


def build(parts: Parts) -> ASGIApp:
    """The routes as an ASGI application, with Subsonic's own below `/navidrome/rest`: apps know one address only."""
    api = CORSMiddleware(
        Api(parts), allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=[TOTAL, HEADER]
    )
    rest = build_rest(parts)

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if path == _REST or path.startswith(f"{_REST}/"):
            await rest({**scope, "path": path.removeprefix(PREFIX)}, receive, send)
        else:
            await api(scope, receive, send)

    return door


class Api:
    """The table; what is not in it is answered as the protocol answers failures."""

    def __init__(self, parts: Parts) -> None:
        self._router = Router([route_of(parts, route, PREFIX) for route in ROUTES], redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        scope = {**scope, "path": scope["path"].rstrip("/")}
        scope["app"] = self  # the router then raises instead of answering by itself
        try:
            await self._router(scope, receive, send)
        except HTTPException as error:
            response: Response = failed(error.status_code, str(error.detail), dict(error.headers or {}))
            await response(scope, Request(scope, receive).receive, send)
