import pytest

from medley.core.kinds import broader_genres


@pytest.mark.parametrize(
    ("name", "broader"),
    [
        ("Acid House", ["House", "Club", "Electronic"]),
        ("dnb", ["Drum and Bass", "Electronic"]),
        ("Hip-Hop", []),
        ("Rap", ["Hip Hop"]),
        ("BOSSA NOVA", ["Jazz", "Latin", "World"]),
        ("Rock", []),
        ("My Own Thing", []),
        ("", []),
    ],
)
def test_what_a_genre_belongs_to(name: str, broader: list[str]):
    assert broader_genres(name) == broader


def test_nothing_is_broader_than_itself():
    for name in ("Polka", "Surf", "Grime", "Screamo", "Metalcore", "Latin"):
        assert name not in broader_genres(name)
