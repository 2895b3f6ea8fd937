"""App passwords: one's own, and those of others for administrators."""

from collections.abc import Iterator

import httpx
import pytest
from tests.support.house import House

from medley.core.identity import Asker


@pytest.fixture(autouse=True)
def tidy(house: House) -> Iterator[None]:
    yield
    for client in house.clients.values():
        for each in client.get("/me/app-passwords").json() if "authorization" in client.headers else []:
            client.delete(f"/me/app-passwords/{each['id']}")


def make(client: httpx.Client, name: str = "Symfonium on the phone") -> dict[str, str]:
    answer = client.post("/me/app-passwords", json={"name": name})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    return answer.json()


def opens(house: House, secret: str) -> Asker:
    return house.parts.identity.app_passwords.by_key(secret, client="Symfonium", address="192.0.2.1")


@pytest.mark.parametrize("role", ["admin", "guest"])
def test_the_secret_is_told_once_and_opens(house: House, role: str) -> None:
    client = house.clients[role]
    made = make(client)
    assert set(made) == {"id", "name", "secret"}
    assert opens(house, made["secret"]).role == role
    (listed,) = client.get("/me/app-passwords").json()
    assert (listed["id"], listed["name"]) == (made["id"], "Symfonium on the phone")
    assert (listed["client"], listed["address"]) == ("Symfonium", "192.0.2.1")
    assert made["secret"] not in str(listed)


def test_a_revoked_one_is_gone(house: House) -> None:
    client = house.clients["user"]
    made = make(client)
    assert client.delete(f"/me/app-passwords/{made['id']}").status_code == 204
    assert client.get("/me/app-passwords").json() == []
    assert client.delete(f"/me/app-passwords/{made['id']}").status_code == 404
    with pytest.raises(Exception, match="do not belong together"):
        opens(house, made["secret"])


def test_mistakes_are_told(house: House) -> None:
    client = house.clients["user"]
    make(client, "Phone")
    for name, status in (("phone", 409), (" ", 422), ("a\u0000b", 422), ("x" * 300, 422), ("two\nlines", 422)):
        answer = client.post("/me/app-passwords", json={"name": name})
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_one_person_knows_nothing_of_another_s(house: House) -> None:
    made = make(house.clients["user"])
    assert house.clients["power_user"].get("/me/app-passwords").json() == []
    assert house.clients["power_user"].delete(f"/me/app-passwords/{made['id']}").status_code == 404


def test_an_administrator_ends_those_of_others(house: House) -> None:
    made = make(house.clients["user"])
    admin = house.clients["admin"]
    user_id = house.clients["user"].get("/me").json()["id"]
    path = f"/users/{user_id}/app-passwords"
    assert [each["id"] for each in admin.get(path).json()] == [made["id"]]
    assert house.clients["power_user"].get(path).status_code == 403
    assert house.clients["user"].get(path).status_code == 403
    assert admin.delete(f"{path}/{made['id']}").status_code == 204
    assert admin.get(path).json() == []
    assert admin.delete(f"{path}/{made['id']}").status_code == 404
    assert admin.get(f"/users/{made['id']}/app-passwords").status_code == 404
