"""What tags say of tracks, albums and the people behind them."""

import pytest
from tests.core.kinds.audio_folders import credited, folder, leaf, sidecar, sound

from medley.core.kinds import Folder, Guess
from medley.core.kinds.music import KIND

ONE, TWO = "89ad4ac3-39f7-470e-963a-56509c546377", "0b6b4ba0-d36f-47bd-b4ea-6a5b91842d29"


def recognise(place: Folder) -> list[Guess]:
    return list(KIND.recognise(place))


@pytest.mark.parametrize(
    ("tags", "artists"),
    [
        ({"artist": "Jay-Z & Kanye West", "musicbrainz_artistid": ["1", "2"]}, ["Jay-Z", "Kanye West"]),
        ({"artist": "Simon & Garfunkel", "musicbrainz_artistid": "1"}, ["Simon & Garfunkel"]),
        ({"artist": "A/B", "musicbrainz_artistid": f"{ONE}/{TWO}"}, ["A", "B"]),
        (
            {"artist": "Tyler, The Creator & Kali Uchis", "musicbrainz_artistid": ["1", "2"]},
            ["Tyler, The Creator & Kali Uchis"],
        ),
        ({"artist": "A feat. B", "artists": "A/B"}, ["A", "B"]),
        ({"artist": "AC/DC", "artists": "AC/DC"}, ["AC/DC"]),
        ({"artist": "A & B", "artists": "A; B"}, ["A", "B"]),
    ],
)
def test_joined_artists_are_split_where_something_tells_how_many(tags: dict, artists: list[str]):
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", **tags)))
    assert credited(leaf(guess), "artist") == artists


def test_each_artist_has_his_id_and_sort_name():
    tags = {"artist": "The A feat. B", "artistsort": "A, The feat. B", "musicbrainz_artistid": [ONE, TWO]}
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", **tags)))
    assert [(each.name, each.sort, each.ids) for each in leaf(guess).credits] == [
        ("The A", "A, The", {"musicbrainz_artist": ONE}),
        ("B", "B", {"musicbrainz_artist": TWO}),
    ]
    assert leaf(guess).fields["artist"] == "The A feat. B"


def test_everybody_who_had_a_part_in_it():
    tags = {
        "composer": "Lennon/McCartney",
        "composersort": ["Lennon, J", "McCartney, P"],
        "conductor": ["A", "B"],
        "performer": ["Ann (guitar)", "Ann (vocals)", "Bob"],
        "djmixer": "AC/DC",
        "musicbrainz_djmixerid": ONE,
        "producer": "Eno; Lanois",
    }
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", artist="Q", **tags)))
    assert [(each.role, each.name, each.character or each.sort) for each in leaf(guess).credits] == [
        ("artist", "Q", ""),
        ("composer", "Lennon", "Lennon, J"),
        ("composer", "McCartney", "McCartney, P"),
        ("conductor", "A", ""),
        ("conductor", "B", ""),
        ("performer", "Ann", "guitar, vocals"),
        ("performer", "Bob", ""),
        ("djmixer", "AC/DC", ""),
        ("producer", "Eno", ""),
        ("producer", "Lanois", ""),
    ]
    assert [each.ids for each in leaf(guess).credits if each.role == "djmixer"] == [{"musicbrainz_artist": ONE}]


def test_what_a_track_knows():
    tags = {
        "discsubtitle": "Live",
        "isrc": ["A1", "B2"],
        "mood": "Calm; Slow",
        "grouping": "To hear, at night",
        "language": "deu/eng",
        "work": "Mass",
        "musicbrainz_workid": TWO,
        "movement": "Kyrie",
        "movementnumber": 1,
        "movementtotal": 5,
        "bpm": "127.6",
        "explicit": "4",
        "replaygain_track_gain": "-6,50 dB",
        "replaygain_track_peak": "0.98",
        "replaygain_base_gain": "3 dB",
        "media": "CD",
        "acoustid_id": "x",
    }
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", artist="Q", **tags)))
    assert leaf(guess).fields == {
        "disc_title": "Live",
        "isrc": ["A1", "B2"],
        "moods": ["Calm", "Slow"],
        "groupings": ["To hear, at night"],
        "languages": ["deu", "eng"],
        "works": [{"name": "Mass", "id": TWO}],
        "movements": [{"name": "Kyrie", "number": 1, "count": 5}],
        "bpm": 128,
        "explicit": "explicit",
        "replaygain_track_gain": -6.5,
        "replaygain_track_peak": 0.98,
        "replaygain_base_gain": 3.0,
        "media": "CD",
    }
    assert leaf(guess).ids == {"isrc": "A1", "musicbrainz_work": TWO, "acoustid": "x"}


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("bpm", "inf"),
        ("bpm", "fast"),
        ("bpm", "0"),
        ("replaygain_track_gain", "nan"),
        ("replaygain_track_gain", "1e999"),
        ("replaygain_album_peak", "0.0"),
        ("explicit", "7"),
        ("originaldate", "soon"),
    ],
)
def test_numbers_that_are_none_are_left_out(tag: str, value: str):
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", artist="Q", **{tag: value})))
    assert leaf(guess).fields == {}


