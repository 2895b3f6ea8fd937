"""Subtitles in a folder of their own belong to what lies beside that folder."""

from tests.support.library_room import Room
from tests.support.tiny_media import film, track

_CUE = "1\n00:00:00,100 --> 00:00:00,900\n{}\n"


def test_of_a_film(room: Room) -> None:
    root, source = room.media / "film", room.source("film")
    folder = root / "Long.Tide.2021.1080p.BluRay.x264-GRP"
    film(folder / "Long.Tide.2021.1080p.BluRay.x264-GRP.mkv", 1)
    (folder / "Subs").mkdir()
    (folder / "Subs/2_English.srt").write_text(_CUE.format("Hello"))
    room.scan(source)
    card = room.card("Long Tide", "film")
    assert [each.language for each in room.item(card.id).companions] == ["en"]
    assert room.scan(source).files == 0

    # One that is added is found by a look at its own folder; one that goes is gone; the film stays.
    (folder / "Subs/3_German.srt").write_text(_CUE.format("Hallo"))
    room.scan(source, [f"{folder.name}/Subs"])
    assert [each.language for each in room.item(card.id).companions] == ["en", "de"]
    (folder / "Subs/2_English.srt").unlink()
    room.scan(source)
    tracks = room.item(card.id).companions
    assert [(each.language, each.name) for each in tracks] == [("de", "Subs/3_German.srt")]
    handle = room.library.items.file(room.me, tracks[0].id)
    assert handle.path == f"{folder.name}/Subs/3_German.srt"


def test_of_a_season(room: Room) -> None:
    root, source = room.media / "show", room.source("show")
    for number in (1, 2):
        film(root / f"Tale.S01/Tale.S01E0{number}.mkv", number)
        (root / f"Tale.S01/Subs/Tale.S01E0{number}").mkdir(parents=True)
        (root / f"Tale.S01/Subs/Tale.S01E0{number}/2_English.srt").write_text(_CUE.format(number))
    room.scan(source)
    for card in room.cards("show", "episode"):
        (subtitle,) = room.item(card.id).companions
        assert subtitle.name == f"Subs/Tale.S01E0{int(card.number or 0)}/2_English.srt"


def test_a_folder_of_that_name_with_something_else_in_it_is_like_any_other(room: Room) -> None:
    root, source = room.media / "music", room.source("music")
    track(root / "Subs/First/a.mp3", 1, title="A", artist="Subs", album="First")
    (root / "Subs/First/a.srt").write_text(_CUE.format("La"))
    room.scan(source)
    assert room.titles("music", "track") == ["A"]
