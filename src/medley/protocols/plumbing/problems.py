"""Errors as RFC 9457 problem details."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from medley.kernel.errors import MedleyError

MEDIA_TYPE = "application/problem+json"

STATUS: dict[str, int] = {
    "invalid-input": 422,
    "unauthenticated": 401,
    "forbidden": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "conflict": 409,
    "too-large": 413,
    "too-many-requests": 429,
    "unsupported": 422,
    "unavailable": 503,
}
_TITLES: dict[str, str] = {
    "invalid-input": "This request makes no sense",
    "unauthenticated": "Sign in first",
    "forbidden": "Not allowed",
    "not-found": "Not found",
    "method-not-allowed": "Not possible here",
    "conflict": "This contradicts what is there",
    "too-large": "Too large",
    "too-many-requests": "Too many requests",
    "unsupported": "Not possible with this file or machine",
    "unavailable": "Not available now",
    "internal": "Something went wrong",
}


class Problem(msgspec.Struct, frozen=True):
    """What went wrong (RFC 9457), and what to do about it."""

    type: str
    title: str
    status: int
    detail: str
    hint: str = ""


def problem(
    code: str,
    detail: str,
    *,
    hint: str = "",
    status: int | None = None,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem of ours by its `code`; `more` are extension members (RFC 9457 section 3.2)."""
    status = status or STATUS.get(code, 500)
    it = Problem(f"/problems/{code}", _TITLES.get(code, "Error"), status, detail, hint)
    body = msgspec.json.encode({**(more or {}), **msgspec.to_builtins(it)})
    return Response(body, status, {"cache-control": "no-store", **(headers or {})}, MEDIA_TYPE)


def problem_of(error: MedleyError) -> Response:
    """The answer that tells of `error`."""
    headers: dict[str, str] = {}
    if error.code == "unauthenticated":
        headers["www-authenticate"] = 'Bearer realm="Medley"'
    if "retry_after_s" in error.details:
        headers["retry-after"] = str(error.details["retry_after_s"])
    return problem(error.code, error.message, hint=error.hint, more=error.details, headers=headers)
