"""M3U in and out: files of all sorts of players, matched to files of sources that one may see."""

import unicodedata
from pathlib import Path

import pytest
from tests.support.library_room import Room, person
from tests.support.tiny_media import track

from medley.core.library import PlaylistImport
from medley.kernel.errors import Forbidden, InvalidInput, NotFound, TooLarge

ALBUMS = {"Bänd": ("One", "Two"), "Other": ("One",)}


@pytest.fixture
def stocked(room: Room) -> Room:
    """Songs 01 and 02 of three albums, two of the same name."""
    source, tone = room.source("music"), 0
    for artist, albums in ALBUMS.items():
        for album in albums:
            for number in (1, 2):
                tone += 1
                path = room.media / "music" / artist / album / f"0{number} Söng {number}.flac"
                names = {"artist": artist, "albumartist": artist, "album": album}
                track(path, tone, title=f"{artist} {album} {number}", tracknumber=str(number), **names)
    room.scan(source)
    return room


def read(room: Room, text: str | bytes, **more) -> tuple[PlaylistImport, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    made = room.library.playlist_files.read(room.me, data, **more)
    entries = room.library.playlists.entries(room.me, made.playlist.id, limit=500).items
    return made, [each.item.title for each in entries]


def test_paths_of_other_machines_are_found_by_their_ends(stocked: Room) -> None:
    text = "\r\n".join(
        (
            "\ufeff#EXTM3U",
            "#PLAYLIST: My  Mix ",
            "#EXTINF:123,Bänd - Söng 2",
            "D:\\Musik\\Bänd\\Two\\02 Söng 2.flac",
            "# a comment",
            "",
            "file:///mnt/music/B%C3%A4nd/One/01%20S%C3%B6ng%201.flac",
            "http://radio.example/stream.mp3",
            "../../OTHER/one/02 söng 2.FLAC",
            unicodedata.normalize("NFD", "Bänd/One/02 Söng 2.flac"),
            "Bänd/Three/nothing.flac",
            "01 Söng 1.flac",
        )
    )
    made, titles = read(stocked, text, name="unused")
    assert made.playlist.name == "My Mix"
    assert titles == ["Bänd Two 2", "Bänd One 1", "Other One 2", "Bänd One 2"]
    # One is not there; of the other there are three, and no way to tell which.
    assert (made.found, made.missing, made.paths) == (4, 2, ["Bänd/Three/nothing.flac", "01 Söng 1.flac"])


def test_a_file_on_this_machine_is_exact(stocked: Room) -> None:
    folder = stocked.media / "music" / "Other"
    made, titles = read(stocked, "One/01 Söng 1.flac\n../Bänd/One/01 Söng 1.flac\n", folder=str(folder), name="Here")
    assert (made.playlist.name, titles) == ("Here", ["Other One 1", "Bänd One 1"])
    whole = str(stocked.media / "music" / "Bänd" / "Two" / "01 Söng 1.flac")
    assert read(stocked, f"{whole}\n{whole}")[1] == ["Bänd Two 1", "Bänd Two 1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(stocked: Room, encoding: str) -> None:
    made, titles = read(stocked, "Bänd/Two/02 Söng 2.flac\n".encode(encoding))
    assert (titles, made.missing) == (["Bänd Two 2"], 0)


def test_what_is_written_is_read_again(stocked: Room, tmp_path: Path) -> None:
    ids = [card.id for card in stocked.cards("music", "track", sort="title")]
    mine = stocked.library.playlists.create(stocked.me, "Äll of #it", [ids[3], ids[0], ids[3]])
    name, text = stocked.library.playlist_files.write(stocked.me, mine.id)
    assert (name, text.splitlines()[:2]) == ("Äll of #it", ["#EXTM3U", "#PLAYLIST:Äll of #it"])
    assert "#EXTINF:-1,Bänd - Bänd Two 2" in text.replace("#EXTINF:1,", "#EXTINF:-1,").replace(
        "#EXTINF:0,", "#EXTINF:-1,"
    )
    assert "Bänd/Two/02 Söng 2.flac" in text.splitlines()
    made, titles = read(stocked, text)
    assert (made.playlist.name, made.missing) == ("Äll of #it", 0)
    assert titles == [
        card.title for item in (ids[3], ids[0], ids[3]) for card in stocked.library.items.cards(stocked.me, [item])
    ]


def test_a_playlist_is_read_anew(stocked: Room) -> None:
    made, _ = read(stocked, "Bänd/Two/02 Söng 2.flac\n", name="Mix")
    again, titles = read(stocked, "Other/One/01 Söng 1.flac\n", into=made.playlist.id)
    assert (again.playlist.id, again.playlist.name, titles) == (made.playlist.id, "Mix", ["Other One 1"])
    stocked.library.playlists.change(stocked.me, made.playlist.id, shared=True)
    with pytest.raises(Forbidden):
        stocked.library.playlist_files.read(person("bob"), b"x.flac", into=made.playlist.id)


def test_nobody_finds_or_writes_what_they_may_not_see(stocked: Room) -> None:
    files, blind = stocked.library.playlist_files, person("bob", sources=[])
    whole = str(stocked.media / "music" / "Bänd" / "Two" / "01 Söng 1.flac")
    told = files.read(blind, f"{whole}\nBänd/Two/02 Söng 2.flac\n".encode())
    assert (told.found, told.missing) == (0, 2)
    ids = [card.id for card in stocked.cards("music", "track")]
    mine = stocked.library.playlists.create(stocked.me, "Mine", ids, shared=True)
    assert files.write(blind, mine.id)[1].count("EXTINF") == 0
    stocked.library.playlists.change(stocked.me, mine.id, shared=False)
    with pytest.raises(NotFound):
        files.write(blind, mine.id)


def test_nonsense_is_told(stocked: Room) -> None:
    for data in (b"", b"#EXTM3U\n", b"\x00\x01\x02", b"http://a.example/\n"):
        with pytest.raises(InvalidInput):
            stocked.library.playlist_files.read(stocked.me, data)
    with pytest.raises(InvalidInput):
        stocked.library.playlist_files.read(stocked.me, b"a.mp3\n" * 20_001)
    with pytest.raises(TooLarge):
        stocked.library.playlist_files.read(stocked.me, b"a" * ((8 << 20) + 1))
