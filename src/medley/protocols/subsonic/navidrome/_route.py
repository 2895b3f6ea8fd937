"""A route that knows who may use it, and how one is answered."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute

from medley.core.identity import PERMISSIONS, require
from medley.kernel.errors import InvalidInput, MedleyError
from medley.protocols.plumbing import ClientGone
from medley.protocols.plumbing.problems import STATUS
from medley.protocols.subsonic._ask import Ask, read
from medley.protocols.subsonic.navidrome._auth import HEADER, authenticate
from medley.protocols.subsonic.navidrome._parts import Parts

PUBLIC = "public"  # anybody, signed in or not: the handler's asker is None
_KNOWN = frozenset({PUBLIC, *PERMISSIONS})
TOTAL = "X-Total-Count"

_log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table. `handler(house, who, ask)` is called in a thread; what it gives is sent as JSON."""

    method: str
    path: str
    handler: Callable[..., Any]
    permission: str

    def __post_init__(self) -> None:
        if self.permission not in _KNOWN:
            raise TypeError(f"{self.method} {self.path} declares no permission that exists: {self.permission!r}")


class Part(NamedTuple):
    """Part of a list, and how long all of it is."""

    items: list[Any]
    total: int


def route_of(house: Parts, route: Route, prefix: str) -> StarletteRoute:
    """A line of the table as it is routed."""

    async def answer(request: Request) -> Response:
        try:
            ask = replace(await read(request, route.path), body=await request.body())
            return await _answered(house, route, ask)
        except MedleyError as error:
            headers = {"Retry-After": str(error.details["retry_after_s"])} if "retry_after_s" in error.details else {}
            return failed(STATUS.get(error.code, 500), f"{error.message} {error.hint}".strip(), headers)
        except ClientGone:
            raise
        except Exception as error:
            _log.error("%s %s failed", route.method, route.path, exc_info=error)
            return failed(500, "Medley made a mistake. The server's log has the details.")

    return StarletteRoute(prefix + route.path, answer, methods=[route.method])


def failed(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """A failure as they tell it."""
    return Response(_encoder.encode({"error": message}), status, dict(headers or {}), "application/json")


def body_of(ask: Ask, shape: type[Any]) -> Any:
    """The JSON that was sent; what its `shape` does not name is passed over."""
    try:
        found = msgspec.json.decode(ask.body, type=shape)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise InvalidInput(f"This body cannot be read: {error}.") from None
    if "\\u0000" in ask.body.decode("utf-8", "replace"):
        raise InvalidInput("A text contains a zero byte.")
    return found


async def _answered(house: Parts, route: Route, ask: Ask) -> Response:
    if route.permission == PUBLIC:
        return await run_in_threadpool(lambda: _sent(route.handler(house, None, ask)))
    return await run_in_threadpool(_as_somebody, house, route, ask)


def _as_somebody(house: Parts, route: Route, ask: Ask) -> Response:
    who, token = authenticate(house.identity, ask.request)
    require(who, route.permission)
    response = _sent(route.handler(house, who, ask))
    response.headers[HEADER] = token
    return response


def _sent(given: Any) -> Response:
    if given is None:
        return Response(status_code=204)
    headers = {"cache-control": "no-store"}
    if isinstance(given, Part):
        headers[TOTAL] = str(given.total)
        given = given.items
    return Response(_encoder.encode(given), 200, headers, "application/json")
