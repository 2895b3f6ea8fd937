import pytest
from tests.core.kinds.audio_folders import credited, folder, leaf, sidecar, sound, titles

from medley.core.kinds import Folder, Guess
from medley.core.kinds.music import KIND


def recognise(place: Folder) -> list[Guess]:
    return list(KIND.recognise(place))


def test_a_tagged_track_is_artist_album_track():
    (guess,) = recognise(
        folder(
            "Radiohead/OK Computer",
            sound(
                "02 Paranoid Android.flac",
                codec="flac",
                title="Paranoid Android",
                artist="Radiohead",
                albumartist="Radiohead",
                album="OK Computer",
                tracknumber="2",
                discnumber="1",
                date="1997-05-21",
                genre="Rock; Alternative",
            ),
        )
    )
    assert titles(guess) == ["Radiohead", "OK Computer", "Paranoid Android"]
    assert (leaf(guess).number, leaf(guess).group, guess.edition) == (2, 1, "FLAC")
    assert (guess.ladder[1].date, guess.ladder[1].year) == ("1997-05-21", 1997)
    assert guess.ladder[1].genres == ["Rock", "Alternative"]
    assert guess.confidence == 0.8


def test_untagged_files_are_named_by_their_folders():
    guesses = recognise(folder("Music/Björk/Homogenic (1997) [FLAC]", "01 - Hunter.flac", "02 - Jóga.flac"))
    assert [titles(guess) for guess in guesses] == [["Björk", "Homogenic", "Hunter"], ["Björk", "Homogenic", "Jóga"]]
    assert [leaf(guess).number for guess in guesses] == [1, 2]
    assert guesses[0].ladder[1].year == 1997
    assert guesses[0].confidence == 0.95


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Björk/1997 - Homogenic", ["Björk", "Homogenic"]),
        ("Björk - Homogenic (1997)", ["Björk", "Homogenic"]),
        ("Björk/Björk - Homogenic", ["Björk", "Homogenic"]),
        ("Björk/Albums/(1997) Homogenic", ["Björk", "Homogenic"]),
        ("Compilations/Homogenic", ["Various Artists", "Homogenic"]),
        ("Prince/1999", ["Prince", "1999"]),
    ],
)
def test_folder_names_in_all_their_forms(path: str, expected: list[str]):
    (guess,) = recognise(folder(path, "01 Hunter.mp3"))
    assert titles(guess)[:2] == expected


def test_one_album_over_disc_folders_is_one_album():
    tags = {"artist": "Pink Floyd", "album": "The Wall"}
    first = recognise(folder("Pink Floyd/The Wall/CD1", sound("01.mp3", title="In the Flesh?", tracknumber=1, **tags)))
    second = recognise(folder("Pink Floyd/The Wall/CD 2", sound("01.mp3", title="Hey You", tracknumber=1, **tags)))
    untagged = recognise(folder("Pink Floyd/The Wall/Disc 3 - Demos", "01 Mother.mp3"))
    assert {guess.ladder[1].identity for guess in (*first, *second, *untagged)} == {"pink floyd|the wall|"}
    assert [leaf(guess).group for guess in (*first, *second, *untagged)] == [1, 2, 3]
    assert leaf(first[0]).identity != leaf(second[0]).identity


def test_discs_named_in_the_album_tag_are_one_album():
    guesses = recognise(
        folder(
            "x",
            sound("a.mp3", title="A", artist="Q", album="Best (Disc 1)", tracknumber=1),
            sound("b.mp3", title="B", artist="Q", album="Best [CD2]", tracknumber=1),
        )
    )
    assert {guess.ladder[1].identity for guess in guesses} == {"q|best|"}
    assert [leaf(guess).group for guess in guesses] == [1, 2]


def test_different_dates_and_formats_do_not_split_an_album():
    guesses = recognise(
        folder(
            "Q/Best",
            sound("1.mp3", title="A", artist="Q", album="Best", tracknumber=1, date="2011"),
            sound("2.flac", codec="flac", title="B", artist="Q", album="Best", tracknumber=2, date="1981-10-26"),
        )
    )
    assert len({guess.ladder[1].identity for guess in guesses}) == 1
    assert guesses[0].ladder[1].date == "1981-10-26"


def test_a_replaced_file_is_the_same_track():
    tags = {"title": "A", "artist": "Q", "album": "Best", "tracknumber": 1}
    (old,) = recognise(folder("Q/Best", sound("1.mp3", **tags)))
    (new,) = recognise(folder("Elsewhere", sound("1.flac", codec="flac", date="1999", genre="Pop", **tags)))
    assert leaf(old).identity == leaf(new).identity
    assert (old.edition, new.edition) == ("MP3", "FLAC")


