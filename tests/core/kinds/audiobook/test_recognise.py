import pytest
from tests.core.kinds.audio_folders import credited, folder, leaf, sidecar, sound

from medley.core.kinds import Chapter, Folder, Guess
from medley.core.kinds.audiobook import KIND
from medley.core.kinds.guess import SeriesEntry
from medley.core.kinds.music import KIND as MUSIC


def recognise(place: Folder) -> list[Guess]:
    return list(KIND.recognise(place))


def surest(place: Folder) -> str:
    guesses = [guess for kind in (KIND, MUSIC) for guess in kind.recognise(place)]
    return max(guesses, key=lambda guess: guess.confidence).kind


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Terry Goodkind/Wizards First Rule", ("Terry Goodkind", "", "", None, "Wizards First Rule", "", "")),
        (
            "Terry Goodkind/Sword of Truth/Vol 1 - 1994 - Wizards First Rule - A Novel {Sam Tsoutsouvas}",
            ("Terry Goodkind", "Sword of Truth", "1", 1994, "Wizards First Rule", "A Novel", "Sam Tsoutsouvas"),
        ),
        ("A/S/1994 - Book 1.5 - Title", ("A", "S", "1.5", 1994, "Title", "", "")),
        ("A/S/Volume 12. Title", ("A", "S", "12", None, "Title", "", "")),
        ("A/S/1 - Title", ("A", "S", "1", None, "Title", "", "")),
        ("A/S/01. Title", ("A", "S", "1", None, "Title", "", "")),
        ("A/S/(1994) - Title", ("A", "S", "", 1994, "Title", "", "")),
        ("A/S/Title (1994)", ("A", "S", "", 1994, "Title", "", "")),
        ("A/S/101 Dalmatians", ("A", "S", "", None, "101 Dalmatians", "", "")),
        ("George Orwell/1984", ("George Orwell", "", "", None, "1984", "", "")),
        ("A/1984 - 1984", ("A", "", "", 1984, "1984", "", "")),
        ("Tolkien, J.R.R./The Hobbit", ("J.R.R. Tolkien", "", "", None, "The Hobbit", "", "")),
        ("A/Title [B002V0QK4C]", ("A", "", "", None, "Title", "", "")),
        ("Audiobooks/A/Title/CD 1", ("A", "", "", None, "Title", "", "")),
        ("Terry Goodkind - Title", ("Terry Goodkind", "", "", None, "Title", "", "")),
    ],
)
def test_the_folder_grammar(path: str, expected: tuple):
    (guess,) = recognise(folder(path, "book.mp3"))
    rung = leaf(guess)
    series = rung.series[0] if rung.series else SeriesEntry("")
    found = (
        ", ".join(credited(rung, "author")),
        series.name,
        series.number,
        rung.year,
        rung.title,
        rung.fields.get("subtitle", ""),
        ", ".join(credited(rung, "narrator")),
    )
    assert found == expected


def test_an_asin_in_the_name():
    (guess,) = recognise(folder("A/Title [B002V0QK4C]", "book.mp3"))
    assert leaf(guess).ids == {"asin": "B002V0QK4C"}


def test_tags_tell_more_than_folders():
    (guess,) = recognise(
        folder(
            "x/y",
            sound(
                "b.m4b",
                minutes=600,
                title="Ch",
                album="The Hobbit (Unabridged)",
                artist="J. R. R. Tolkien",
                composer="Rob Inglis",
                series="Middle-earth",
                seriespart="0",
                date="1991",
                genre="Audiobook",
                asin="B0099RGIDG",
                description="There and back",
            ),
        )
    )
    rung = leaf(guess)
    assert (rung.title, rung.year, rung.overview) == ("The Hobbit", 1991, "There and back")
    assert rung.series == [SeriesEntry("Middle-earth", "0")]
    assert credited(rung, "narrator") == ["Rob Inglis"]
    assert guess.edition == "Rob Inglis, M4B"
    assert guess.part == 0


