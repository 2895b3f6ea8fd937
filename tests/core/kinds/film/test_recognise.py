"""Films in folders of their own, in heaps, in pieces, in versions."""

from medley.core.kinds import Entry, Facts, Folder, Guess, Stream
from medley.core.kinds.film import KIND


def recognised(
    *names: str | Entry, parts: tuple[str, ...] = (), source: str = "", above: tuple = ()
) -> dict[str, Guess]:
    files = tuple(Entry(name, 10**9) if isinstance(name, str) else name for name in names)
    folder = Folder(parts=parts, source_name=source, files=files, above=above)
    return {guess.path.rpartition("/")[2]: guess for guess in KIND.recognise(folder)}


def identities(found: dict[str, Guess]) -> dict[str, str]:
    return {name: guess.ladder[-1].identity for name, guess in found.items()}


def video(name: str, height: int, transfer: str = "") -> Entry:
    stream = Stream(0, "video", "hevc", color_transfer=transfer)
    return Entry(
        name, 10**9, 0, Facts("video", "matroska", 7_200_000, width=height * 16 // 9, height=height, streams=[stream])
    )


def test_a_film_in_its_folder() -> None:
    found = recognised(
        "Dune (2021).mkv", "poster.jpg", "fanart.jpg", "Dune (2021).en.srt", parts=("Movies", "Dune (2021)")
    )
    guess = found["Dune (2021).mkv"]
    film = guess.ladder[0]
    assert (film.identity, film.title, film.year, guess.edition, guess.part) == ("dune|2021", "Dune", 2021, "", 0)
    assert {art.role: art.path for art in film.art} == {
        "poster": "Movies/Dune (2021)/poster.jpg",
        "backdrop": "Movies/Dune (2021)/fanart.jpg",
    }
    assert [each.language for each in guess.companions] == ["en"]
    assert guess.confidence == 0.95


def test_many_films_in_one_folder_keep_apart() -> None:
    found = recognised("Alien (1979).mkv", "Aliens (1986).mkv", "Alien (1979)-poster.jpg", "poster.jpg")
    assert identities(found) == {"Alien (1979).mkv": "alien|1979", "Aliens (1986).mkv": "aliens|1986"}
    alien, aliens = (found[name].ladder[0].art for name in found)
    assert [(art.origin, art.path) for art in alien] == [("beside", "Alien (1979)-poster.jpg")]
    assert [(art.origin, art.path) for art in aliens] == [("frame", "Aliens (1986).mkv")]


def test_a_collection_folder_with_a_year_does_not_swallow_its_films() -> None:
    found = recognised("Star Wars (1977).mkv", "The Empire Strikes Back (1980).mkv", parts=("Star Wars (1977-1983)",))
    assert set(identities(found).values()) == {"star wars|1977", "the empire strikes back|1980"}


def test_versions_in_one_folder_are_editions_of_one_film() -> None:
    found = recognised(
        "Alien (1979).mkv", "Alien (1979) - Director's Cut.mkv", "Alien (1979) - 2160p HDR.mkv", parts=("Alien (1979)",)
    )
    assert set(identities(found).values()) == {"alien|1979"}
    assert sorted(guess.edition for guess in found.values()) == ["", "2160p HDR", "Director's Cut"]


def test_versions_in_two_folders_have_one_identity_and_two_labels() -> None:
    plain = recognised(video("Dune (2021).mkv", 1080), parts=("Films", "Dune (2021)"))
    sharp = recognised(video("Dune (2021).mkv", 2160, "smpte2084"), parts=("Films 4K", "Dune (2021)"))
    assert identities(plain) == identities(sharp)
    assert [guess.edition for guess in (*plain.values(), *sharp.values())] == ["", "2160p HDR"]


def test_versions_that_names_do_not_tell_apart_are_told_apart_by_the_picture_or_format() -> None:
    found = recognised(video("Film (2010).mkv", 1080), video("Film (2010).mp4", 720), parts=("Film (2010)",))
    assert [guess.edition for guess in found.values()] == ["1080p", "720p"]


def test_pieces_are_parts_of_one_edition() -> None:
    found = recognised("Film (1999) cd1.avi", "Film (1999) cd2.avi", parts=("Film (1999)",))
    assert {name: (guess.part, guess.edition) for name, guess in found.items()} == {
        "Film (1999) cd1.avi": (1, ""),
        "Film (1999) cd2.avi": (2, ""),
    }


def test_a_part_in_a_title_is_no_piece() -> None:
    found = recognised("Dune Part 2.mkv", "Heat (1995).mkv")
    assert found["Dune Part 2.mkv"].ladder[0].title == "Dune Part 2"
    assert found["Dune Part 2.mkv"].part == 0


def test_extras_by_suffix_and_by_folder() -> None:
    beside = recognised("Dune (2021).mkv", "Dune (2021)-trailer.mp4", parts=("Dune (2021)",))
    assert beside["Dune (2021)-trailer.mp4"].extra == "trailer"
    inside = recognised("Making Sand.mkv", parts=("Dune (2021)", "Behind The Scenes"))
    assert inside["Making Sand.mkv"].extra == "behind-the-scenes"
    assert identities(beside)["Dune (2021).mkv"] == identities(inside)["Making Sand.mkv"] == "dune|2021"


def test_a_heap_called_shorts_is_no_folder_of_extras() -> None:
    found = recognised("La Jetée (1962).mkv", parts=("Movies", "Shorts"), above=((),))
    assert found["La Jetée (1962).mkv"].extra == ""


def test_samples_and_subtitle_folders_yield_nothing() -> None:
    assert not recognised(Entry("sample.mkv", 1000), Entry("film-sample.mkv", 1000), parts=("Film (2010)",))
    assert not recognised("2_English.srt", "x.mkv", parts=("Film (2010)", "Subs"))


def test_discs_are_one_film() -> None:
    bluray = recognised(Entry("00000.m2ts", 10), Entry("00001.m2ts", 99), parts=("Heat (1995)", "BDMV", "STREAM"))
    assert identities(bluray) == {"00001.m2ts": "heat|1995"}
    names = ("VIDEO_TS.VOB", "VTS_01_0.VOB", "VTS_01_1.VOB", "VTS_01_2.VOB", "VTS_02_1.VOB")
    dvd = recognised(*(Entry(name, 10) for name in names), parts=("Heat (1995)", "VIDEO_TS"))
    assert {name: guess.part for name, guess in dvd.items()} == {"VTS_01_1.VOB": 1, "VTS_01_2.VOB": 2}


def test_an_nfo_wins_over_names_and_leaves_the_identity() -> None:
    tags = {
        "nfo": ["movie"], "title": ["Der Pate"], "year": ["1972"], "plot": ["Eine Familie."], "genre": ["Drama"],
        "director": ["Francis Ford Coppola"], "actor": ["Marlon Brando\tVito"], "imdb": ["tt0068646"],
        "set": ["Der Pate"], "mpaa": ["R"],
    }  # fmt: skip
    nfo = Entry("movie.nfo", 1, 0, Facts("sidecar", "nfo", tags=tags))
    film = recognised("The Godfather (1972).mkv", nfo, parts=("The Godfather (1972)",))[
        "The Godfather (1972).mkv"
    ].ladder[0]
    assert (film.identity, film.title, film.overview, film.genres) == (
        "the godfather|1972", "Der Pate", "Eine Familie.", ["Drama"],
    )  # fmt: skip
    assert [(credit.role, credit.name, credit.character) for credit in film.credits] == [
        ("director", "Francis Ford Coppola", ""),
        ("actor", "Marlon Brando", "Vito"),
    ]
    assert film.ids == {"imdb": "tt0068646"}
    assert film.series[0].name == "Der Pate"
    assert film.fields["mpaa"] == "R"


def test_a_meaningless_file_name_takes_the_name_of_its_folder() -> None:
    assert identities(recognised("title_t00.mkv", parts=("Heat (1995)",))) == {"title_t00.mkv": "heat|1995"}
    assert identities(recognised("grp-inc.mkv", parts=("Inception.2010.1080p.BluRay-GRP",))) == {
        "grp-inc.mkv": "inception|2010"
    }


def test_episodes_are_left_to_shows() -> None:
    assert recognised("Show S01E01.mkv")["Show S01E01.mkv"].confidence <= 0.2
