"""Set-up, sessions, cookies and their guard, accounts."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.house import PASSWORD
from tests.support.serving import running

from medley.app.parts import Parts, build, prepare
from medley.app.settings import Settings
from medley.app.web import doors


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    parts = build(Settings(data=str(tmp_path)))
    prepare(parts, [])
    yield parts
    parts.close()


@pytest.fixture
def browser(parts: Parts) -> Iterator[httpx.Client]:
    """A client that keeps cookies, and sends nothing else."""
    with running(doors(parts)) as url, httpx.Client(base_url=f"{url}/api/v1") as client:
        yield client


OWN = {"x-medley": "1"}


def test_from_the_code_to_the_owner(parts: Parts, browser: httpx.Client) -> None:
    assert browser.get("/server").json()["setup_needed"] is True
    assert browser.get("/kinds").status_code == 401
    code = parts.identity.setup_code()
    wrong = browser.post("/setup", json={"code": "x", "name": "Ann", "password": PASSWORD})
    assert (wrong.status_code, wrong.json()["hint"] != "") == (403, True)
    answer = browser.post("/setup", json={"code": code, "name": "Ann", "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["user"]["role"] == "admin"
    assert answer.headers["cache-control"] == "no-store"
    assert browser.get("/server").json()["setup_needed"] is False
    assert browser.get("/me").json()["name"] == "Ann"
    assert browser.post("/setup", json={"code": code, "name": "Eve", "password": PASSWORD}).status_code == 409


def test_the_cookie_is_kept_from_scripts_and_strangers(parts: Parts, browser: httpx.Client) -> None:
    parts.identity.add_user("Ann", PASSWORD, "admin")
    answer = browser.post("/sessions", json={"name": "ann", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie  # plain http here; see below

    user = {"name": "Bob", "password": PASSWORD}
    forged = browser.post("/users", json=user)
    assert (forged.status_code, forged.json()["type"]) == (403, "/problems/forbidden")
    assert browser.post("/users", json=user, headers=OWN).status_code == 201
    # A form of another site cannot send JSON without being asked about it first.
    plain = browser.post("/sessions", content=b'{"name":"ann","password":"x"}', headers={"content-type": "text/plain"})
    assert plain.status_code == 422
    # A token that a program holds needs no such proof.
    token = answer.json()["token"]
    with httpx.Client(base_url=browser.base_url, headers={"authorization": f"Bearer {token}"}) as program:
        assert program.patch("/me", json={"preferences": {"theme": "dark"}}).status_code == 200


def test_behind_tls_the_cookie_is_secure(parts: Parts) -> None:
    parts.identity.add_user("Ann", PASSWORD)
    with running(doors(parts), proxies=("127.0.0.1",)) as url:
        answer = httpx.post(
            f"{url}/api/v1/sessions",
            json={"name": "Ann", "password": PASSWORD},
            headers={"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"},
        )
    assert "secure" in answer.headers["set-cookie"].lower()
    assert parts.identity.sessions(answer.json()["user"]["id"])[0].address == "192.0.2.1"


def test_sessions_are_listed_and_ended(parts: Parts, browser: httpx.Client) -> None:
    parts.identity.add_user("Ann", PASSWORD)
    other = httpx.post(
        f"{browser.base_url}sessions", json={"name": "Ann", "password": PASSWORD, "device": "Phone"}
    ).json()
    browser.post("/sessions", json={"name": "Ann", "password": PASSWORD, "device": "Laptop"})
    sessions = {each["device"]: each for each in browser.get("/sessions").json()}
    assert sessions["Laptop"]["current"] is True
    assert sessions["Phone"]["current"] is False
    assert browser.delete(f"/sessions/{sessions['Phone']['id']}", headers=OWN).status_code == 204
    bearer = {"authorization": f"Bearer {other['token']}"}
    assert httpx.get(f"{browser.base_url}me", headers=bearer).status_code == 401
    assert browser.delete("/sessions/current", headers=OWN).status_code == 204
    assert "medley_session" not in browser.cookies
    assert browser.get("/me").status_code == 401


def test_guessing_is_slowed_down(parts: Parts, browser: httpx.Client) -> None:
    parts.identity.add_user("Ann", PASSWORD)
    statuses = [browser.post("/sessions", json={"name": "Ann", "password": "wrong"}).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    answer = browser.post("/sessions", json={"name": "Ann", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "Try again" in answer.json()["hint"]


def test_ones_own_account(parts: Parts, browser: httpx.Client) -> None:
    parts.identity.add_user("Ann", PASSWORD)
    browser.post("/sessions", json={"name": "Ann", "password": PASSWORD})
    assert browser.patch("/me", json={"password": "a new password"}, headers=OWN).status_code == 422
    wrong = {"password": "a new password", "current_password": "wrong"}
    assert browser.patch("/me", json=wrong, headers=OWN).status_code == 403
    right = {"password": "a new password", "current_password": PASSWORD, "name": "Anna"}
    assert browser.patch("/me", json=right, headers=OWN).json()["name"] == "Anna"
    assert browser.get("/me").status_code == 200
    assert browser.patch("/me", json={"role": "admin"}, headers=OWN).status_code == 422


def test_accounts_from_beginning_to_end(parts: Parts, browser: httpx.Client) -> None:
    parts.identity.add_user("Root", PASSWORD, "admin")
    browser.post("/sessions", json={"name": "Root", "password": PASSWORD})
    browser.headers.update(OWN)
    made = browser.post("/users", json={"name": "Bob", "password": PASSWORD, "role": "guest"}).json()
    assert made["permissions"] == ["media.view"]
    assert "password" not in str(made)
    assert browser.post("/users", json={"name": "BOB", "password": PASSWORD}).status_code == 409
    changed = browser.patch(f"/users/{made['id']}", json={"role": "power_user", "all_sources": False}).json()
    assert (changed["role"], changed["all_sources"]) == ("power_user", False)
    assert len(browser.get("/users").json()) == 2
    assert browser.delete(f"/users/{made['id']}").status_code == 204
    assert browser.delete(f"/users/{made['id']}").status_code == 404
    root = browser.get("/me").json()
    assert browser.delete(f"/users/{root['id']}").status_code == 409
