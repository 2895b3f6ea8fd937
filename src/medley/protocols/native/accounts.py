"""Setting up, signing in and out, and accounts."""

from fastapi import Request
from starlette.responses import Response

from medley.core.identity import User
from medley.kernel.errors import InvalidInput
from medley.protocols.native._auth import address_of, drop_cookie, set_cookie
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._route import encoded
from medley.protocols.native._wire.answers import OpenSession, Welcome
from medley.protocols.native._wire.asks import ChangeMe, ChangeUser, ItemId, NewUser, SetUp, SignIn


def set_up(house: House, request: Request, ask: SetUp) -> Response:
    """Make the owner's account with the code that the server printed, and sign in."""
    house.identity.set_up(ask.code, ask.name, ask.password, address_of(request))
    return _welcome(house, request, SignIn(name=ask.name, password=ask.password))


def sign_in(house: House, request: Request, ask: SignIn) -> Response:
    """Begin a session. The token comes as JSON for apps, and in a cookie for the page."""
    return _welcome(house, request, ask)


def _welcome(house: Parts, request: Request, ask: SignIn) -> Response:
    device = ask.device or request.headers.get("user-agent", "")
    session, token = house.identity.sign_in(ask.name, ask.password, device, address_of(request))
    response = encoded(Welcome(token, house.identity.user(session.user_id)), 201)
    response.headers["cache-control"] = "no-store"
    set_cookie(request, response, token)
    return response


def list_sessions(house: House, who: Who) -> list[OpenSession]:
    """One's own open sessions."""
    return [
        OpenSession(
            id=each.id,
            device=each.device,
            address=each.address,
            created_at_ms=each.created_at_ms,
            seen_at_ms=each.seen_at_ms,
            expires_at_ms=each.expires_at_ms,
            current=each.id == who.session_id,
        )
        for each in house.identity.sessions(who.user_id)
    ]


def sign_out(house: House, who: Who) -> Response:
    """End this session."""
    if who.session_id is not None:
        house.identity.sign_out(who.user_id, who.session_id)
    response = Response(status_code=204)
    drop_cookie(response)
    return response


def end_session(house: House, who: Who, session_id: ItemId) -> None:
    """End one of one's sessions."""
    house.identity.sign_out(who.user_id, session_id)


def get_me(house: House, who: Who) -> User:
    """Who is signed in."""
    return house.identity.user(who.user_id)


def change_me(house: House, request: Request, who: Who, ask: ChangeMe) -> User:
    """Change one's name, password (with the current one) or preferences."""
    if ask.password is not None:
        if ask.current_password is None:
            raise InvalidInput("A new password needs the current one.", hint="Send `current_password` too.")
        house.identity.change_password(
            who.user_id,
            ask.current_password,
            ask.password,
            address=address_of(request),
            keep_session=who.session_id,
        )
    return house.identity.change_user(who.user_id, name=ask.name, preferences=ask.preferences)


def list_users(house: House) -> list[User]:
    """Every account."""
    return house.identity.users()


def add_user(house: House, ask: NewUser) -> User:
    """Make an account."""
    return house.identity.add_user(
        ask.name, ask.password, ask.role, all_sources=ask.all_sources, source_ids=ask.source_ids
    )


def change_user(house: House, who: Who, user_id: ItemId, ask: ChangeUser) -> User:
    """Change an account; what is left out stays. A new password ends its sessions."""
    return house.identity.change_user(
        user_id,
        name=ask.name,
        role=ask.role,
        password=ask.password,
        all_sources=ask.all_sources,
        source_ids=ask.source_ids,
        keep_session=who.session_id,
    )


def remove_user(house: House, user_id: ItemId) -> None:
    """Remove an account, its sessions and what it did."""
    house.identity.remove_user(user_id)
