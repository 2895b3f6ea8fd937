"""Signing in, and what one is told of accounts and sources."""

import hashlib

import httpx
import pytest
from tests.support.house import PASSWORD, House
from tests.support.navidrome import USER_AGENT, Feishin


def apps_of(house: House, name: str) -> dict[str, str]:
    """name → id of the app passwords of somebody."""
    return {each["name"]: each["id"] for each in house.clients[name].get("/me/app-passwords").json()}


def test_the_answer_to_a_sign_in(house: House, feishin: Feishin) -> None:
    login = feishin.login
    assert set(login) == {"id", "name", "username", "isAdmin", "token", "subsonicSalt", "subsonicToken"}
    assert (login["name"], login["username"], login["isAdmin"]) == ("admin", "admin", True)
    assert login["subsonicToken"] == hashlib.md5((login["token"] + login["subsonicSalt"]).encode()).hexdigest()
    assert "Feishin" in apps_of(house, "admin")


@pytest.mark.parametrize("prefix", ["/rest", "/navidrome/rest"])
def test_the_token_opens_subsonic_too(feishin: Feishin, prefix: str) -> None:
    for method in ("ping", "ping.view"):
        told = feishin.rest(method, prefix).json()["subsonic-response"]
        assert told["status"] == "ok", told


def test_apps_do_not_pile_up(house: House) -> None:
    first = Feishin.sign_in(house.url, "power_user", PASSWORD)
    again = Feishin.sign_in(house.url, "power_user", PASSWORD)
    other = Feishin.sign_in(house.url, "power_user", PASSWORD, "Aonsoku/1.0")
    assert first.login["token"] == again.login["token"] != other.login["token"]
    assert apps_of(house, "power_user").keys() == {"Feishin", "Aonsoku"}


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (USER_AGENT.format("Feishin/0.12.3"), "Feishin"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/605.1", "Safari"),
        ("node", "node"),
        ("Amperfy/2.1 CFNetwork/1410 Darwin/22.6", "Amperfy"),
        ("<script>", "An app"),
        ("", "An app"),
        ("X" * 5000, "X" * 40),
    ],
)
def test_an_app_password_is_named_after_the_app(house: House, stranger: httpx.Client, agent: str, name: str) -> None:
    body = {"username": "limited", "password": PASSWORD}
    answer = stranger.post("/auth/login", json=body, headers={"user-agent": agent}).raise_for_status()
    assert answer.json()["token"]
    assert name in apps_of(house, "limited")


def test_who_comes_with_an_app_password_goes_on_with_it(house: House) -> None:
    made = house.clients["guest"].post("/me/app-passwords", json={"name": "Living room"}).json()
    signed_in = Feishin.sign_in(house.url, "guest", made["secret"])
    assert signed_in.get("keepalive/1") == {"response": "ok", "id": "keepalive"}
    assert apps_of(house, "guest").keys() == {"Living room"}
    house.clients["guest"].delete(f"/me/app-passwords/{made['id']}")
    assert signed_in.client.get("song").status_code == 401
    assert signed_in.rest("ping").json()["subsonic-response"]["status"] == "failed"


def test_a_revoked_app_is_out(house: House) -> None:
    signed_in = Feishin.sign_in(house.url, "user", PASSWORD, "Supersonic/1")
    assert signed_in.client.get("song").status_code == 200
    house.clients["user"].delete(f"/me/app-passwords/{apps_of(house, 'user')['Supersonic']}")
    refused = signed_in.client.get("song")
    assert (refused.status_code, set(refused.json())) == (401, {"error"})


def test_each_answer_renews_the_token(feishin: Feishin) -> None:
    assert feishin.client.get("song").headers["x-nd-authorization"] == feishin.login["token"]


def test_nobody_is_told_anything(stranger: httpx.Client) -> None:
    for path in ("song", "album/x", "playlist", "user", "library", "queue", "keepalive/x"):
        for headers in ({}, {"x-nd-authorization": "nonsense"}, {"authorization": "Basic eDp5"}):
            refused = stranger.get(f"/api/{path}", headers=headers)
            assert (refused.status_code, set(refused.json())) == (401, {"error"}), path
    assert stranger.get("/api/song", headers={"x-nd-authorization": "Bearer wrong"}).status_code == 401


def test_a_wrong_sign_in(stranger: httpx.Client, house: House) -> None:
    house.parts.identity.add_user("Nell", PASSWORD)
    wrong = [
        stranger.post("/auth/login", json={"username": name, "password": "no, not this"}) for name in ("Nell", "x")
    ]
    assert [each.status_code for each in wrong] == [401, 401]
    assert wrong[0].json() == wrong[1].json()
    for body in (b"", b"{", b"[]", b'{"username": 1, "password": "x"}', b'{"username": "Nell"}', b"\xff", b'"x"'):
        assert stranger.post("/auth/login", content=body).status_code == 422, body
    codes = [
        stranger.post("/auth/login", json={"username": "Nell", "password": "no, not this"}).status_code
        for _ in range(8)
    ]
    assert codes[-1] == 429
    house.parts.identity.remove_user(next(each.id for each in house.parts.identity.users() if each.name == "Nell"))


def test_administrators_see_everybody_others_themselves(feishin: Feishin, limited: Feishin) -> None:
    everybody, total = feishin.list("user", 0, 2, sort="name")
    assert (len(everybody), total >= 5) == (2, True)
    (alone,), total = limited.list("user")
    assert (alone["userName"], alone["isAdmin"], total) == ("limited", False, 1)
    assert limited.get(f"user/{limited.login['id']}") == alone
    assert limited.client.get(f"user/{feishin.login['id']}").status_code == 404
    assert feishin.get(f"user/{limited.login['id']}") == alone


def test_sources_are_for_administrators(feishin: Feishin, limited: Feishin) -> None:
    (music,), total = feishin.list("library")
    assert (music["totalSongs"], music["totalAlbums"], music["totalArtists"], total) == (3, 1, 1, 1)
    assert isinstance(music["id"], int)
    assert limited.client.get("library").status_code == 403


def test_pages_of_other_origins_may_call(stranger: httpx.Client) -> None:
    asked = {"origin": "http://feishin.example", "access-control-request-method": "GET"}
    allowed = stranger.options("/api/song", headers={**asked, "access-control-request-headers": "x-nd-authorization"})
    assert allowed.status_code == 200
    told = stranger.get("/api/song", headers={"origin": "http://feishin.example"})
    assert told.headers["access-control-allow-origin"] == "*"
    assert "x-total-count" in told.headers["access-control-expose-headers"].lower()


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/", "/auth", "/api/song/x/y", "/app", "//"])
def test_addresses_that_are_not_there(feishin: Feishin, path: str) -> None:
    answer = feishin.client.get(f"{feishin.url}/navidrome{path}")
    assert (answer.status_code, set(answer.json())) == (404, {"error"})
    assert feishin.client.delete("song").status_code == 405
