"""Shows in seasons, flat, daily, as anime; and what lies in their own folder."""

import msgspec

from medley.core.kinds import Entry, Facts, Folder, Guess
from medley.core.kinds.show import KIND


def nfo(name: str, **tags: list[str]) -> Entry:
    return Entry(name, 1, 0, Facts("sidecar", "nfo", tags=tags))


def guesses(*names: str | Entry, parts: tuple[str, ...] = (), **more: tuple) -> list[Guess]:
    files = tuple(Entry(name, 10**9) if isinstance(name, str) else name for name in names)
    return list(KIND.recognise(Folder(parts=parts, files=files, **more)))


def leaves(found: list[Guess]) -> list[str]:
    return [guess.ladder[-1].identity for guess in found]


def test_the_common_layout() -> None:
    found = guesses(
        "Show S01E05 The Title 1080p.mkv", "Show S01E05 The Title 1080p-thumb.jpg",
        "Show S01E05 The Title 1080p.en.srt",
        parts=("TV", "Show (2010)", "Season 01"), above=(("poster.jpg", "season01-poster.jpg", "tvshow.nfo"), ()),
    )  # fmt: skip
    show, season, episode = found[0].ladder
    assert [rung.identity for rung in found[0].ladder] == ["show|2010", "show|2010|s01", "show|2010|s01|e05"]
    assert (show.title, season.title, episode.title, episode.number, episode.group) == (
        "Show",
        "Season 1",
        "The Title",
        5,
        1,
    )
    assert [art.path for rung in (show, season) for art in rung.art] == [
        "TV/Show (2010)/poster.jpg",
        "TV/Show (2010)/season01-poster.jpg",
    ]
    assert [(art.role, art.origin) for art in episode.art] == [("thumb", "beside")]
    assert found[0].companions[0].language == "en"
    assert found[0].confidence == 0.95


def test_bare_numbers_count_in_a_season_folder() -> None:
    found = guesses("01 - Pilot.mkv", "02.mkv", parts=("Show", "Season 2"))
    assert leaves(found) == ["show||s02|e01", "show||s02|e02"]
    assert [guess.ladder[-1].title for guess in found] == ["Pilot", "Episode 2"]


def test_a_double_episode_has_two_guesses() -> None:
    found = guesses("Show S01E01-E02.mkv", parts=("Show",))
    assert leaves(found) == ["show||s01|e01", "show||s01|e02"]
    assert {guess.path for guess in found} == {"Show/Show S01E01-E02.mkv"}


def test_a_double_episode_is_cut_where_its_nfo_says() -> None:
    each = [
        {"nfo": ["episodedetails"], "title": ["One"], "episode": ["1"]},
        {"nfo": ["episodedetails"], "title": ["Two"], "episode": ["2"], "epbookmark": ["1320.5"]},
    ]
    described = nfo(
        "Show S01E01E02.nfo", nfo=["episodedetails"], episodes=[msgspec.json.encode(one).decode() for one in each]
    )
    found = guesses("Show S01E01E02.mkv", described, parts=("Show",))
    assert [(guess.ladder[-1].title, guess.start_ms, guess.end_ms) for guess in found] == [
        ("One", 0, 1_320_500),
        ("Two", 1_320_500, 0),
    ]


def test_daily_shows_have_years_for_seasons() -> None:
    found = guesses("The Daily Show 2024-01-31 Guest.mkv", parts=("The Daily Show",))
    assert [rung.identity for rung in found[0].ladder] == [
        "the daily show|",
        "the daily show||s2024",
        "the daily show||2024-01-31",
    ]
    assert found[0].ladder[-1].date == "2024-01-31"


def test_anime_counts_over_all_seasons_unless_a_folder_says_otherwise() -> None:
    flat = guesses("[Grp] Title - 012 [1080p].mkv", parts=("Title",))
    assert leaves(flat) == ["title||a012"]
    assert flat[0].ladder[-1].fields == {"absolute": 12}
    assert leaves(guesses("[Grp] Title - 03 [1080p].mkv", parts=("Title", "Season 2"))) == ["title||s02|e03"]