def test_several_series_in_grouping():
    (guess,) = recognise(folder("x/y", sound("b.m4b", album="T", grouping="Discworld #3; Witches #1")))
    assert leaf(guess).series == [SeriesEntry("Discworld", "3"), SeriesEntry("Witches", "1")]


def test_sidecars_are_believed_first():
    (guess,) = recognise(
        folder(
            "x/y",
            sound("b.mp3", album="Wrong", artist="Nobody"),
            sidecar("metadata.json", "abs-json", title="Right", author="Somebody", series="S #2"),
            sidecar("desc.txt", "text", text="What it is about"),
            sidecar("reader.txt", "text", text="A Reader"),
        )
    )
    rung = leaf(guess)
    assert (rung.title, credited(rung, "author"), rung.series) == ("Right", ["Somebody"], [SeriesEntry("S", "2")])
    assert (rung.overview, credited(rung, "narrator")) == ("What it is about", ["A Reader"])


def test_a_book_in_many_files_is_one_edition_in_order():
    names = ["Title - 10.mp3", "Title - 2.mp3", "Title - 1.mp3"]
    guesses = recognise(folder("A/Title", *names))
    assert len({(leaf(guess).identity, guess.edition) for guess in guesses}) == 1
    in_order = sorted(guesses, key=lambda guess: guess.part)
    assert [guess.path.rpartition("/")[2] for guess in in_order] == [names[2], names[1], names[0]]


def test_numbers_in_names_win_over_tags_that_say_less():
    files = [sound(f"Book 2 - Chapter {n}.mp3", album="T", tracknumber=1) for n in (12, 3)]
    in_order = sorted(recognise(folder("A/T", *files)), key=lambda guess: guess.part)
    assert [guess.path for guess in in_order] == ["A/T/Book 2 - Chapter 3.mp3", "A/T/Book 2 - Chapter 12.mp3"]


def test_disc_folders_are_one_book_with_parts_that_add_up():
    guesses = [
        guess
        for disc in (1, 2)
        for guess in recognise(
            folder(f"A/Title/CD{disc}", *(sound(f"{n:02}.mp3", album=f"Title CD {disc}", artist="A") for n in (1, 2)))
        )
    ]
    assert len({(leaf(guess).identity, guess.edition) for guess in guesses}) == 1
    assert len({guess.part for guess in guesses}) == 4
    assert [guess.part for guess in guesses] == sorted(guess.part for guess in guesses)


def test_abridged_is_an_edition_of_the_same_book():
    (full,) = recognise(folder("A/Title (Unabridged)", "b.mp3"))
    (short,) = recognise(folder("A/Title (Abridged)", "b.mp3"))
    assert leaf(full).identity == leaf(short).identity
    assert (full.edition, short.edition) == ("MP3", "abridged, MP3")


def test_whole_books_side_by_side_are_several_books():
    files = [sound(f"{title}.m4b", minutes=500, album=title, artist="A") for title in ("One", "Two")]
    assert {leaf(guess).title for guess in recognise(folder("A", *files))} == {"One", "Two"}