def test_compilations_without_album_artist_are_by_various_artists():
    for compilation in ({"compilation": "1"}, {}):
        guesses = recognise(
            folder(
                "Hits",
                *(
                    sound(f"{n}.mp3", title=f"T{n}", artist=f"Artist {n}", album="Hits", tracknumber=n, **compilation)
                    for n in range(1, 5)
                ),
            )
        )
        assert {titles(guess)[0] for guess in guesses} == {"Various Artists"}
        assert len({guess.ladder[1].identity for guess in guesses}) == 1
        assert credited(leaf(guesses[2]), "artist") == ["Artist 3"]


@pytest.mark.parametrize("name", ["VA", "V.A.", "various", "Verschiedene Interpreten"])
def test_various_artists_has_one_spelling(name: str):
    (guess,) = recognise(folder("x", sound("1.mp3", title="T", artist="A", albumartist=name, album="Hits")))
    assert guess.ladder[0].identity == "various artists"


def test_same_titled_albums_of_different_artists_stay_apart_in_one_folder():
    files = [
        sound(f"{artist}{n}.mp3", title=f"T{n}", artist=artist, album="Greatest Hits", tracknumber=n)
        for artist in ("Queen", "ABBA")
        for n in (1, 2, 3)
    ]
    guesses = recognise(folder("x", *files))
    assert {guess.ladder[1].identity for guess in guesses} == {"queen|greatest hits|", "abba|greatest hits|"}


def test_a_few_guests_do_not_make_an_album_a_compilation():
    files = [sound(f"{n}.mp3", title=f"T{n}", artist="Moby", album="Play", tracknumber=n) for n in range(1, 9)]
    files.append(sound("9.mp3", title="T9", artist="Gwen", album="Play", tracknumber=9))
    assert {titles(guess)[0] for guess in recognise(folder("x", *files))} == {"Moby"}


@pytest.mark.parametrize(
    ("tags", "artists"),
    [
        ({"artist": "AC/DC"}, ["AC/DC"]),
        ({"artist": ["AC/DC", "Rose Tattoo"]}, ["AC/DC", "Rose Tattoo"]),
        ({"artist": "A / B"}, ["A", "B"]),
        ({"artist": ["A / B", "C"]}, ["A / B", "C"]),
        ({"artist": "Jay-Z feat. Alicia Keys & Nas"}, ["Jay-Z", "Alicia Keys", "Nas"]),
        ({"artist": "A & B", "artists": "A;B"}, ["A", "B"]),
        ({"artist": "A & B", "artists": ["A", "B"]}, ["A", "B"]),
        ({"artist": "Earth, Wind & Fire"}, ["Earth, Wind & Fire"]),
        ({"artist": "A", "title": "Song (feat. B)"}, ["A", "B"]),
    ],
)
def test_artists(tags: dict, artists: list[str]):
    (guess,) = recognise(folder("x", sound("1.mp3", **({"title": "T", "album": "Z"} | tags))))
    assert credited(leaf(guess), "artist") == artists


def test_guests_do_not_change_whose_album_it_is():
    guesses = recognise(
        folder(
            "x",
            sound("1.mp3", title="A", artist="Jay-Z", album="Z", tracknumber=1),
            sound("2.mp3", title="B", artist="Jay-Z feat. Nas", album="Z", tracknumber=2),
        )
    )
    assert {guess.ladder[0].title for guess in guesses} == {"Jay-Z"}
    assert leaf(guesses[1]).fields["artist"] == "Jay-Z feat. Nas"


def test_musicbrainz_ids_decide_and_strays_join():
    release, track = "89ad4ac3-39f7-470e-963a-56509c546377", "0b6b4ba0-d36f-47bd-b4ea-6a5b91842d29"
    tags = {"artist": "Q", "album": "Best", "albumartist": "Q"}
    guesses = recognise(
        folder(
            "x",
            sound("1.mp3", title="A", tracknumber=1, musicbrainz_albumid=release, **tags),
            sound("2.mp3", title="B", musicbrainz_albumid=release, musicbrainz_releasetrackid=track, **tags),
            sound("3.mp3", title="C", tracknumber=3, **tags),
        )
    )
    assert {guess.ladder[1].identity for guess in guesses} == {release}
    assert leaf(guesses[1]).identity == f"{release}|{track}"
    assert guesses[0].ladder[1].ids == {"musicbrainz_album": release}


def test_two_releases_of_one_album_stay_apart():
    one, two = "89ad4ac3-39f7-470e-963a-56509c546377", "0b6b4ba0-d36f-47bd-b4ea-6a5b91842d29"
    files = [sound(f"{m}.mp3", title="T", artist="Q", album="Best", musicbrainz_albumid=m) for m in (one, two)]
    assert len({guess.ladder[1].identity for guess in recognise(folder("x", *files))}) == 2


