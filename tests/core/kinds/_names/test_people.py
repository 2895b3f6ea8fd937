import pytest

from medley.core.kinds._names import guests_in_title, is_various, split_artists, split_authors, split_values


@pytest.mark.parametrize(
    ("text", "artists", "guests"),
    [
        ("AC/DC", ("AC/DC",), ()),
        ("Earth, Wind & Fire", ("Earth, Wind & Fire",), ()),
        ("A / B feat. C & D", ("A", "B"), ("C", "D")),
        ("A;B", ("A", "B"), ()),
        ("Jay-Z ft. Alicia Keys", ("Jay-Z",), ("Alicia Keys",)),
        ("A (featuring B)", ("A",), ("B",)),
        ("Featurette", ("Featurette",), ()),
        ("", (), ()),
    ],
)
def test_artists(text: str, artists: tuple[str, ...], guests: tuple[str, ...]):
    assert split_artists(text) == (artists, guests)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Tolkien, J.R.R.", ("J.R.R. Tolkien",)),
        ("King, Stephen", ("Stephen King",)),
        ("Neil Gaiman & Terry Pratchett", ("Neil Gaiman", "Terry Pratchett")),
        ("A B, C D", ("A B", "C D")),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
    ],
)
def test_authors(text: str, people: tuple[str, ...]):
    assert split_authors(text) == people


def test_guests_genres_and_nobody_in_particular():
    assert guests_in_title("Song (feat. A & B)") == ("A", "B")
    assert guests_in_title("Song (Live)") == ()
    assert split_values("Hip-Hop/Rap; Soul") == ("Hip-Hop", "Rap", "Soul")
    assert is_various("V.A.")
    assert not is_various("Various Production")
