"""Passwords for one app on one device each."""

from starlette.responses import Response

from medley.core.identity import AppPassword
from medley.protocols.native._parts import House, Who
from medley.protocols.native._route import encoded
from medley.protocols.native._wire.asks import ItemId, NewDevice


def list_app_passwords(house: House, who: Who) -> list[AppPassword]:
    """One's own app passwords, the last made first."""
    return house.identity.app_passwords.list(who)


def make_app_password(house: House, who: Who, ask: NewDevice) -> Response:
    """Let one more app in. The secret is in this answer and in no other."""
    made = house.identity.app_passwords.create(who, ask.name)
    response = encoded(made, 201)
    response.headers["cache-control"] = "no-store"
    return response


def revoke_app_password(house: House, who: Who, app_password_id: ItemId) -> None:
    """Put an app out, at once."""
    house.identity.app_passwords.revoke(who, app_password_id)


def list_app_passwords_of(house: House, who: Who, user_id: ItemId) -> list[AppPassword]:
    """The app passwords of an account."""
    return house.identity.app_passwords.list(who, of=user_id)


def revoke_app_password_of(house: House, who: Who, user_id: ItemId, app_password_id: ItemId) -> None:
    """Put an app of an account out, at once."""
    house.identity.app_passwords.revoke(who, app_password_id, of=user_id)
