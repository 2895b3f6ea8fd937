"""Originals to keep: one file, and archives made while they are sent."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.kernel.errors import NotFound
from medley.protocols.subsonic._zip import Member, zipped
from medley.protocols.subsonic.downloads import clean


def archive(app: App, id_: str) -> tuple[str, dict[str, bytes]]:
    answer = app.get("download", id=id_)
    assert answer.headers["content-type"] == "application/zip", answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert opened.testzip() is None
        assert all(each.compress_type == zipfile.ZIP_STORED for each in opened.infolist())
        return answer.headers["content-disposition"], {each: opened.read(each) for each in opened.namelist()}


def album_files(house: House) -> dict[str, bytes]:
    folder = house.media / "music" / "The Band" / "The Album"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.flac"))}


def test_a_song_under_its_own_name(house: House, app: App) -> None:
    item = house.item(kind="music", level="track", sort="title")
    answer = app.get("download", id=f"so-{item['id']}")
    assert answer.content == album_files(house)["01 Song 1.flac"]
    assert 'filename="01 Song 1.flac"' in answer.headers["content-disposition"]


def test_an_album_and_an_artist(house: House, app: App) -> None:
    name, held = archive(app, f"al-{house.item(kind='music', level='album')['id']}")
    assert held == album_files(house)
    assert 'filename="The Album.zip"' in name
    artist = house.item(kind="music", level="album")["parent_id"]
    _, held = archive(app, f"ar-{artist}")
    assert held == {f"The Album/{name}": data for name, data in album_files(house).items()}


def test_a_playlist_in_its_order(house: House, app: App) -> None:
    who = house.parts.identity.asker(next(each.id for each in house.parts.identity.users() if each.name == "admin"))
    filters = {"kind": "music", "level": "track", "sort": "title"}
    ids = [each["id"] for each in house.clients["admin"].get("/items", params=filters).json()["items"]]
    made = house.parts.library.playlists.create(who, "Mine: “a/b”", [ids[1], ids[0], ids[1]])
    try:
        name, held = archive(app, f"pl-{made.id}")
        assert list(held) == ["001 02 Song 2.flac", "002 01 Song 1.flac", "003 02 Song 2.flac"]
        assert "Mine" in name
        assert app_of(house, "user").fail("download", id=f"pl-{made.id}")["code"] == 70
    finally:
        house.parts.library.playlists.remove(who, made.id)


def test_who_may_not(house: House, app: App) -> None:
    album = f"al-{house.item(kind='music', level='album')['id']}"
    assert app_of(house, "guest").fail("download", id=album)["code"] == 50
    assert app_of(house, "limited").fail("download", id=album)["code"] == 70
    assert app.fail("download", id="al-0123456789abcdef0123456789")["code"] == 70
    assert app.fail("download")["code"] == 10


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"), ("a\\b:c*?.mp3", "a_b_c__.mp3"), ("...", "_"), ("", "_"), ("a .", "a"),
        ("x\0\ud800.flac", "x__.flac"), ("a" * 300 + ".flac", "a" * 114 + ".flac"), ("Grün.flac", "Grün.flac"),
    ],
)  # fmt: skip
def test_names_that_every_system_can_keep(name: str, kept: str) -> None:
    assert clean(name) == kept


def test_an_archive_is_made_a_piece_at_a_time() -> None:
    """Of 300 MB, never more than one piece is held; a file that cannot be opened is left out."""

    class Zeros(io.RawIOBase):
        left = 100_000_000

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            given = min(size, self.left)
            self.left -= given
            return bytes(given)

    def gone():
        raise NotFound("It is gone.")

    def members() -> Iterator[Member]:
        for number in range(3):
            yield Member("a.bin", number * 10**12, Zeros)  # type: ignore[arg-type]
        yield Member("b.bin", -5, gone)
        yield Member("A.BIN", 0, lambda: io.BytesIO(b"x"))

    sizes = [len(piece) for piece in zipped(members())]
    assert max(sizes) < 1 << 20
    assert sum(sizes) > 300_000_000


def test_names_that_come_again_get_a_number(tmp_path: Path) -> None:
    members = [Member("a.mp3", 0, lambda: io.BytesIO(b"1")), Member("A.mp3", 0, lambda: io.BytesIO(b"2"))]
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(members)))) as opened:
        assert opened.namelist() == ["a.mp3", "A (2).mp3"]
        assert opened.read("A (2).mp3") == b"2"
