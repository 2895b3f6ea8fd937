"""Names of films, as people and release groups write them."""

import pytest

from medley.core.kinds._video_names import parse_release


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("Dune (2021)", "Dune", 2021),
        ("Blade Runner 2049 (2017)", "Blade Runner 2049", 2017),
        ("Blade.Runner.2049", "Blade Runner 2049", None),
        ("Blade.Runner.2049.2017.1080p.BluRay.x264-GRP", "Blade Runner 2049", 2017),
        ("2001 A Space Odyssey 1968 2160p UHD", "2001 A Space Odyssey", 1968),
        ("2012 (2009)", "2012", 2009),
        ("1917", "1917", None),
        ("1917.2019.1080p", "1917", 2019),
        ("Inception.2010.1080p.BluRay.x264-GRP", "Inception", 2010),
        ("S.W.A.T.2017.720p.WEB-DL", "S.W.A.T.", 2017),
        ("Mr. & Mrs. Smith (2005)", "Mr. & Mrs. Smith", 2005),
        ("The_Matrix_[1999]", "The Matrix", 1999),
        ("[Group] Some Movie [1080p]", "Some Movie", None),
        ("Extended Stay", "Extended Stay", None),
        ("Uncut Gems (2019)", "Uncut Gems", 2019),
        ("WALL·E (2008) {imdb-tt0910970}", "WALL·E", 2008),
        ("[REC] (2007)", "[REC]", 2007),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
        ("Amélie (2001)", "Amélie", 2001),
        ("千と千尋の神隠し (2001)", "千と千尋の神隠し", 2001),
        ("Movie Without Anything", "Movie Without Anything", None),
        ("Dune Part Two (2024)", "Dune Part Two", 2024),
        ("Film.Title.DVDRip.XviD", "Film Title", None),
    ],
)
def test_title_and_year(name: str, title: str, year: int | None) -> None:
    release = parse_release(name)
    assert (release.title, release.year) == (title, year)


@pytest.mark.parametrize(
    ("name", "edition", "quality"),
    [
        ("Alien (1979) {edition-Director's Cut}", "Director's Cut", ""),
        ("Alien (1979) - Directors.Cut", "Director's Cut", ""),
        ("The Matrix 1999 Remastered 4K DV", "Remastered", "2160p HDR"),
        ("Avatar (2009) 3D HSBS 1080p", "", "1080p 3D"),
        ("Film.2010.EXTENDED.2160p.HDR10", "Extended", "2160p HDR"),
        ("Film (2010) - 720p", "", "720p"),
        ("Step Up 3D (2010)", "", ""),
        ("Uncut Gems (2019)", "", ""),
    ],
)
def test_edition_and_quality(name: str, edition: str, quality: str) -> None:
    release = parse_release(name)
    assert (release.edition, release.quality) == (edition, quality)


def test_a_label_behind_title_and_year_names_the_version() -> None:
    assert parse_release("Film (2010) - Workprint").label == "Workprint"
    assert parse_release("Film (2010)").label == ""


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Film (2010) [tmdbid-123]", {"tmdb": "123"}),
        ("Film (2010) {imdb-tt0133093}", {"imdb": "tt0133093"}),
        ("Show {tvdb-81189}", {"tvdb": "81189"}),
        ("Film tt0133093", {"imdb": "tt0133093"}),
        ("Film [imdbid=tt0133093] [tmdbid=603]", {"imdb": "tt0133093", "tmdb": "603"}),
    ],
)
def test_ids(name: str, ids: dict[str, str]) -> None:
    assert parse_release(name).ids == ids


@pytest.mark.parametrize(
    ("name", "base", "part"),
    [
        ("Film (2010) cd1", "Film (2010)", 1),
        ("Film (2010)-disc2", "Film (2010)", 2),
        ("Film (2010) - part b", "Film (2010)", 2),
        ("Film pt iii", "Film", 3),
        ("Film (2010)", "Film (2010)", 0),
        ("Apart", "Apart", 0),
    ],
)
def test_parts(name: str, base: str, part: int) -> None:
    release = parse_release(name)
    assert (release.base, release.part) == (base, part)
