"""Putting the door together."""

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from medley.kernel.errors import MedleyError
from medley.protocols.native._openapi import document
from medley.protocols.native._parts import Parts
from medley.protocols.native._route import GuardedRoute, Route
from medley.protocols.native.routes import PREFIX, ROOT_ROUTES, ROUTES
from medley.protocols.plumbing import ClientGone, problem, problem_of
from medley.protocols.plumbing.hub import Hub

_log = logging.getLogger(__name__)
_CODES = {401: "unauthenticated", 403: "forbidden", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}


def build(parts: Parts) -> FastAPI:
    """The door as an ASGI application. A route without a permission is a `TypeError`, here and now."""
    app = FastAPI(title="Medley", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.parts = parts
    app.state.hub = Hub(parts.database)
    app.state.started_ms = parts.clock.now_ms()
    app.router.routes[:] = guarded(ROUTES, PREFIX) + guarded(ROOT_ROUTES, "")
    refuse_unguarded(app.routes)
    app.openapi = lambda: _document_once(app)  # the way FastAPI documents for replacing it
    app.add_exception_handler(MedleyError, _medley_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _crash)
    return app


def guarded(table: Sequence[Route], prefix: str) -> list[BaseRoute]:
    """The routes of a table, each behind its permission."""
    return [GuardedRoute(route, prefix) for route in table]


def refuse_unguarded(routes: Sequence[BaseRoute]) -> None:
    """Raise where a route got in beside the table."""
    for route in routes:
        if not isinstance(route, GuardedRoute):
            raise TypeError(f"{route!r} declares no permission; add it to routes.py")


def _document_once(app: FastAPI) -> dict:
    if app.openapi_schema is None:
        app.openapi_schema = document(app)
    return app.openapi_schema


async def _medley_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, MedleyError)
    return problem_of(error)


async def _validation_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [{"where": ".".join(map(str, each["loc"])), "what": each["msg"]} for each in error.errors()[:20]]
    detail = "; ".join(f"{each['where']}: {each['what']}" for each in found[:3])
    return problem("invalid-input", detail, hint="See /api/v1/openapi.json.", more={"errors": found})


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "invalid-input")
    detail = "There is nothing at this address." if error.status_code == 404 else str(error.detail)
    return problem(code, detail, status=error.status_code, headers=error.headers)


async def _crash(request: Request, error: Exception) -> Response:
    if not isinstance(error, ClientGone):
        _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return problem("internal", "Medley made a mistake.", hint="The server's log has the details.", status=500)
