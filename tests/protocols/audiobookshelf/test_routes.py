"""Every route of the table, asked by everybody and with anything."""

import re

import pytest
from tests.support.audiobookshelf import Phone
from tests.support.house import ROLES, House

from medley.core.identity import ROLES as PERMISSIONS_OF
from medley.core.identity import Role
from medley.kernel.ids import new_id
from medley.protocols.audiobookshelf._route import PUBLIC, SIGNED_IN, Route
from medley.protocols.audiobookshelf.routes import ROUTES

TABLE = [pytest.param(route, id=f"{route.method} {route.path}") for route in ROUTES]


def address(route: Route, value: str = "") -> str:
    return re.sub(r"\{(\w+)\}", lambda _: value or new_id(), route.path)


@pytest.mark.parametrize("route", TABLE)
def test_nobody_gets_in(house: House, route: Route) -> None:
    status = Phone(house.url).call(route.method, address(route)).status_code
    if route.permission == PUBLIC:
        assert status not in (403, 500)
    else:
        assert status == 401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_it_may(house: House, role: Role) -> None:
    phone = Phone(house.url, house.tokens[role])
    for route in ROUTES:
        if route.path == "/logout":
            continue  # it would end the session of this very client
        status = phone.call(route.method, address(route)).status_code
        if route.permission in (PUBLIC, SIGNED_IN) or route.permission in PERMISSIONS_OF[role]:
            assert status < 500, route
            assert status != 401 or route.path in ("/login", "/auth/refresh"), route
        else:
            assert status == 403, route


@pytest.mark.parametrize("value", ["%00", "..%2f..%2fetc", "%ff", "'", "x" * 3000, "%ED%A0%80", "-1", "NaN"])
def test_odd_ids_are_not_found(house: House, phone: Phone, value: str) -> None:
    for route in ROUTES:
        if "{" in route.path:
            status = phone.call(route.method, address(route, value)).status_code
            assert status in (400, 404, 405), (route, status)


BODIES = (b"{", b"[]", b"null", b'"x"', b"\xff", b'{"name":"\\ud800"}', b"[" * 5000,
          b'{"items":[{"libraryItemId":1}],"books":[null],"sessions":[1],"time":[]}')  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_odd_bodies_fail_politely(house: House, phone: Phone, body: bytes) -> None:
    for route in ROUTES:
        if route.method in ("POST", "PATCH") and route.path not in ("/login", "/logout", "/auth/refresh"):
            status = phone.call(route.method, address(route), content=body).status_code
            assert status < 500, (route, status)


def test_a_route_without_a_permission_cannot_be_made() -> None:
    for wrong in ("", "media.everything", None):
        with pytest.raises(TypeError):
            Route("GET", "/x", print, wrong)  # type: ignore[arg-type]


def test_no_route_hides_another() -> None:
    seen = [(route.method, re.sub(r"\{\w+", "{", route.path)) for route in ROUTES]
    assert len(seen) == len(set(seen))
