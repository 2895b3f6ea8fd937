"""Covers and avatars."""

import io

import pytest
from PIL import Image
from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.protocols.subsonic._avatar import initials


def size_of(data: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(data)).size


@pytest.mark.parametrize(("size", "width"), [(1, 160), (160, 160), (161, 320), (500, 640), (99_999_999, 640)])
def test_the_nearest_width_up(house: House, app: App, size: int, width: int) -> None:
    photo = house.item(kind="photo")  # 640 x 480
    answer = app.get("getCoverArt", id=f"so-{photo['id']}", size=size)
    assert answer.headers["content-type"] == "image/webp"
    assert size_of(answer.content)[0] == width
    assert size_of(app.get("getCoverArt", id=photo["id"]).content) == (640, 480)


@pytest.mark.parametrize("size", ["-1", "0", "x", "1e3"])
def test_sizes_that_are_none(house: House, app: App, size: str) -> None:
    assert app.fail("getCoverArt", id=f"so-{house.item(kind='photo')['id']}", size=size)["code"] == 0


def test_a_playlist_has_the_picture_of_its_first_song_that_has_one(house: House, app: App) -> None:
    who = house.parts.identity.asker(next(each.id for each in house.parts.identity.users() if each.name == "admin"))
    photo, track = house.item(kind="photo")["id"], house.item(kind="music", level="track")["id"]
    made = house.parts.library.playlists.create(who, "Pictured", [track, photo])
    try:
        assert size_of(app.get("getCoverArt", id=f"pl-{made.id}", size=300).content)[0] == 320
        assert app_of(house, "user").fail("getCoverArt", id=f"pl-{made.id}")["code"] == 70
    finally:
        house.parts.library.playlists.remove(who, made.id)


def test_no_picture_is_made_up(house: House, app: App) -> None:
    for level in ("artist", "album", "track"):
        assert app.fail("getCoverArt", id=house.item(kind="music", level=level)["id"])["code"] == 70
    assert app.fail("getCoverArt", id="al-0123456789abcdef0123456789")["code"] == 70
    assert app.fail("getCoverArt")["code"] == 10
    photo = house.item(kind="photo")["id"]
    assert app_of(house, "limited").fail("getCoverArt", id=photo)["code"] == 70


def test_an_avatar_is_made_of_a_name(house: House, app: App) -> None:
    mine = app.get("getAvatar", username="admin")
    assert mine.headers["content-type"] == "image/png"
    assert size_of(mine.content) == (256, 256)
    assert app.get("getAvatar", username="ADMIN").content == app.get("getAvatar", username="ADMIN").content
    assert app.get("getAvatar", username="user").content != mine.content
    assert app_of(house, "guest").get("getAvatar", username="guest").content


def test_only_administrators_look_at_others(house: House, app: App) -> None:
    for name in ("admin", "nobody-of-this-name"):
        assert app_of(house, "user").fail("getAvatar", username=name)["code"] == 50
    assert app.fail("getAvatar", username="nobody-of-this-name")["code"] == 70
    assert app.fail("getAvatar")["code"] == 10


@pytest.mark.parametrize(
    ("name", "letters"), [("anna", "A"), ("Anna Maria von Trapp", "AT"), ("j.r_r", "JR"), ("名前", "名"), (".", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
