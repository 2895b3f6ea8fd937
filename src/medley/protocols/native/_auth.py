"""From a request to whoever is asking: a token in a header or cookie, or a key in the address."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from medley.core.identity import Asker
from medley.kernel.errors import Forbidden, NotFound, Unauthenticated
from medley.protocols.native._parts import Parts

COOKIE = "medley_session"
CSRF_HEADER = "x-medley"
_COOKIE_AGE_S = 180 * 86_400
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token_of(request: Request) -> tuple[str | None, bool]:
    """The session token, and whether it came in the cookie, which browsers send on anybody's behalf."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip(), False
    token = request.cookies.get(COOKIE)
    return token, token is not None


async def authenticate(request: Request, parts: Parts, key_for: str) -> Asker:
    """Who asks; `Unauthenticated` when nobody does.

    `key_for` is the object that a signed key must be for, with names of path parameters in braces, or empty.
    """
    key = request.path_params.get("key") or request.query_params.get("key") if key_for else None
    if key is not None:
        return await run_in_threadpool(_by_key, parts, key, key_for.format(**request.path_params))
    token, by_cookie = token_of(request)
    asker = parts.identity.remembered(token) if token else None
    if asker is None and token:
        asker = await run_in_threadpool(parts.identity.session, token)
    if asker is None:
        raise Unauthenticated("Nobody is signed in.", hint="Sign in and try again.")
    if by_cookie and request.method not in _SAFE and request.headers.get(CSRF_HEADER) != "1":
        raise Forbidden("This request did not come from Medley's own page.", hint="Send the header “X-Medley: 1”.")
    return asker


def _by_key(parts: Parts, key: str, object_path: str) -> Asker:
    user_id = parts.identity.signer().check(key, object_path)
    try:
        return parts.identity.asker(user_id)
    except NotFound:
        raise Unauthenticated("This address is not valid any more.", hint="Open the item again.") from None


def set_cookie(request: Request, response: Response, token: str) -> None:
    """Let the browser keep the token where no script can read it."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=_COOKIE_AGE_S, httponly=True, samesite="lax", secure=secure)


def drop_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


def address_of(request: Request) -> str:
    """Where the request came from."""
    return request.client.host if request.client else ""