def test_artwork_in_its_order_and_from_the_folder_above_a_disc():
    place = folder(
        "Q/Best/CD1",
        sound("1.mp3", title="A", artist="Q", album="Best", pictures=1),
        "front.png",
        "back.jpg",
        above=(("Cover.JPG", "folder.jpg"), ("artist.jpg",)),
    )
    (guess,) = recognise(place)
    assert [(art.origin, art.path) for art in guess.ladder[1].art] == [
        ("beside", "Q/Best/Cover.JPG"),
        ("beside", "Q/Best/folder.jpg"),
        ("beside", "Q/Best/CD1/front.png"),
        ("embedded", "Q/Best/CD1/1.mp3"),
    ]
    assert [art.path for art in guess.ladder[0].art] == ["Q/artist.jpg"]


CUE = """REM DATE 1975
REM GENRE "Rock"
PERFORMER "Pink Floyd"
TITLE "Wish You Were Here"
FILE "Wish You Were Here.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Shine On"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Welcome to the Machine"
    PERFORMER "Pink Floyd feat. Roy Harper"
    INDEX 00 13:30:00
    INDEX 01 13:32:37
"""


@pytest.mark.parametrize("where", ["beside", "inside"])
def test_a_cue_sheet_cuts_one_file_into_tracks(where: str):
    if where == "beside":
        files = (sound("Wish You Were Here.flac", codec="flac"), sidecar("album.cue", "cue", cuesheet=CUE))
    else:
        files = (sound("whole.flac", codec="flac", title="Whole", cuesheet=CUE),)
    guesses = recognise(folder("x", *files))
    assert [titles(guess) for guess in guesses] == [
        ["Pink Floyd", "Wish You Were Here", "Shine On"],
        ["Pink Floyd", "Wish You Were Here", "Welcome to the Machine"],
    ]
    cut = 13 * 60_000 + 32_000 + 37 * 1000 // 75
    assert [(guess.start_ms, guess.end_ms) for guess in guesses] == [(0, cut), (cut, 0)]
    assert credited(leaf(guesses[1]), "artist") == ["Pink Floyd", "Roy Harper"]
    assert guesses[0].ladder[1].year == 1975
    assert len({guess.path for guess in guesses}) == 1


def test_a_cue_sheet_for_files_that_are_cut_already_changes_nothing():
    track = 'FILE "{0}.wav" WAVE\n TRACK {0} AUDIO\n INDEX 01 00:00:00\n'
    cue = track.format("01") + track.format("02")
    guesses = recognise(folder("Q/Best", "01.flac", "02.flac", sidecar("x.cue", "cue", cuesheet=cue)))
    assert [(guess.path, guess.end_ms) for guess in guesses] == [("Q/Best/01.flac", 0), ("Q/Best/02.flac", 0)]


def test_lyrics_beside_the_file():
    (guess,) = recognise(folder("Q/Best", "01 A.mp3", "01 a.lrc", "01 A.en.txt", "readme.txt"))
    assert [(each.path, each.language) for each in guess.companions] == [
        ("Q/Best/01 a.lrc", ""),
        ("Q/Best/01 A.en.txt", "en"),
    ]


def test_numbers_and_gains_become_fields():
    (guess,) = recognise(
        folder("x", sound("1.mp3", title="T", artist="A", album="B", bpm="128", replaygain_track_gain="-6.50 dB"))
    )
    assert leaf(guess).fields == {"bpm": 128.0, "replaygain_track_gain": -6.5}


@pytest.mark.parametrize("name", ["._01.mp3", ".hidden.mp3", "cover.jpg", "notes.txt", "mp3"])
def test_what_is_no_music_is_left_alone(name: str):
    assert recognise(folder("Q/Best", name)) == []


@pytest.mark.parametrize("name", ["01 A.Mp3", "01 A.mp3 ", "01_A.FLAC"])
def test_odd_names_are_music_all_the_same(name: str):
    (guess,) = recognise(folder("Q/Best", name))
    assert titles(guess) == ["Q", "Best", "A"]


def test_composed_and_decomposed_names_are_one_artist():
    (one,) = recognise(folder("Bj\u00f6rk/Post", "1 A.mp3"))
    (two,) = recognise(folder("Bjo\u0308rk/Post", "1 A.mp3"))
    assert leaf(one).identity == leaf(two).identity


def test_a_lone_file_at_the_root_gets_what_its_name_says():
    (guess,) = recognise(folder("", "Nena - 99 Luftballons.mp3"))
    assert titles(guess) == ["Nena", "Unknown Album", "99 Luftballons"]
