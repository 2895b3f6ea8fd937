"""What the server is, for anybody."""

from tests.support.audiobookshelf import Phone
from tests.support.house import House


def test_apps_find_out_what_this_is(house: House) -> None:
    nobody = Phone(house.url)
    told = nobody.json("/status")
    assert (told["app"], told["isInit"], told["authMethods"]) == ("audiobookshelf", True, ["local"])
    assert tuple(map(int, told["serverVersion"].split("."))) >= (2, 26, 0)
    assert nobody.json("/ping") == {"success": True}
    assert nobody.call("GET", "/healthcheck").status_code == 200


def test_no_app_makes_an_owner(house: House) -> None:
    told = {"newRoot": {"username": "eve", "password": "x" * 12}}
    assert Phone(house.url).post("/init", **told).status_code == 409
    assert all(user.name != "eve" for user in house.parts.identity.users())


def test_what_is_not_there_is_404(phone: Phone) -> None:
    for path in ("/nothing", "/api/users", "/api/backups", "/api", "/", ""):
        assert phone.call("GET", path).status_code == 404
    assert phone.call("POST", "/status").status_code == 405
