"""Which tracks are one album, and which are another edition of it."""

import pytest
from tests.core.kinds.audio_folders import folder, sound

from medley.core.kinds import Folder, Guess
from medley.core.kinds.music import KIND

ONE, TWO = "89ad4ac3-39f7-470e-963a-56509c546377", "0b6b4ba0-d36f-47bd-b4ea-6a5b91842d29"


def recognise(place: Folder) -> list[Guess]:
    return list(KIND.recognise(place))


def album_ids(*places: Folder) -> list[str]:
    return list(dict.fromkeys(guess.ladder[1].identity for place in places for guess in recognise(place)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"barcode": "4006381333931"}, {"barcode": "0012345678905"}),
        ({"catalognumber": "MUTE 1"}, {"catalognumber": "MUTE 1R"}),
        ({"originaldate": "1984", "date": "1984"}, {"originaldate": "1984", "date": "2011"}),
        ({"albumversion": "Deluxe"}, {}),
        ({"album": "Best (Deluxe Edition)"}, {}),
        ({"musicbrainz_albumid": ONE}, {"musicbrainz_albumid": TWO}),
    ],
)
def test_editions_of_an_album_are_told_apart(one: dict, other: dict):
    folders = (
        folder(
            name,
            *(
                sound(f"{n}.mp3", **{"artist": "Q", "album": "Best", "tracknumber": n, "title": f"T{n}"} | tags)
                for n in (1, 2)
            ),
        )
        for name, tags in (("a", one), ("b", other))
    )
    assert len(album_ids(*folders)) == 2


@pytest.mark.parametrize(
    "tags",
    [
        [{"date": "1984"}, {"date": "2011"}, {}],
        [{"catalognumber": "X 1"}, {"catalognumber": "X 2"}, {}],
        [{"barcode": "4006381333931"}, {"barcode": "04006381333931"}, {}],
        [{"originaldate": "1984", "date": "2011"}, {"originaldate": "1984", "date": "1984"}, {}],
        [{"artist": "Q feat. R"}, {"artist": "Q"}, {"artist": "Q ft. S"}],
        [{"albumartist": "Q"}, {}, {"artist": "R"}],
        [{"albumartist": "Q feat. R"}, {"albumartist": "Q"}, {}],
        [{"album": "BEST"}, {"album": "Best!"}, {"album": "best"}],
        [{"codec": "flac"}, {"codec": "mp3"}, {"codec": "opus"}],
        [{"musicbrainz_albumid": ONE}, {}, {}],
    ],
)
def test_what_does_not_split_an_album(tags: list[dict]):
    files = (
        sound(f"{n}.mp3", **{"artist": "Q", "album": "Best", "tracknumber": n, "title": f"T{n}"} | own)
        for n, own in enumerate(tags, 1)
    )
    assert len(album_ids(folder("Q/Best", *files))) == 1


def test_the_discs_of_a_box_are_one_album_although_each_has_a_number_of_its_own():
    tags = {"artist": "Q", "album": "Box", "title": "T", "originaldate": "1984"}
    discs = (
        folder(
            f"Q/Box/CD{n}", sound("1.mp3", discnumber=n, disctotal=2, catalognumber=f"X {n}", date=f"201{n}", **tags)
        )
        for n in (1, 2)
    )
    assert len(album_ids(*discs)) == 1


@pytest.mark.parametrize("compilation", ["1", ""])
def test_a_compilation_whose_album_artists_are_the_tracks(compilation: str):
    files = (
        sound(
            f"{n}.mp3",
            title=f"T{n}",
            artist=f"A{n}",
            albumartist=f"A{n}",
            album="Hits",
            tracknumber=n,
            compilation=compilation,
        )
        for n in (1, 2, 3)
    )
    assert album_ids(folder("Hits", *files)) == ["various artists|hits|"]


def test_tracks_without_an_album_artist_join_the_album_of_their_artist():
    files = [
        sound(
            f"{a}{n}.mp3", title=f"T{n}", artist=a, album="Hits", tracknumber=n, **({"albumartist": a} if n < 3 else {})
        )
        for a in ("Queen", "ABBA")
        for n in (1, 2, 3)
    ]
    assert len(album_ids(folder("x", *files))) == 2
