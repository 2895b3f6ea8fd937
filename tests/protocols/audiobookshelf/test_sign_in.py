"""Signing in, with one token and with two."""

import httpx
import pytest
from tests.support.audiobookshelf import Phone, phone_of
from tests.support.house import PASSWORD, House

TWO = {"x-return-tokens": "true"}


def sign_in(house: House, name: str = "user", password: str = PASSWORD) -> httpx.Response:
    return Phone(house.url).call("POST", "/login", json={"username": name, "password": password}, headers=TWO)


def test_an_app_gets_everything_it_starts_with(house: House) -> None:
    told = sign_in(house, "admin").json()
    user = told["user"]
    assert (user["username"], user["type"], user["isActive"]) == ("admin", "admin", True)
    assert user["permissions"]["download"] is user["permissions"]["accessAllLibraries"] is True
    assert told["serverSettings"]["version"] == Phone(house.url).json("/status")["serverVersion"]
    assert told["userDefaultLibraryId"] in [
        each["id"] for each in phone_of(house, "admin").json("/api/libraries")["libraries"]
    ]
    assert told["Source"]


def test_access_and_refresh_tokens(house: House) -> None:
    user = sign_in(house).json()["user"]
    phone = Phone(house.url, user["accessToken"])
    assert phone.post("/api/authorize").json()["user"]["username"] == "user"
    again = Phone(house.url).call("POST", "/auth/refresh", headers={"x-refresh-token": user["refreshToken"]})
    after = again.json()["user"]
    assert after["refreshToken"] != user["refreshToken"]
    assert Phone(house.url, after["accessToken"]).json("/api/me")["username"] == "user"
    assert phone.json("/api/me", token="nonsense")["username"] == "user"


def test_a_token_may_stand_in_the_address(house: House) -> None:
    user = sign_in(house).json()["user"]
    for token in (user["token"], user["accessToken"]):
        assert Phone(house.url).json("/api/me", token=token)["username"] == "user"


def test_older_apps_get_one_token(house: House) -> None:
    user = Phone(house.url).post("/login", username="user", password=PASSWORD).json()["user"]
    assert user["accessToken"] is user["refreshToken"] is None
    assert Phone(house.url, user["token"]).json("/api/me")["id"] == user["id"]


def test_who_signed_out_is_out(house: House) -> None:
    user = sign_in(house).json()["user"]
    refresh = {"x-refresh-token": user["refreshToken"]}
    assert Phone(house.url).call("POST", "/logout", headers=refresh).status_code == 200
    for token in (user["token"], user["accessToken"]):
        assert Phone(house.url, token).call("GET", "/api/me").status_code == 401
    assert Phone(house.url).call("POST", "/auth/refresh", headers=refresh).status_code == 401
    older = phone_of(house, "user")
    older.post("/logout")
    assert older.call("GET", "/api/me").status_code == 401
    assert Phone(house.url).post("/logout").status_code == 200


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "....", "é"])
def test_a_wrong_token_opens_nothing(house: House, token: str) -> None:
    for path in ("/api/me", "/api/libraries"):
        assert Phone(house.url).call("GET", path, params={"token": token}).status_code == 401
    assert Phone(house.url).call("POST", "/auth/refresh", params={"token": token}).status_code == 401


def test_a_wrong_password_is_refused_and_in_the_end_delayed(house: House) -> None:
    house.parts.identity.add_user("forgetful", PASSWORD)
    answers = [sign_in(house, "forgetful", "wrong password").status_code for _ in range(8)]
    assert answers[0] == 401
    assert answers[-1] == 429
    assert sign_in(house, "forgetful", "wrong password").headers["retry-after"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"username":1}', b'{"username":"\\ud800"}', b"\xff"])
def test_odd_bodies(house: House, body: bytes) -> None:
    assert Phone(house.url).call("POST", "/login", content=body).status_code in (400, 401, 429)
