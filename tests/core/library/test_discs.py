"""An album over disc folders is what all its discs say, whichever of them changed."""

import pytest
from mutagen.flac import FLAC
from tests.support.library_room import Room
from tests.support.tiny_media import track

from medley.core.library import ItemDetail
from medley.core.library._scan import reading


def disc(room: Room, number: int, title: str, genre: str, tracks: int = 3) -> None:
    for place in range(1, tracks + 1):
        path = room.media / f"music/Ann/Box/CD{number}/{place}.flac"
        tags = {"artist": "Ann", "album": "Box", "title": f"{number}.{place}", "genre": genre, "date": f"20{number:02}"}
        track(path, number * 10 + place, **tags, tracknumber=str(place), discnumber=str(number))
        audio = FLAC(path)
        audio["discsubtitle"], audio["media"] = title, f"CD {number}"
        audio.save()


def album(room: Room) -> ItemDetail:
    (card,) = room.cards("music", "album")
    return room.item(card.id)


def said(room: Room) -> tuple[dict[str, str], list[str], list[str]]:
    found = album(room)
    return found.fields["disc_titles"], sorted(genre.name for genre in found.genres), found.fields["media"]


@pytest.mark.parametrize("files_at_once", [250, 1])
def test_all_discs_tell_what_the_album_is(room: Room, monkeypatch: pytest.MonkeyPatch, files_at_once: int) -> None:
    monkeypatch.setattr(reading, "_BATCH_FILES", files_at_once)
    source = room.source("music")
    disc(room, 1, "Studio", "Rock")
    disc(room, 2, "Live", "Jazz")
    room.scan(source)
    assert said(room) == ({"1": "Studio", "2": "Live"}, ["Jazz", "Rock"], ["CD 1", "CD 2"])
    disc(room, 2, "On Stage", "Blues")
    room.scan(source)
    assert said(room) == ({"1": "Studio", "2": "On Stage"}, ["Blues", "Rock"], ["CD 1", "CD 2"])
    disc(room, 3, "Demos", "Folk")
    room.scan(source, ["Ann/Box/CD3"])
    assert said(room)[0] == {"1": "Studio", "2": "On Stage", "3": "Demos"}
    assert room.scan(source).files == 0
