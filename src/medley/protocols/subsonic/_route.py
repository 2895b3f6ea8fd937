"""A method that knows who may call it, and how one is called."""

import inspect
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from medley.core.identity import PERMISSIONS, Asker, require
from medley.kernel.errors import MedleyError
from medley.protocols.plumbing import STILL, ClientGone
from medley.protocols.subsonic._ask import Ask, read
from medley.protocols.subsonic._auth import authenticate
from medley.protocols.subsonic._encode import Element, answer, failure
from medley.protocols.subsonic._errors import Fault, Number, number_of
from medley.protocols.subsonic._parts import Parts

PUBLIC = "public"  # anybody, signed in or not: the handler's asker is None
SIGNED_IN = "signed-in"  # any role
_KNOWN = frozenset({PUBLIC, SIGNED_IN, *PERMISSIONS})
_HELPED = (Number.WRONG_CREDENTIALS, Number.WRONG_API_KEY)

_SETTINGS = "/app/settings"  # of the page

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table: `/rest/<name>` and `/rest/<name>.view`.

    `handler(house, who, ask)` gives what stands in the envelope as `element` (None: nothing does), an `Element` where
    the name depends on the request, or, where the line is `binary`, a `Response`. A plain function is called in a
    thread.
    """

    name: str
    handler: Callable[..., Any]
    permission: str
    element: str = ""
    binary: bool = False

    def __post_init__(self) -> None:
        if self.permission not in _KNOWN:
            raise TypeError(f"{self.name} declares no permission that exists: {self.permission!r}")
        if self.binary and self.element:
            raise TypeError(f"{self.name} answers with bytes or with an element, not both")


def by_name(table: Sequence[Route]) -> dict[str, Route]:
    """The table by what stands in addresses. A method that has two lines is a `TypeError`."""
    found: dict[str, Route] = {}
    for route in table:
        for name in (route.name, f"{route.name}.view"):
            if name in found:
                raise TypeError(f"{name} has two lines in the route table")
            found[name] = route
    return found


async def respond(house: Parts, route: Route | None, name: str, request: Request) -> Response:
    """The answer to one request; every failure is one of the protocol's own."""
    ask = Ask(request, {}, method=name)
    try:
        ask = await read(request, name)
        return await _called(house, route, ask) if route is not None else _unknown(ask)
    except MedleyError as error:
        return failure(ask, error, _help_url(request, error))
    except ClientGone:
        raise
    except Exception as error:
        _log.error("%s failed", name, exc_info=error)
        return failure(ask, MedleyError("Medley made a mistake.", hint="The server's log has the details."))


def _unknown(ask: Ask) -> Response:
    response = failure(ask, Fault(Number.NOT_FOUND, f"There is no method “{ask.method[:60]}” here."))
    response.status_code = 404  # how apps find out that an extension is not spoken
    return response


async def _called(house: Parts, route: Route, ask: Ask) -> Response:
    who = None if route.permission == PUBLIC else await _admitted(house, route, ask)
    if inspect.iscoroutinefunction(route.handler):
        return _answer(route, ask, await route.handler(house, who, ask))
    return await run_in_threadpool(lambda: _answer(route, ask, route.handler(house, who, ask)))


async def _admitted(house: Parts, route: Route, ask: Ask) -> Asker:
    ask.request.scope[STILL] = house.identity.witness()
    who = await run_in_threadpool(authenticate, house.identity, ask)
    if route.permission != SIGNED_IN:
        require(who, route.permission)
    return who


def _answer(route: Route, ask: Ask, given: Any) -> Response:
    if route.binary:
        return given
    return answer(ask, given if isinstance(given, Element) else Element(route.element, given))


def _help_url(request: Request, error: MedleyError) -> str:
    """Where a person makes an app password, for those who could not sign in."""
    return str(request.url.replace(path=_SETTINGS, query="")) if number_of(error) in _HELPED else ""
