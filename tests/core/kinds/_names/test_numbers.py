import pytest

from medley.core.kinds._names import (
    date_in_name,
    disc_folder,
    disc_folder_title,
    iso_date,
    leading_number,
    track_name,
    without_disc,
)


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("CD1", 1, ""),
        ("cd 02", 2, ""),
        ("Disc 02 - Live", 2, "Live"),
        ("disk_2", 2, ""),
        ("Side B", 2, ""),
        ("Discovery", None, ""),
        ("CDs", None, ""),
        ("Side Effects", None, ""),
    ],
)
def test_disc_folders(name: str, number: int | None, title: str):
    assert (disc_folder(name), disc_folder_title(name)) == (number, title)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Album (Disc 2)", ("Album", 2)),
        ("Album [CD1]", ("Album", 1)),
        ("Album - Disc 1 of 3", ("Album", 1)),
        ("CD1", ("CD1", None)),
        ("ABCD 2", ("ABCD 2", None)),
    ],
)
def test_disc_in_a_title(title: str, expected: tuple[str, int | None]):
    assert without_disc(title) == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("1-05 Title", (1, 5, "Title")),
        ("05. Title", (None, 5, "Title")),
        ("105 Title", (1, 5, "Title")),
        ("B2 Title", (2, 2, "Title")),
        ("01_some_title", (None, 1, "some title")),
        ("07", (None, 7, "07")),
        ("1999", (None, None, "1999")),
        ("Title", (None, None, "Title")),
    ],
)
def test_track_names(stem: str, expected: tuple[int | None, int | None, str]):
    assert track_name(stem) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1999", "1999"),
        ("1999-13", "1999"),
        ("19990301", "1999-03-01"),
        ("1999-03-01T00:00Z", "1999-03-01"),
        ("0000", ""),
    ],
)
def test_dates(text: str, expected: str):
    assert iso_date(text) == expected


def test_a_date_in_a_name_is_taken_out():
    assert date_in_name("2024-01-31 - Title") == ("2024-01-31", "Title")
    assert date_in_name("Show 12345678") == ("", "Show 12345678")


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("03/12", 3), ("#3", 3), ("A1", None), ("9" * 40, None)])
def test_leading_numbers(text: str, number: int | None):
    assert leading_number(text) == number
