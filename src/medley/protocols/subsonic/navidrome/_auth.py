"""Their credentials → our asker.

Their token ends after a while and is renewed by each answer. Ours is the app password that stands for the app: it is
revoked like every other, and what it opens here it opens below `/rest` too.
"""

import re

from starlette.requests import Request

from medley.core.identity import Asker, Identity
from medley.kernel.errors import Unauthenticated

HEADER = "x-nd-authorization"
_PRODUCT = re.compile(r"([A-Za-z][\w.+-]*)(?:/\S*)?")  # outside of brackets
_COMMENT = re.compile(r"\([^()]*\)")
_ENGINES = frozenset({"mozilla", "applewebkit", "gecko", "version", "mobile", "safari", "chrome", "electron"})
_MAX, _LONGEST = 40, 1_000


def authenticate(identity: Identity, request: Request) -> tuple[Asker, str]:
    """(who asks, their token), by the header of theirs or the usual one."""
    given = request.headers.get(HEADER) or request.headers.get("authorization", "")
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("Not authenticated", hint="Sign in at /auth/login.")
    token = token.strip()
    return identity.app_passwords.by_key(token, client=client_of(request), address=address_of(request)), token


def client_of(request: Request) -> str:
    """The app's name: the product in its `User-Agent` that is no browser engine, or the browser (RFC 9110, 10.1.5)."""
    said = _COMMENT.sub(" ", request.headers.get("user-agent", ""))[:_LONGEST]
    products = [found[1] for word in said.split() if (found := _PRODUCT.fullmatch(word))]
    own = [each for each in products if each.lower() not in _ENGINES]
    browsers = [each for each in products if each.lower() in ("chrome", "safari")]
    return (own or browsers or ["An app"])[0][:_MAX]


def address_of(request: Request) -> str:
    """Where the request came from."""
    return request.client.host if request.client else ""
