"""Accounts, as apps and older tools manage them."""

import pytest
from tests.support.house import PASSWORD, House
from tests.support.subsonic import App, app_of


@pytest.fixture
def made(app: App, house: House) -> App:
    """A new account, signed in with its main password; gone afterwards."""
    name = "newcomer"
    app.get("deleteUser", username=name)
    app.ask("createUser", username=name, password="a long password", email="x@example.org", downloadRole="true")
    return App(house.url, {"u": name, "p": "a long password"})


def test_roles_are_told(app: App, house: House):
    told = {role: app.ask("getUser", username=role)["user"] for role in ("admin", "power_user", "user", "guest")}
    assert [told[role]["adminRole"] for role in told] == [True, False, False, False]
    assert [told[role]["uploadRole"] for role in told] == [True, True, False, False]
    assert [told[role]["downloadRole"] for role in told] == [True, True, True, False]
    assert all(each["streamRole"] for each in told.values())
    folder = app.ask("getMusicFolders")["musicFolders"]["musicFolder"][0]["id"]
    assert told["admin"]["folder"] == [folder]
    assert app.ask("getUser", username="limited")["user"]["folder"] == []
    assert {each["username"] for each in app.ask("getUsers")["users"]["user"]} >= {*told, "limited"}


def test_one_sees_oneself_and_nobody_else(other: App):
    assert other.ask("getUser", username="user")["user"]["username"] == "user"
    assert other.fail("getUser", username="admin")["code"] == 50
    assert other.fail("getUsers")["code"] == 50
    for method in ("createUser", "updateUser", "deleteUser"):
        assert other.fail(method, username="x", password="long enough", email="x")["code"] == 50


def test_an_account_from_beginning_to_end(app: App, made: App):
    assert made.ask("getUser", username="newcomer")["user"]["downloadRole"] is True
    app.ask("updateUser", username="newcomer", adminRole="true")
    assert made.ask("getUsers")["users"]["user"]
    app.ask("updateUser", username="newcomer", adminRole="false", downloadRole="false")
    told = made.ask("getUser", username="newcomer")["user"]
    assert (told["adminRole"], told["downloadRole"]) == (False, False)
    app.ask("updateUser", username="newcomer", password="enc:" + b"another password".hex())
    assert made.fail("ping")["code"] == 40
    app.ask("deleteUser", username="newcomer")
    assert app.fail("getUser", username="newcomer")["code"] == 70


def test_folders_that_one_may_see(app: App, made: App):
    folder = app.ask("getMusicFolders")["musicFolders"]["musicFolder"][0]["id"]
    app.ask("updateUser", username="newcomer", musicFolderId=folder)
    assert made.ask("getUser", username="newcomer")["user"]["folder"] == [folder]
    assert app.fail("updateUser", username="newcomer", musicFolderId=folder + 1)["code"] == 70


def test_a_new_password(made: App, house: House):
    made.ask("changePassword", username="newcomer", password="enc:" + b"my new password".hex())
    assert made.fail("ping")["code"] == 40
    again = App(house.url, {"u": "newcomer", "p": "my new password"})
    again.ask("ping")
    assert again.fail("changePassword", username="newcomer", password="short")["code"] == 0
    assert again.fail("changePassword", username="admin", password="my new password")["code"] == 50


def test_the_secret_of_a_device_is_not_the_key_to_the_account(house: House):
    device = app_of(house, "user")
    assert device.fail("changePassword", username="user", password="taken over now")["code"] == 50
    App(house.url, {"u": "user", "p": PASSWORD}).ask("ping")


def test_wrong_accounts(app: App):
    assert app.fail("createUser", username="x")["code"] == 10
    assert app.fail("createUser", username="admin", password="long enough", email="x")["code"] == 0
    assert app.fail("createUser", username="", password="long enough", email="x")["code"] == 0
    assert app.fail("createUser", username="x", password="enc:zz", email="x")["code"] == 40
    assert app.fail("deleteUser", username="admin")["code"] == 0
    assert app.fail("getUser", username="nobody at all")["code"] == 70
