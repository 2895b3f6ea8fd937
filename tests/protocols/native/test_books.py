"""Books: what a reader needs, and the files inside, harmless."""

import httpx
import pytest
from tests.support.asking import refused, unchanged
from tests.support.house import House


def test_books_are_open_but_harmless(house: House) -> None:
    file_id = house.file_id(kind="book")
    book = house.clients["guest"].get(f"/files/{file_id}/book").json()
    assert book["format"] == "epub"
    assert [each["title"] for each in book["sections"]] == ["One"]
    chapter = httpx.get(house.url + book["base"] + book["spine"][0]["href"])
    assert "<h1>One</h1>" in chapter.text
    policy = chapter.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "script" not in policy
    for path in ("../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "OEBPS/none", "a%00b"):
        assert httpx.get(house.url + book["base"] + path).status_code in (401, 404, 422)


def test_what_was_read_is_not_sent_again(house: House) -> None:
    assert unchanged(house.clients["guest"], f"/files/{house.file_id(kind='book')}/book")


def test_what_is_no_book_is_told(house: House) -> None:
    refused(house.clients["guest"].get(f"/files/{house.file_id(kind='photo', level='photo')}/book"), 422)
    refused(house.clients["guest"].get("/files/00000000000000000000000000/book"), 404)
    refused(house.clients["guest"].get("/files/nonsense/book"), 422)


def test_a_book_whose_disk_is_away_is_told(house: House) -> None:
    file_id = house.file_id(kind="book")
    path = house.media / "book" / "Jane Writer" / "A Book" / "A Book.epub"
    away = path.rename(path.with_suffix(".away"))
    try:
        refused(house.clients["guest"].get(f"/files/{file_id}/book"), 404)
    finally:
        away.rename(path)
    assert house.clients["guest"].get(f"/files/{file_id}/book").status_code == 200


def test_who_may_not_see_it_does_not_learn_of_it(house: House) -> None:
    refused(house.clients["limited"].get(f"/files/{house.file_id(kind='book')}/book"), 404)


@pytest.mark.parametrize("name", ["key", "file"])
def test_a_key_opens_one_book(house: House, name: str) -> None:
    book = house.clients["guest"].get(f"/files/{house.file_id(kind='book')}/book").json()
    key, file_id = book["base"].rstrip("/").split("/")[-2:]
    wrong = {"key": f"{key}x/{file_id}", "file": f"{key}/{house.file_id(kind='comic', level='issue')}"}[name]
    refused(httpx.get(f"{house.url}/api/v1/book/{wrong}/OEBPS/one.xhtml"), 401)
