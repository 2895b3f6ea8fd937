"""Names of episodes, as people, broadcasters and fansub groups write them."""

import pytest

from medley.core.kinds._video_names import date_in, parse_bare_number, parse_episode, season_of


@pytest.mark.parametrize(
    ("stem", "show", "season", "numbers"),
    [
        ("Show.Name.S01E05.720p", "Show Name", 1, (5,)),
        ("Show Name - 1x05 - Title", "Show Name", 1, (5,)),
        ("Show S01E01-E03", "Show", 1, (1, 2, 3)),
        ("Show S01E01E02", "Show", 1, (1, 2)),
        ("Show S01E01-03", "Show", 1, (1, 2, 3)),
        ("Show.s01e01.e02", "Show", 1, (1, 2)),
        ("Show 1x05x06", "Show", 1, (5, 6)),
        ("Show S01E05-1080p", "Show", 1, (5,)),
        ("Show S00E03", "Show", 0, (3,)),
        ("Show - S2023E05", "Show", 2023, (5,)),
        ("Show Season 1 Episode 5", "Show", 1, (5,)),
        ("Serie Staffel 2 Folge 12", "Serie", 2, (12,)),
        ("The.100.S03E01", "The 100", 3, (1,)),
        ("24.S01E02", "24", 1, (2,)),
        ("[Grp] Anime Title S2 - 05", "Anime Title", 2, (5,)),
        ("[Grp] Anime Title 2nd Season - 05 [1080p]", "Anime Title", 2, (5,)),
        ("Anime - OVA 1", "Anime", 0, (1,)),
    ],
)
def test_season_and_numbers(stem: str, show: str, season: int, numbers: tuple[int, ...]) -> None:
    name = parse_episode(stem)
    assert name is not None
    assert name.show is not None
    assert (name.style, name.show.title, name.season, name.numbers) == ("season", show, season, numbers)


@pytest.mark.parametrize(
    ("stem", "number", "quality"),
    [
        ("[Grp] Anime Title - 012v2 [1080p][ABCD1234]", 12, "1080p"),
        ("[G] One Piece 1015 [720p]", 1015, "720p"),
        ("【Grp】 Anime - 03", 3, ""),
    ],
)
def test_running_numbers_of_fansubs(stem: str, number: int, quality: str) -> None:
    name = parse_episode(stem)
    assert name is not None
    assert (name.style, name.season, name.numbers, name.quality) == ("absolute", None, (number,), quality)


@pytest.mark.parametrize(
    ("stem", "date", "title"),
    [
        ("The Daily Show 2024.01.31 Guest Name", "2024-01-31", "Guest Name"),
        ("Show - 2024-01-31 - Title 1080p", "2024-01-31", "Title"),
        ("News 31.01.2024", "2024-01-31", ""),
    ],
)
def test_daily_shows(stem: str, date: str, title: str) -> None:
    name = parse_episode(stem)
    assert name is not None
    assert (name.style, name.date, name.title) == ("date", date, title)


@pytest.mark.parametrize(
    "stem", ["X-Men (2000)", "Movie 1920x1080", "Ocean's 8", "2024-01-31", "Film 2", "Heat", "x264"]
)
def test_films_are_no_episodes(stem: str) -> None:
    assert parse_episode(stem) is None


def test_the_episode_title_stands_behind_the_number_and_before_the_release() -> None:
    name = parse_episode("Show.Name.2010.S01E01.The.Long.Night.1080p.WEB-DL-GRP")
    assert name is not None
    assert name.show is not None
    assert (name.show.title, name.show.year, name.title, name.quality) == ("Show Name", 2010, "The Long Night", "1080p")


@pytest.mark.parametrize(("stem", "number"), [("05 - Title", 5), ("05", 5), ("Title 05", 5), ("3. Third", 3)])
def test_bare_numbers(stem: str, number: int) -> None:
    name = parse_bare_number(stem)
    assert name is not None
    assert name.numbers == (number,)


def test_impossible_dates_are_no_dates() -> None:
    assert date_in("Show 2024-13-45") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Season 01", (1, "")),
        ("S02", (2, "")),
        ("Show.Name.S02.1080p", (2, "Show.Name")),
        ("Season 2 (2011)", (2, "")),
        ("Staffel 3", (3, "")),
        ("第2季", (2, "")),
        ("Specials", (0, "")),
        ("Show S01E02 foo", None),
        ("Sherlock", None),
    ],
)
def test_season_folders(name: str, expected: tuple[int, str] | None) -> None:
    assert season_of(name) == expected
