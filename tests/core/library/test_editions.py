"""Copies and versions: editions of one item, each with its own parts, stable over scans."""

import shutil

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import film, retag, track

from medley.kernel.errors import NotFound


@pytest.mark.parametrize("suffix", [".mp3", ".mkv"])
def test_copies_are_editions_and_stay_so(room: Room, suffix: str) -> None:
    kind, leaf = ("music", "track") if suffix == ".mp3" else ("film", "film")
    root, source = room.media / kind, room.source(kind)
    for folder in "abc":
        path = root / folder / f"Tale (2001){suffix}"
        if suffix == ".mp3":
            track(path, 1, title="Tale", artist="Ann", album="Blue", albumartist="Ann", tracknumber="1")
        else:
            film(path, ord(folder))
    room.scan(source)
    card = room.card("Tale", kind, leaf)
    before = _editions(room, card.id)
    assert sorted(len(names) for names in before.values()) == [1, 1, 1]
    for folder in "cab":
        path = root / folder / "note.txt"
        path.write_text("look again")
        room.scan(source)
        assert _editions(room, card.id) == before
    (root / "b" / f"Tale (2001){suffix}").rename(root / "b" / f"Tale  (2001){suffix}")
    room.scan(source)
    assert len(_editions(room, card.id)) == 3
    shutil.rmtree(root / "b")
    room.scan(source)
    present = [file for edition in room.item(card.id).editions for file in edition.files if not file.missing]
    assert len(present) == 2


def test_a_book_in_parts_and_its_copy_in_one_file_do_not_mix(lite_room: Room) -> None:
    root, source = lite_room.media / "audiobook", lite_room.source("audiobook")
    for part in (1, 2, 3):
        track(root / f"Ann/Tale/{part:02}.mp3", part, artist="Ann", album="Tale", tracknumber=str(part))
    track(root / "Copy/Tale/Tale.mp3", 9, artist="Ann", album="Tale")
    lite_room.scan(source)
    assert lite_room.titles("audiobook") == ["Tale"]
    card = lite_room.card("Tale", "audiobook")
    editions = lite_room.item(card.id).editions
    assert sorted(len(edition.files) for edition in editions) == [1, 3]
    assert card.duration_ms == max(edition.duration_ms for edition in editions)
    whole = next(edition for edition in editions if len(edition.files) == 3)
    assert whole.duration_ms == sum(file.duration_ms for file in whole.files)


def test_lengths_stay_right_when_one_folder_of_two_is_scanned(lite_room: Room) -> None:
    root, source = lite_room.media / "audiobook", lite_room.source("audiobook")
    for disc in (1, 2):
        for part in (1, 2):
            path = root / f"Ann/Tale/CD{disc}/{part:02}.mp3"
            track(path, disc * 9 + part, artist="Ann", album="Tale", tracknumber=str(part), discnumber=str(disc))
    lite_room.scan(source)
    whole = lite_room.card("Tale", "audiobook").duration_ms
    retag(root / "Ann/Tale/CD2/02.mp3", title="The end")
    lite_room.scan(source)
    assert lite_room.card("Tale", "audiobook").duration_ms == whole > 1500


def test_two_hundred_versions_of_one_film(lite_room: Room) -> None:
    root, source = lite_room.media / "film", lite_room.source("film")
    for number in range(200):
        film(root / f"copy {number}/Tale (2001).mkv", 1)
    lite_room.scan(source)
    card = lite_room.card("Tale", "film")
    before = _editions(lite_room, card.id)
    assert len(before) == 200
    for number in (7, 150):
        film(root / f"copy {number}/Tale (2001).mkv", 2)
    lite_room.scan(source)
    assert _editions(lite_room, card.id) == before


def _editions(room: Room, item_id: str) -> dict[str, list[str]]:
    return {edition.label: [file.id for file in edition.files] for edition in room.item(item_id).editions}


def test_an_item_is_first_played_from_what_is_there(room: Room) -> None:
    root, source = room.media / "music", room.source("music")
    told = {"title": "Tale", "artist": "Ann", "album": "Blue", "albumartist": "Ann", "tracknumber": "1"}
    for folder in "ab":
        track(root / folder / "Tale.mp3", 1, **told)
    room.scan(source)
    card = room.card("Tale", "music", "track")
    first = room.library.items.played_from(person(), card.id)
    assert first.file == room.library.items.file(person(), first.file.id)
    assert (first.start_ms, first.end_ms, first.file.missing) == (0, 0, False)
    (root / first.file.path).unlink()
    room.scan(source)
    second = room.library.items.played_from(person(), card.id)
    assert second.file.id != first.file.id
    assert not second.file.missing
    with pytest.raises(NotFound):
        room.library.items.played_from(person(), "0123456789abcdef0123456789")
    with pytest.raises(NotFound):
        room.library.items.played_from(person(sources=[]), card.id)
