"""Who may have the bytes of a file: asked anew as soon as it may have changed, however often they were had before."""

import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from tests.support.house import PASSWORD, House

from medley.core.identity import Identity, User
from medley.protocols.plumbing import repeats


@pytest.fixture
def person(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """Somebody who may see the films alone; answers are remembered for as long as a test takes."""
    monkeypatch.setattr(repeats, "LIFE_S", 3600.0)
    films = [house.sources["film"]]
    person = house.parts.identity.add_user("Passer-by", PASSWORD, "user", all_sources=False, source_ids=films)
    yield person
    if person.id in {each.id for each in house.parts.identity.users()}:
        house.parts.identity.remove_user(person.id)


@pytest.fixture
def status(house: House, person: User) -> Callable[[], int]:
    """What a range of a film answers to the person's session."""
    token = house.parts.identity.sign_in(person.name, PASSWORD)[1]
    return lambda: _range(house, headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def status_by_key(house: House, person: User) -> Callable[[], int]:
    """What it answers to the address that was made for the person's player."""
    expires_ms = house.parts.clock.now_ms() + 60_000
    key = house.parts.identity.signer().sign(f"files/{house.file_id(kind='film')}", person.id, expires_ms)
    return lambda: _range(house, params={"key": key})


def _range(house: House, headers: dict[str, str] | None = None, params: dict[str, str] | None = None) -> int:
    address = f"{house.url}/api/v1/files/{house.file_id(kind='film')}/bytes"
    return httpx.get(address, headers={"range": "bytes=10-19", **(headers or {})}, params=params).status_code


def test_signing_out_ends_it_at_once(house: House, person: User, status: Callable[[], int]) -> None:
    assert [status(), status()] == [206, 206]
    (session,) = house.parts.identity.sessions(person.id)
    house.parts.identity.sign_out(person.id, session.id)
    assert status() == 401


def test_a_new_password_ends_it_at_once(house: House, person: User, status: Callable[[], int]) -> None:
    assert [status(), status()] == [206, 206]
    house.clients["admin"].patch(f"/users/{person.id}", json={"password": PASSWORD[::-1]}).raise_for_status()
    assert status() == 401


def test_a_source_taken_away_ends_it_at_once(house: House, person: User, status: Callable[[], int]) -> None:
    assert [status(), status()] == [206, 206]
    house.clients["admin"].patch(f"/users/{person.id}", json={"source_ids": []}).raise_for_status()
    assert status() == 404


def test_a_removed_person_ends_the_addresses_made_for_them_at_once(
    house: House, person: User, status_by_key: Callable[[], int]
) -> None:
    assert [status_by_key(), status_by_key()] == [206, 206]
    house.clients["admin"].delete(f"/users/{person.id}").raise_for_status()
    assert status_by_key() == 401


def test_what_another_process_changed_is_seen_a_moment_later(
    house: House, person: User, status_by_key: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "LIFE_S", 0.3)
    assert status_by_key() == 206
    Identity(house.parts.database, house.parts.clock).remove_user(person.id)
    time.sleep(0.3)
    assert status_by_key() == 401


def test_a_download_is_had_in_parts(house: House) -> None:
    """A download manager asks for parts of one file under its name, again and again."""
    file_id = house.file_id(kind="film", sort="title")
    whole = house.clients["user"].get(f"/files/{file_id}/download")
    for start in range(0, 100, 50):
        part = house.clients["user"].get(
            f"/files/{file_id}/download",
            headers={"range": f"bytes={start}-{start + 49}", "if-range": whole.headers["etag"]},
        )
        assert (part.status_code, part.content) == (206, whole.content[start : start + 50])
        assert part.headers["content-disposition"] == whole.headers["content-disposition"]
