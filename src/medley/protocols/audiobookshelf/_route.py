"""A route that knows who may use it, and how one is called."""

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route as StarletteRoute

from medley.core.identity import PERMISSIONS, Asker, require
from medley.kernel.errors import MedleyError
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._auth import asker_of, token_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.plumbing import STILL, ClientGone

PUBLIC = "public"  # anybody: the handler's asker is None
SIGNED_IN = "signed-in"  # any role
_KNOWN = frozenset({PUBLIC, SIGNED_IN, *PERMISSIONS})

_STATUS = {
    "invalid-input": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not-found": 404,
    "conflict": 409,
    "too-large": 413,
    "too-many-requests": 429,
    "unsupported": 422,
    "unavailable": 503,
}
_WITH_BODY = ("POST", "PATCH", "PUT")

_encoder = msgspec.json.Encoder()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table.

    `handler(house, who, ask)` gives what is sent as JSON, a `Response`, a text, or None for the text “OK”. A plain
    function is called in a thread.
    """

    method: str
    path: str
    handler: Callable[..., Any]
    permission: str

    def __post_init__(self) -> None:
        if self.permission not in _KNOWN:
            raise TypeError(f"{self.method} {self.path} declares no permission that exists: {self.permission!r}")

    def bound(self, house: Parts, prefix: str) -> StarletteRoute:
        """The route as Starlette calls it."""

        async def endpoint(request: Request) -> Response:
            return await respond(house, self, request)

        return StarletteRoute(prefix + self.path, endpoint, methods=[self.method])


async def respond(house: Parts, route: Route, request: Request) -> Response:
    """The answer to one request. Apps look at the status; what failed is said in words."""
    try:
        who = await _admitted(house, route, request)
        body = await request.body() if request.method in _WITH_BODY else b""
        ask = Ask(request, body)
        if inspect.iscoroutinefunction(route.handler):
            return _answer(await route.handler(house, who, ask))
        return await run_in_threadpool(lambda: _answer(route.handler(house, who, ask)))
    except MedleyError as error:
        return failure(error)
    except ClientGone:
        raise
    except Exception as error:
        _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
        return PlainTextResponse("Medley made a mistake. The server's log has the details.", 500)


def failure(error: MedleyError) -> Response:
    """The answer that tells of `error`."""
    headers = {"cache-control": "no-store"}
    if "retry_after_s" in error.details:
        headers["retry-after"] = str(error.details["retry_after_s"])
    return PlainTextResponse(f"{error.message} {error.hint}".strip(), _STATUS.get(error.code, 500), headers)


async def _admitted(house: Parts, route: Route, request: Request) -> Asker | None:
    if route.permission == PUBLIC:
        return None
    request.scope[STILL] = house.identity.witness()
    token = token_of(request)
    who = house.identity.remembered(token) if token else None
    who = who or await run_in_threadpool(asker_of, house, token)
    if route.permission != SIGNED_IN:
        require(who, route.permission)
    return who


def _answer(given: Any) -> Response:
    if isinstance(given, Response):
        return given
    if given is None or isinstance(given, str):
        return PlainTextResponse(given or "OK")
    return Response(_encoder.encode(given), media_type="application/json", headers={"cache-control": "private"})
