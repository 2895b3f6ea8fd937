"""Bytes: files as they are, artwork, photos and pages as pictures; who may have them is asked anew as soon as it may
have changed, however often they were had before."""

import io
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from PIL import Image
from tests.support.asking import refused, unchanged
from tests.support.house import PASSWORD, House

from medley.core.identity import Identity, User
from medley.protocols.plumbing import repeats


def test_the_bytes_of_a_file(house: House) -> None:
    file_id = house.file_id(kind="film", sort="title")
    path = next(house.media.glob("film/First*/*.mkv"))
    answer = house.clients["guest"].get(f"/files/{file_id}/bytes")
    assert answer.content == path.read_bytes()
    assert answer.headers["content-type"] == "video/x-matroska"
    part = house.clients["guest"].get(f"/files/{file_id}/bytes", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, path.read_bytes()[10:20])
    head = house.clients["guest"].head(f"/files/{file_id}/bytes")
    assert (head.status_code, int(head.headers["content-length"])) == (200, path.stat().st_size)


def test_downloading_needs_its_permission_and_names_the_file(house: House) -> None:
    file_id = house.file_id(kind="film", sort="title")
    assert house.clients["guest"].get(f"/files/{file_id}/download").status_code == 403
    answer = house.clients["user"].get(f"/files/{file_id}/download")
    assert 'filename="First Light (2001).mkv"' in answer.headers["content-disposition"]


def test_comics_page_by_page(house: House) -> None:
    file_id = house.file_id(kind="comic", level="issue")
    told = house.clients["guest"].get(f"/files/{file_id}/pages").json()
    assert told["direction"] == "ltr"
    assert [(page["width"], page["height"], page["double"]) for page in told["pages"]] == [
        (200, 300, False),
        (400, 300, True),
        (200, 300, False),
    ]
    page = house.clients["guest"].get(f"/files/{file_id}/pages/1", params={"width": 100})
    assert Image.open(io.BytesIO(page.content)).width == 100
    assert house.clients["guest"].get(f"/files/{file_id}/pages/3").status_code == 404


def test_photos_and_artwork(house: House) -> None:
    photo = house.item(kind="photo", level="photo")
    file_id = photo["editions"][0]["files"][0]["id"]
    shown = house.clients["guest"].get(f"/files/{file_id}/picture", params={"width": 320})
    assert Image.open(io.BytesIO(shown.content)).width == 320
    art = house.clients["guest"].get(f"/artwork/{photo['artwork']['id']}", params={"width": 100})
    assert art.headers["content-type"] == "image/webp"
    assert "immutable" in art.headers["cache-control"]
    assert Image.open(io.BytesIO(art.content)).width == 160


def test_bytes_have_a_validator_and_ranges(house: House) -> None:
    guest, path = house.clients["guest"], f"/files/{house.file_id(kind='film', sort='title')}/bytes"
    etag = guest.head(path).headers["etag"]
    assert guest.get(path, headers={"if-none-match": etag}).status_code == 304
    assert guest.get(path, headers={"range": "bytes=0-3", "if-range": etag}).status_code == 206
    assert guest.get(path, headers={"range": "bytes=0-3", "if-range": '"other"'}).status_code == 200
    beyond = guest.get(path, headers={"range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"].startswith("bytes */")


def test_what_was_read_is_not_sent_again(house: House) -> None:
    art = house.item(kind="photo", level="photo")["artwork"]["id"]
    photo, comic = house.file_id(kind="photo", level="photo"), house.file_id(kind="comic", level="issue")
    assert unchanged(house.clients["guest"], f"/artwork/{art}")
    assert unchanged(house.clients["guest"], f"/files/{comic}/pages")
    assert "max-age" in house.clients["guest"].get(f"/files/{photo}/picture").headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/files/00000000000000000000000000/bytes", 404),
        ("/files/../../etc/passwd/bytes", 404),
        ("/files/nonsense/bytes", 422),
        ("/artwork/00000000000000000000000000", 404),
        ("/artwork/00000000000000000000000000?width=0", 422),
        ("/files/{film}/picture", 422),
        ("/files/{film}/pages/0", 422),
        ("/files/{comic}/pages/-1", 422),
        ("/files/{comic}/pages/0?width=99999", 422),
        ("/files/{comic}/pages/99", 404),
    ],
)
def test_what_makes_no_sense_is_told(house: House, path: str, status: int) -> None:
    film, comic = house.file_id(kind="film", sort="title"), house.file_id(kind="comic", level="issue")
    refused(house.clients["guest"].get(path.format(film=film, comic=comic)), status)


def test_a_file_that_is_gone_is_told(house: House) -> None:
    file_id = house.file_id(kind="photo", level="photo")
    path = house.media / "photo" / "2020" / "beach.jpg"
    away = path.rename(path.with_suffix(".away"))
    try:
        for what in ("bytes", "picture"):
            refused(house.clients["guest"].get(f"/files/{file_id}/{what}"), 404)
    finally:
        away.rename(path)
    assert house.clients["guest"].get(f"/files/{file_id}/bytes").status_code == 200


def test_who_may_not_see_it_does_not_learn_of_it(house: House) -> None:
    photo, comic = house.item(kind="photo", level="photo"), house.file_id(kind="comic", level="issue")
    file_id = photo["editions"][0]["files"][0]["id"]
    paths = [f"/files/{file_id}/{what}" for what in ("bytes", "download", "picture", "pages", "pages/0")]
    for path in (*paths, f"/files/{comic}/pages", f"/files/{comic}/pages/0", f"/artwork/{photo['artwork']['id']}"):
        refused(house.clients["limited"].get(path), 404)


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
    Identity(house.parts.database, house.parts.clock, house.media / "key").remove_user(person.id)
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