def test_what_an_album_knows():
    tags = {"albumartist": "A & B", "albumartists": ["A", "B"], "album": "Z", "date": "2011-02-03"}
    tags |= {"label": "Mute", "catalognumber": ["M1", "M2"], "barcode": "0042", "releasetype": "album;live"}
    tags |= {
        "releasestatus": "Official",
        "releasecountry": "GB",
        "albumversion": "Deluxe",
        "originaldate": ["1984", "1984-05-01"],
    }
    first, second = (
        sound("1.mp3", title="1", tracknumber=1, discsubtitle="Studio", media="CD", mood="Calm", explicit="2", **tags),
        sound("2.mp3", title="2", discnumber=2, discsubtitle="Live", media="DVD", mood="Wild", explicit="1", **tags),
    )
    album = recognise(folder("x", first, second))[0].ladder[1]
    assert album.fields == {
        "artist": "A & B",
        "original_date": "1984-05-01",
        "release_date": "2011-02-03",
        "version": "Deluxe",
        "barcode": "0042",
        "release_status": "official",
        "release_country": "GB",
        "labels": ["Mute"],
        "catalog_numbers": ["M1", "M2"],
        "media": ["CD", "DVD"],
        "moods": ["Calm", "Wild"],
        "release_types": ["album", "live"],
        "explicit": "explicit",
        "disc_titles": {"2": "Live", "1": "Studio"},
    }
    assert (album.year, album.date) == (1984, "1984-05-01")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"date": "2011"}, ("", "2011", 2011)),
        ({"date": "2011", "originaldate": "1984"}, ("1984", "2011", 1984)),
        ({"date": "1983", "originaldate": "1984"}, ("1984", "", 1984)),
        ({"date": "1983", "originaldate": "1984", "releasedate": "2011"}, ("1984", "2011", 1984)),
        ({"year": "1999"}, ("", "1999", 1999)),
    ],
)
def test_recorded_first_released_and_released(dates: dict, expected: tuple):
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", album="Z", artist="Q", **dates)))
    album = guess.ladder[1]
    assert (album.fields.get("original_date", ""), album.fields.get("release_date", ""), album.year) == expected


def test_disc_folders_name_their_discs():
    (guess,) = recognise(folder("Q/Best/Disc 2 - Live", sound("1.mp3", title="T", artist="Q", album="Best")))
    assert leaf(guess).fields["disc_title"] == "Live"
    assert guess.ladder[1].fields["disc_titles"] == {"2": "Live"}


CUE = """PERFORMER "Q"
TITLE "Live"
CATALOG 4006381333931
REM DISCNUMBER 2
REM REPLAYGAIN_ALBUM_GAIN -7.00 dB
FILE "live.wav" WAVE
  TRACK 01 AUDIO
    TITLE "One"
    SONGWRITER "Writer"
    ISRC DEA123456789
    REM REPLAYGAIN_TRACK_GAIN -6.50 dB
    INDEX 00 00:00:00
    INDEX 01 00:02:00
  TRACK 02 AUDIO
    TITLE "Two"
    REM COMPOSER "Composer"
    INDEX 01 03:00:00
"""


def test_what_a_cue_sheet_says_of_its_tracks():
    whole = {
        "cuesheet": CUE,
        "title": "Whole",
        "isrc": "WRONG",
        "comment": "of the file",
        "label": "Mute",
        "mood": "Calm",
    }
    one, two = recognise(folder("x", sound("live.flac", codec="flac", **whole)))
    assert (leaf(one).fields, leaf(one).ids, leaf(one).group) == (
        {"isrc": ["DEA123456789"], "moods": ["Calm"], "replaygain_album_gain": -7.0, "replaygain_track_gain": -6.5},
        {"isrc": "DEA123456789"},
        2,
    )
    assert (credited(leaf(one), "composer"), credited(leaf(two), "composer")) == (["Writer"], ["Composer"])
    assert one.ladder[1].ids == {"barcode": "4006381333931"}
    assert one.ladder[1].fields["labels"] == ["Mute"]
    assert (one.start_ms, one.end_ms, two.start_ms) == (2000, 180_000, 180_000)


def test_a_cue_sheet_with_one_file_for_each_disc():
    cue = 'TITLE "Box"\nPERFORMER "Q"\n' + "".join(
        f'FILE "CD{disc}.flac" WAVE\n TRACK 01 AUDIO\n  TITLE "{disc}a"\n  INDEX 01 00:00:00\n'
        f' TRACK 02 AUDIO\n  TITLE "{disc}b"\n  INDEX 01 01:00:00\n'
        for disc in (1, 2)
    )
    files = (sound("CD1.flac", codec="flac", discnumber=1), sound("CD2.flac", codec="flac", discnumber=2))
    guesses = recognise(folder("Q/Box", *files, sidecar("box.cue", "cue", cuesheet=cue)))
    assert [(guess.path, leaf(guess).title, leaf(guess).group) for guess in guesses] == [
        ("Q/Box/CD1.flac", "1a", 1),
        ("Q/Box/CD1.flac", "1b", 1),
        ("Q/Box/CD2.flac", "2a", 2),
        ("Q/Box/CD2.flac", "2b", 2),
    ]
    assert len({guess.ladder[1].identity for guess in guesses}) == 1


def test_a_cue_sheet_of_many_performers_is_a_compilation():
    cue = 'TITLE "Hits"\nFILE "x.flac" WAVE\n' + "".join(
        f' TRACK 0{n} AUDIO\n  TITLE "T{n}"\n  PERFORMER "P{n}"\n  INDEX 01 0{n}:00:00\n' for n in (1, 2, 3)
    )
    guesses = recognise(folder("Hits", sound("x.flac", codec="flac"), sidecar("x.cue", "cue", cuesheet=cue)))
    assert {guess.ladder[0].title for guess in guesses} == {"Various Artists"}
    assert [credited(leaf(guess), "artist") for guess in guesses] == [["P1"], ["P2"], ["P3"]]