def test_specials() -> None:
    found = guesses("Show S00E01 Behind.mkv", parts=("Show", "Specials"))
    assert (found[0].ladder[1].title, found[0].ladder[1].number) == ("Specials", 0)


def test_a_heap_of_downloads_is_read_from_the_file_names() -> None:
    found = guesses("a.show.s01e01.mkv", "b.show.s02e02.mkv", "Film (2010).mkv", parts=("Downloads",))
    assert leaves(found) == ["a show||s01|e01", "b show||s02|e02"]


def test_an_episode_in_a_folder_of_its_own_is_named_by_it() -> None:
    assert leaves(guesses("abc.mkv", parts=("Downloads", "Show.Name.S01E02.720p-GRP"))) == ["show name||s01|e02"]


def test_the_show_folder_describes_the_show_and_pictured_seasons() -> None:
    found = guesses(
        nfo("tvshow.nfo", nfo=["tvshow"], title=["The Show"], plot=["About."], tvdb=["1"]), "poster.jpg",
        "season01-poster.jpg", "season-specials-poster.jpg", parts=("Show (2010)",), folders=("Season 01",),
    )  # fmt: skip
    assert [(guess.path, leaf) for guess, leaf in zip(found, leaves(found), strict=True)] == [
        ("", "show|2010"),
        ("", "show|2010|s00"),
        ("", "show|2010|s01"),
    ]
    show = found[0].ladder[0]
    assert (show.title, show.overview, show.ids) == ("The Show", "About.", {"tvdb": "1"})
    assert found[2].ladder[1].art[0].path == "Show (2010)/season01-poster.jpg"


def test_season_nfo_and_poster_in_the_season_folder() -> None:
    found = guesses(
        nfo("season.nfo", nfo=["season"], title=["The Beginning"]),
        "poster.jpg",
        "Show S01E01.mkv",
        parts=("Show", "Season 1"),
    )
    assert found[0].path == ""
    assert [guess.ladder[1].title for guess in found] == ["The Beginning", "The Beginning"]
    assert found[0].ladder[1].art[0].path == "Show/Season 1/poster.jpg"


def test_versions_of_one_episode_have_labels() -> None:
    found = guesses("Show.S01E01.720p.mkv", "Show.S01E01.1080p.mkv", parts=("Show",))
    assert [guess.edition for guess in found] == ["720p", "1080p"]
    assert len(set(leaves(found))) == 1


def test_extras_belong_to_the_season_or_the_show() -> None:
    season = guesses("Making of.mkv", parts=("Show", "Season 1", "Featurettes"))
    assert [(guess.extra, leaf) for guess, leaf in zip(season, leaves(season), strict=True)] == [
        ("featurette", "show||s01")
    ]
    show = guesses("Teaser.mkv", parts=("Show", "Trailers"), above=(("tvshow.nfo",),))
    assert (show[0].extra, leaves(show)) == ("trailer", ["show|"])


def test_films_are_left_to_films() -> None:
    assert not guesses("Ocean's 8.mkv", "Heat (1995).mkv", parts=("Films",))


def test_a_lone_number_is_an_episode_of_last_resort() -> None:
    assert [guess.confidence for guess in guesses("Naruto - 001 - Homecoming.mkv", parts=("Naruto",))] == [0.15]
    told = guesses("Naruto - 001 - Homecoming.mkv", parts=("Anime", "Naruto"))
    assert [(guess.confidence, guess.ladder[-1].title) for guess in told] == [(0.95, "Homecoming")]


def test_pieces_of_an_episode() -> None:
    found = guesses("Show S01E01a.mkv", "Show S01E01b.mkv", parts=("Show",))
    assert [(guess.part, guess.edition) for guess in found] == [(1, ""), (2, "")]
    assert len(set(leaves(found))) == 1