def test_files_at_the_root_are_books():
    guesses = recognise(folder("", "One {Reader}.m4b", "Two.m4b"))
    assert [leaf(guess).title for guess in guesses] == ["One", "Two"]
    assert [guess.part for guess in guesses] == [0, 0]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (folder("A/T", sound("b.m4b", artist="A", album="T")), "audiobook"),
        (folder("A/T", sound("b.mp3", artist="A", album="T", genre="Hörbuch")), "audiobook"),
        (folder("Hörbücher/A/T", sound("b.mp3", artist="A", album="T")), "audiobook"),
        (folder("x", sound("b.mp3", artist="A", album="T"), source="Audiobooks"), "audiobook"),
        (folder("A/T {Reader}", sound("b.mp3", artist="A", album="T")), "audiobook"),
        (folder("A/T", sound("b.mp3", artist="A", album="T", narrator="B")), "audiobook"),
        (
            folder(
                "A/T", *(sound(f"{n}.mp3", minutes=30, artist="A", album="T", title=f"Kapitel {n}") for n in range(9))
            ),
            "audiobook",
        ),
        (
            folder("A/T", sound("b.mp3", minutes=300, album="T", artist="A", chapters=[Chapter(0, 1), Chapter(1, 2)])),
            "audiobook",
        ),
        (folder("A/T", *(sound(f"{n}.mp3", minutes=45) for n in range(4))), "audiobook"),
        (folder("A/T", sound("1.mp3", artist="A", album="T", genre="Rock")), "music"),
        (folder("A/T", *(sound(f"{n}.flac", minutes=30, artist="A", album="T") for n in range(4))), "music"),
        (folder("Music/A/T", sound("1.mp3", minutes=90, artist="A", album="T", title="Chapter 1")), "music"),
        (folder("A/T", "01 - Song.mp3"), "music"),
    ],
)
def test_music_or_audiobook(place: Folder, kind: str):
    assert surest(place) == kind


@pytest.mark.parametrize(
    ("tags", "series"),
    [
        ({"series": "Discworld; Watch", "seriespart": "8; 1"}, [("Discworld", "8"), ("Watch", "1")]),
        ({"series": ["Discworld", "Watch"], "seriespart": "8"}, [("Discworld", "8"), ("Watch", "")]),
        ({"series": "Discworld #8"}, [("Discworld", "8")]),
        ({"series": "Discworld, Book 8"}, [("Discworld", "8")]),
        ({"movement": "Discworld", "movementnumber": "8"}, [("Discworld", "8")]),
        ({"grouping": "Discworld #8; Watch #1.5"}, [("Discworld", "8"), ("Watch", "1.5")]),
    ],
)
def test_series_in_all_their_tags(tags: dict, series: list[tuple[str, str]]):
    (guess,) = recognise(folder("A/Guards", sound("1.m4b", album="Guards", **tags)))
    assert [(each.name, each.number) for each in leaf(guess).series] == series


@pytest.mark.parametrize("said", [{"abridged": "true"}, {"abridged": "1"}, {"album": "T (Abridged)"}])
def test_abridged_in_all_its_tags(said: dict):
    (guess,) = recognise(folder("A/T", sound("1.m4b", **({"album": "T"} | said))))
    assert "abridged" in guess.edition
    (whole,) = recognise(folder("A/T", sound("1.m4b", album="T (Unabridged)", abridged="false")))
    assert "abridged" not in whole.edition


def test_a_folder_below_one_with_sound_is_part_of_the_book():
    tags = {"album": "T", "artist": "A", "narrator": "N"}
    first = recognise(folder("A/S/T", sound("1.mp3", tracknumber=1, **tags), sound("2.mp3", tracknumber=2, **tags)))
    above = (("1.mp3", "2.mp3"), ())
    second = recognise(folder("A/S/T/Part 2", sound("1.mp3", tracknumber=1, **tags), above=above))
    assert {(leaf(guess).identity, guess.edition) for guess in (*first, *second)} == {("a|t", "N, MP3")}
    assert len({guess.part for guess in (*first, *second)}) == 3
    untagged = recognise(folder("A/S/T/Part 2", "1.mp3", above=above))
    assert leaf(untagged[0]).title == "T"


def test_files_that_tell_the_chapters_go_with_the_book():
    cue = sidecar("T.cue", "cue", cuesheet="x")
    (guess,) = recognise(folder("A/T", sound("T.mp3"), cue))
    assert [(each.path, each.role) for each in guess.companions] == [("A/T/T.cue", "chapters")]
    books = recognise(folder("A", sound("T.m4b", minutes=99), sound("U.m4b", minutes=99), cue))
    assert [[each.path for each in guess.companions] for guess in books] == [["A/T.cue"], []]
