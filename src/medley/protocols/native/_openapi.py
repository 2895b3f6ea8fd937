"""The OpenAPI 3.1 document: parameters and bodies as FastAPI reads them, answers as msgspec writes them."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from medley import __version__
from medley.protocols.native._route import PUBLIC, GuardedRoute, Route
from medley.protocols.plumbing.problems import MEDIA_TYPE, Problem

_ERRORS = {
    401: "Nobody is signed in, or name and password do not belong together",
    403: "The role does not allow it",
    404: "It does not exist, or the asker may not know that it does",
    409: "It contradicts what is there",
    413: "The request is too large",
    422: "The request makes no sense, or this file cannot do it",
    429: "Asked too often",
    503: "A part is missing or busy now",
}
_REFERENCE = "#/components/schemas/{name}"
_SECURITY: list[dict[str, list[str]]] = [{"session": []}, {"bearer": []}]


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document, made once."""
    routes = [route for route in app.routes if isinstance(route, GuardedRoute)]
    made = get_openapi(
        title="Medley",
        version=__version__,
        summary="One server for every kind of media.",
        description="Times are milliseconds since 1970 UTC. Unsafe requests that use the cookie send `X-Medley: 1`.",
        routes=routes,
    )
    types = [route.declared.answer for route in routes if not isinstance(route.declared.answer, str | None)]
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=_REFERENCE)
    by_type = dict(zip([*map(repr, types), "problem"], schemas, strict=True))
    for route in routes:
        operation = made["paths"][route.path_format][route.declared.method.lower()]
        _describe(operation, route.declared, by_type.get(repr(route.declared.answer)))
    kept = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        kept.pop(name, None)
    kept.update(components)
    made["components"]["responses"] = {str(status): _problem(text) for status, text in _ERRORS.items()}
    made["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "medley_session"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    return made


def _describe(operation: dict[str, Any], route: Route, schema: dict[str, Any] | None) -> None:
    operation["x-medley-permission"] = route.permission
    if route.key:
        place = "path" if "{key}" in route.path else "query"
        key = {"name": "key", "in": place, "required": place == "path", "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append({**key, "description": "Signed; stands in for a session."})
    operation["security"] = [] if route.permission == PUBLIC else _SECURITY
    responses: dict[str, Any] = {}
    if route.answer is None:
        responses["204"] = {"description": "Done"}
    else:
        media_type, shape = (route.answer, {}) if isinstance(route.answer, str) else ("application/json", schema)
        responses[str(route.status)] = {"description": "Success", "content": {media_type: {"schema": shape}}}
        if route.method == "GET":
            responses["304"] = {"description": "Unchanged since the ETag that was sent"}
    if route.ranges:
        responses["206"] = {"description": "The wanted ranges"}
        responses["412"] = {"description": "Another version than the wanted one"}
        responses["416"] = {"description": "No byte of the wanted ranges exists"}
    for status in _ERRORS:
        responses.setdefault(str(status), {"$ref": f"#/components/responses/{status}"})
    operation["responses"] = responses


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(name="Problem")}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}
