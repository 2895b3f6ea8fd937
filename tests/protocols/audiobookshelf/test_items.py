"""One item: everything about it, its cover, its files."""

from tests.support.audiobookshelf import Phone
from tests.support.house import House

from medley.kernel.ids import new_id


def test_a_book_of_several_files(phone: Phone) -> None:
    book = phone.json(f"/api/items/{phone.item('audiobook', 'Beta')}", expanded=1, include="progress")
    said, media = book["media"]["metadata"], book["media"]
    assert (said["authors"][0]["name"], said["narrators"], said["publishedYear"]) == (
        "Zoe Able",
        ["Rita Reader"],
        "2002",
    )
    assert [(each["name"], each["sequence"]) for each in said["series"]] == [("Saga", "2")]
    assert (said["authorNameLF"], said["seriesName"]) == ("Able, Zoe", "Saga #2")
    assert [each["index"] for each in media["tracks"]] == [1, 2]
    first, second = media["tracks"]
    assert second["startOffset"] == first["duration"] > 0
    assert abs(media["duration"] - first["duration"] - second["duration"]) < 0.1
    assert [(each["id"], each["title"]) for each in media["chapters"]] == [(0, "Part 1"), (1, "Part 2")]
    assert len(book["libraryFiles"]) == 2
    assert book["userMediaProgress"] is None


def test_a_podcast_and_an_e_book(phone: Phone) -> None:
    podcast = phone.json(f"/api/items/{phone.item('podcast')}", expanded=1)
    assert [each["title"] for each in podcast["media"]["episodes"]] == ["Hello", "Day 2", "Day 3"]
    assert podcast["media"]["episodes"][0]["pubDate"].startswith("Sun, 31 Jan 2021")
    book = phone.json(f"/api/items/{phone.item('book')}", expanded=1)
    assert (book["media"]["ebookFile"]["ebookFormat"], book["media"]["tracks"]) == ("epub", [])
    got = phone.call("GET", f"/api/items/{book['id']}/ebook")
    assert (got.status_code, got.headers["content-type"], got.content[:2]) == (200, "application/epub+zip", b"PK")
    assert phone.call("GET", f"/api/items/{book['id']}/ebook/{book['media']['ebookFile']['ino']}").status_code == 200
    assert phone.call("GET", f"/api/items/{phone.item('audiobook')}/ebook").status_code == 404


def test_several_at_once(phone: Phone) -> None:
    wanted = [phone.item("audiobook", "Beta"), new_id(), phone.item("podcast"), "nonsense"]
    found = phone.post("/api/items/batch/get", libraryItemIds=wanted).json()["libraryItems"]
    assert [each["id"] for each in found] == [wanted[0], wanted[2]]
    assert found[1]["media"]["episodes"]


def test_covers_need_no_token(house: House, phone: Phone) -> None:
    nobody = Phone(house.url)
    path = f"/api/items/{phone.item('audiobook', 'Alpha')}/cover"
    for query in ({}, {"width": "400", "ts": "1"}, {"width": "99999"}, {"width": "x"}, {"raw": "1"}, {"height": "80"}):
        got = nobody.call("GET", path, params=query)
        assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert nobody.call("GET", f"/api/items/{new_id()}/cover").status_code == 404
    assert nobody.call("GET", f"/api/items/{house.item(kind='film')['id']}/cover").status_code == 404


def test_files_come_in_ranges_and_to_save(phone: Phone, house: House) -> None:
    book = phone.json(f"/api/items/{phone.item('audiobook', 'A Long Book')}", expanded=1)
    (track,) = book["media"]["tracks"]
    whole = (house.media / "audiobook" / "Jane Writer" / "A Long Book" / "A Long Book.mp3").read_bytes()
    got = phone.call("GET", track["contentUrl"], headers={"range": "bytes=100-199"})
    assert (got.status_code, got.content, got.headers["content-type"]) == (206, whole[100:200], "audio/mpeg")
    saved = phone.call("GET", f"{track['contentUrl']}/download")
    assert saved.content == whole
    assert "A Long Book.mp3" in saved.headers["content-disposition"]
    assert phone.call("GET", f"/api/items/{book['id']}/download").content == whole
    assert Phone(house.url).call("GET", track["contentUrl"]).status_code == 401
    assert Phone(house.url).call("GET", track["contentUrl"], params={"token": phone.token}).status_code == 200


def test_a_guest_does_not_download(phone: Phone, house: House) -> None:
    guest = Phone(house.url, house.tokens["guest"])
    item = phone.item("audiobook", "A Long Book")
    assert guest.call("GET", f"/api/items/{item}").status_code == 200
    assert guest.call("GET", f"/api/items/{item}/download").status_code == 403


def test_a_file_belongs_to_its_item(phone: Phone, limited: Phone, house: House) -> None:
    book, film = phone.item("audiobook", "Alpha"), house.file_id(kind="film")
    assert phone.call("GET", f"/api/items/{book}/file/{film}").status_code == 404
    podcast = phone.json(f"/api/items/{phone.item('podcast')}", expanded=1)
    address = podcast["media"]["episodes"][0]["audioTrack"]["contentUrl"]
    assert phone.call("GET", address).status_code == 200
    for path in (address, f"/api/items/{book}"):
        assert limited.call("GET", path).status_code == 404


def test_who_may_deletes_to_the_trash(phone: Phone, house: House) -> None:
    guest = Phone(house.url, house.tokens["guest"])
    book = phone.item("audiobook", "Gamma")
    assert guest.call("DELETE", f"/api/items/{book}").status_code == 403
    assert phone.call("DELETE", f"/api/items/{book}").status_code == 200
    assert phone.call("GET", f"/api/items/{book}").status_code == 404
    house.clients["admin"].post(f"/items/{book}/restore").raise_for_status()
    assert phone.call("GET", f"/api/items/{book}").status_code == 200
