"""Their credentials → our asker.

A bearer is the token of a session, as older apps keep it, or an access token, which has dots in it. Players send it in
the address (`?token=`).
"""

from starlette.requests import Request

from medley.core.identity import Asker
from medley.kernel.errors import Unauthenticated
from medley.protocols.audiobookshelf._parts import Parts

REFRESH = "x-refresh-token"
_REFRESH_COOKIE = "refresh_token"


def token_of(request: Request) -> str:
    """The bearer of a request, or ""."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return request.query_params.get("token", "")


def refresh_token_of(request: Request) -> str:
    """The refresh token of a request, or ""."""
    return request.headers.get(REFRESH) or request.cookies.get(_REFRESH_COOKIE) or ""


def asker_of(house: Parts, token: str) -> Asker:
    """Who holds `token`; `Unauthenticated` where nobody does."""
    if "." in token:
        return house.identity.by_access_token(token)
    found = house.identity.session(token) if token else None
    if found is None:
        raise Unauthenticated("Nobody is signed in.", hint="Sign in and try again.")
    return found
