"""Every route of the table, asked by everybody: nobody gets beyond their role."""

import re

import httpx
import pytest
from fastapi.routing import APIRoute
from tests.support.house import ROLES, House

from medley.core.identity import ROLES as PERMISSIONS_OF
from medley.core.identity import Role
from medley.kernel.ids import new_id
from medley.protocols.native._app import refuse_unguarded
from medley.protocols.native._route import PUBLIC, SIGNED_IN, GuardedRoute, Route
from medley.protocols.native.routes import PREFIX, ROOT_ROUTES, ROUTES

TABLE = [pytest.param(route, id=f"{route.method} {route.path}") for route in ROUTES]
ALLOWED = object()


def handler() -> None:
    """Nothing."""


def address(route: Route) -> str:
    """The path with parameters that fit and name nothing that exists."""
    known = {
        "word_type": "genre",
        "number": "0",
        "stream": "0",
        "path": "x",
        "name": "x",
        "variant": "copy",
        "key": "k",
    }
    return re.sub(r"\{(\w+)(?::path)?\}", lambda match: known.get(match[1], new_id()), route.path)


def ask(client: httpx.Client, route: Route) -> int:
    if route.path == "/events":  # never ends
        with client.stream("GET", route.path) as answer:
            return answer.status_code
    # No body: what needs one is refused as malformed, which is after the door and before any change.
    return client.request(route.method, address(route)).status_code


@pytest.mark.parametrize("route", TABLE)
def test_nobody_gets_in(house: House, route: Route) -> None:
    status = ask(house.clients["nobody"], route)
    if route.permission == PUBLIC:
        assert status not in (401, 403)
    else:
        assert status == 401


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", TABLE)
def test_each_role_gets_what_it_may(house: House, route: Route, role: Role) -> None:
    if route.path in ("/sessions/current", "/sessions/{session_id}") and route.method == "DELETE":
        pytest.skip("it would end the session of this very client; see test_accounts")
    status = ask(house.clients[role], route)
    if route.permission in (PUBLIC, SIGNED_IN) or route.permission in PERMISSIONS_OF[role]:
        # A made-up key is nobody's, whatever the session says.
        assert status < 500
        assert status not in (401, 403) or "{key}" in route.path
    else:
        assert status == 403


def test_a_route_without_a_permission_cannot_be_made() -> None:
    for wrong in ("", "media.everything", None):
        with pytest.raises(TypeError):
            Route("GET", "/x", handler, wrong)  # type: ignore[arg-type]


def test_a_route_beside_the_table_fails_at_the_start() -> None:
    with pytest.raises(TypeError):
        refuse_unguarded([GuardedRoute(ROUTES[0], ""), APIRoute("/x", handler)])


def test_no_route_hides_another() -> None:
    seen: set[tuple[str, str]] = set()
    for route in (*ROUTES, *ROOT_ROUTES):
        shape = route.method, re.sub(r"\{\w+", "{", route.path)
        assert shape not in seen, shape
        seen.add(shape)
    names = [route.name for route in (*ROUTES, *ROOT_ROUTES)]
    assert len(names) == len(set(names))


def test_what_does_not_exist_is_a_problem(house: House) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("POST", "/items", 405), ("PUT", "/me", 405)):
        answer = house.clients["admin"].request(method, path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    assert house.clients["admin"].post("/items").headers["allow"] == "GET"
    assert house.clients["nobody"].get("/nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/items?limit=501", "limit"),
        ("/items?limit=0", "limit"),
        ("/items?order=sideways", "order"),
        ("/items?genre=%00", "genre"),
        ("/items?cursor=nonsense", ""),
        ("/items?sort=sort_title;drop", ""),
        ("/items?state=x", "state"),
        ("/items?year=99999999999999999999", "year"),
        ("/items/..%2f..%2fetc%2fpasswd", ""),
        ("/items/x%00y", ""),
        ("/people?limit=1000", "limit"),
        ("/words/nothing", "word_type"),
    ],
)
def test_what_makes_no_sense_is_named(house: House, path: str, where: str) -> None:
    answer = house.clients["admin"].get(path)
    assert answer.status_code in (404, 422)
    told = answer.json()
    assert told["type"] in ("/problems/invalid-input", "/problems/not-found")
    assert where in str(told)


def test_odd_bodies_are_refused(house: House) -> None:
    item = house.item(kind="film")
    path = f"/items/{item['id']}/progress"
    guest = house.clients["guest"]
    for content in (b"", b"{", b"[]", b"null", b'{"position_ms":-1}', b'{"position_ms":1e400}', b'{"fraction":NaN}',
                    b'{"position_ms":99999999999999999999}', b'{"nonsense":1}', b'{"locator":"\\u0000"}',
                    b'{"locator":"\\ud800"}', b"\xff\xfe", b'{"device":"' + b"x" * 300 + b'"}'):  # fmt: skip
        answer = guest.put(path, content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 422, content
    assert guest.put(path, content=b"x" * 3_000_000).status_code == 413


def test_the_document_describes_the_table(house: House) -> None:
    told = house.clients["nobody"].get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    described = {
        (method.upper(), path): operation
        for path, operations in told["paths"].items()
        for method, operation in operations.items()
    }
    for prefix, table in ((PREFIX, ROUTES), ("", ROOT_ROUTES)):
        for route in table:
            operation = described.pop((route.method, prefix + route.path.replace(":path", "")))
            assert operation["x-medley-permission"] == route.permission
            assert (operation["security"] == []) == (route.permission == PUBLIC)
            assert operation["summary"]
    assert not described


def test_answers_are_not_sent_twice(house: House) -> None:
    for path in ("/kinds", "/items", "/home", f"/items/{house.item(kind='film')['id']}"):
        etag = house.clients["guest"].get(path).headers["etag"]
        assert house.clients["guest"].get(path, headers={"if-none-match": etag}).status_code == 304


def test_health_is_for_everybody(house: House) -> None:
    assert httpx.get(f"{house.url}/healthz").text == "ok"
