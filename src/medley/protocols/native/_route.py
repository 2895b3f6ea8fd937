"""A route that knows who may use it."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from medley.core.identity import PERMISSIONS, require
from medley.protocols.native._auth import authenticate
from medley.protocols.native._parts import ASKER
from medley.protocols.plumbing import STILL

PUBLIC = "public"  # anybody, signed in or not
SIGNED_IN = "signed-in"  # any role
_KNOWN = frozenset({PUBLIC, SIGNED_IN, *PERMISSIONS})

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table.

    `answer` is the type that is sent as JSON, a media type where it is something else, or None for no content.
    `key` names the object whose signed key may stand in for a session, for elements that send no headers; `ranges`
    says that parts of the answer may be had.
    """

    method: str
    path: str
    handler: Callable[..., Any]
    permission: str
    answer: Any = None
    status: int = 200
    key: str = ""
    ranges: bool = False

    @property
    def name(self) -> str:
        """Unique among all routes: the handler's name, and what it is about where a handler serves several."""
        noun = getattr(getattr(self.handler, "__self__", None), "noun", "")
        return f"{self.handler.__name__}_{noun}".rstrip("_")

    def __post_init__(self) -> None:
        if self.permission not in _KNOWN:
            raise TypeError(f"{self.method} {self.path} declares no permission that exists: {self.permission!r}")


class GuardedRoute(APIRoute):
    """A FastAPI route that asks who is there before it reads anything else of the request. GET answers HEAD too."""

    def __init__(self, route: Route, prefix: str) -> None:
        self.declared = route
        self._beginning = (prefix + route.path).partition("{")[0]
        super().__init__(
            prefix + route.path,
            _as_response(route),
            methods=[route.method],
            operation_id=route.name,
            response_model=None,
            summary=_summary(route.handler),
            description=_description(route.handler),
            tags=[route.handler.__module__.rpartition(".")[2]],
        )

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(self._beginning):  # spares most routes their regular expression
            return Match.NONE, {}
        match, child = super().matches(scope)
        if match is Match.PARTIAL and self._serves(scope["method"]):
            return Match.FULL, child
        return match, child

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._serves(scope["method"]):
            raise HTTPException(405, headers={"allow": self.declared.method})
        if self.declared.permission != PUBLIC:
            request = Request(scope)
            scope[STILL] = request.app.state.parts.identity.witness()
            asker = await authenticate(request, request.app.state.parts, self.declared.key)
            if self.declared.permission != SIGNED_IN:
                require(asker, self.declared.permission)
            scope[ASKER] = asker
        await self.app(scope, receive, send)

    def _serves(self, method: str) -> bool:
        return method == self.declared.method or (method == "HEAD" and self.declared.method == "GET")


def _as_response(route: Route) -> Callable[..., Any]:
    """The handler, its answer encoded; FastAPI reads its parameters through `functools.wraps`."""
    handler, status = route.handler, route.status

    @functools.wraps(handler)
    async def awaiting(**arguments: Any) -> Response:
        return _response(await handler(**arguments), status)

    @functools.wraps(handler)
    def answering(**arguments: Any) -> Response:
        return _response(handler(**arguments), status)

    return awaiting if inspect.iscoroutinefunction(handler) else answering


def encoded(answer: Any, status: int = 200) -> Response:
    """`answer` as JSON."""
    return Response(_encoder.encode(answer), status, media_type="application/json")


def _response(answer: Any, status: int) -> Response:
    if isinstance(answer, Response):
        return answer
    return Response(status_code=204) if answer is None else encoded(answer, status)


def _summary(handler: Callable[..., Any]) -> str:
    return (inspect.getdoc(handler) or handler.__name__).partition("\n")[0].rstrip(".")


def _description(handler: Callable[..., Any]) -> str:
    return (inspect.getdoc(handler) or "").partition("\n")[2].strip()
