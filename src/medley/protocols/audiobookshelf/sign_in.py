"""Signing in and out: a token for older apps, a pair of them for those that ask for it."""

import msgspec
from starlette.responses import JSONResponse, Response

from medley.core.identity import Asker
from medley.kernel.errors import NotFound, Unauthenticated
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._auth import refresh_token_of, token_of
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._people import login_of
from medley.protocols.audiobookshelf._wire.server import Login

_RETURN_TOKENS = "x-return-tokens"


class Credentials(msgspec.Struct):
    """What a person typed."""

    username: str = ""
    password: str = ""


def login(house: Parts, _who: None, ask: Ask) -> Login:
    """A new session. With `x-return-tokens: true` it comes as an access token of an hour and a refresh token."""
    told = ask.json(Credentials)
    device = ask.request.headers.get("user-agent", "Audiobookshelf app")
    session, token = house.identity.sign_in(told.username, told.password, device, ask.address)
    asker = house.identity.session(token)
    if asker is None:
        raise Unauthenticated("This session is over already.", hint="Sign in again.")
    if ask.request.headers.get(_RETURN_TOKENS) != "true":
        return login_of(house, asker, token)
    pair = house.identity.pair(session.id)
    return login_of(house, asker, token, pair)


def refresh(house: Parts, _who: None, ask: Ask) -> Login:
    """The next pair of tokens."""
    asker, pair = house.identity.renew(refresh_token_of(ask.request))
    return login_of(house, asker, pair.access, pair)


def authorize(house: Parts, who: Asker, ask: Ask) -> Login:
    """Who holds the token that came with this request; apps ask it at every start."""
    return login_of(house, who, token_of(ask.request))


def logout(house: Parts, _who: None, ask: Ask) -> Response:
    """End the session of the tokens that come with this request, if any."""
    for asker in _sessions(house, ask):
        if asker.session_id is not None:
            try:
                house.identity.sign_out(asker.user_id, asker.session_id)
            except NotFound:
                continue  # it was over already
    return JSONResponse({"redirect_url": None})


def _sessions(house: Parts, ask: Ask) -> list[Asker]:
    found: list[Asker] = []
    if refresh_token := refresh_token_of(ask.request):
        try:
            found.append(house.identity.renew(refresh_token)[0])
        except Unauthenticated:
            pass
    token = token_of(ask.request)
    if token and "." not in token and (asker := house.identity.session(token)):
        found.append(asker)
    return found
