"""Signing in: the protocol's three ways, what contradicts itself, and whose word counts."""

import hashlib

import pytest
from tests.support.house import PASSWORD, House
from tests.support.subsonic import App, app_of


def signed(house: House, **credentials: str) -> App:
    return App(house.url, credentials)


def token(secret: str, salt: str) -> str:
    return hashlib.md5((secret + salt).encode()).hexdigest()


def test_every_way_in(app: App, house: House):
    secret = app.credentials["p"]
    assert token("sesame", "c19b2d") == "26719a1196d2a940705a59634eb18eab"  # the protocol's own example
    ways = (
        {"u": "admin", "p": secret},
        {"u": "ADMIN", "p": "enc:" + secret.encode().hex()},
        {"u": "admin", "p": PASSWORD},
        {"u": "admin", "p": "enc:" + PASSWORD.encode().hex()},
        {"u": "admin", "t": token(secret, "c19b2d"), "s": "c19b2d"},
        {"u": "admin", "t": token(secret, "x" * 30).upper(), "s": "x" * 30},
        {"apiKey": secret},
    )
    for way in ways:
        assert signed(house, **way).ask("tokenInfo") == {"tokenInfo": {"username": "admin"}}, way


def test_a_token_is_never_of_the_main_password(house: House):
    wrong = signed(house, u="admin", t=token(PASSWORD, "salt"), s="salt").fail("ping")
    assert wrong["code"] == 40
    assert "app password" in wrong["message"]
    assert wrong["helpUrl"].startswith(house.url)


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        ({}, 10),
        ({"u": "admin"}, 10),
        ({"p": "x"}, 10),
        ({"u": "admin", "t": "x"}, 10),
        ({"u": "admin", "s": "x"}, 10),
        ({"u": "admin", "p": "wrong"}, 40),
        ({"u": "admin", "p": "enc:nothex"}, 40),
        ({"u": "admin", "p": ""}, 40),
        ({"u": "%", "p": "x"}, 40),
        ({"u": "nobody", "t": "x", "s": "y"}, 40),
        ({"u": "admin", "p": "x", "t": "x", "s": "y"}, 43),
        ({"u": "admin", "apiKey": "x"}, 43),
        ({"p": "x", "apiKey": "x"}, 43),
        ({"apiKey": "x"}, 44),
    ],
)
def test_wrong_ways_in(house: House, credentials: dict[str, str], code: int):
    assert signed(house, **credentials).fail("ping")["code"] == code


def test_a_revoked_password_is_out_at_once(house: House):
    user = next(each for each in house.parts.identity.users() if each.name == "guest")
    asker = house.parts.identity.asker(user.id)
    made = house.parts.identity.app_passwords.create(asker, "short-lived")
    app = signed(house, u="guest", p=made.secret)
    app.ask("ping")
    house.parts.identity.app_passwords.revoke(asker, made.id)
    assert app.fail("ping")["code"] == 40


def test_old_versions_and_no_version_are_welcome(app: App, house: House):
    for usual in (
        {"v": "1.2.0", "c": "DSub", "f": "json"},
        {"f": "json"},
        {"v": "99.0", "f": "json"},
        {"v": "x", "f": "json"},
    ):
        assert App(house.url, app.credentials, usual).ask("ping") == {}


def test_everybody_gets_their_own_role(house: House):
    assert app_of(house, "guest").fail("getUsers")["code"] == 50
    assert app_of(house, "limited").ask("search3", query="")["searchResult3"]["song"] == []
