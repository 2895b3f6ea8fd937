"""Comics by their names and by ComicInfo.xml."""

import pytest

from medley.core.kinds import Entry, Facts, Folder, Guess, PageFact
from medley.core.kinds.comic import KIND
from medley.core.kinds.comic._filename import parse


def guesses(*names: str, parts: tuple[str, ...] = (), source: str = "", **tags: list[str]) -> dict[str, Guess]:
    facts = Facts(media="comic", format="cbz", tags=tags, pages=[PageFact("1.jpg", 1000, 1500)] * 20) if tags else None
    folder = Folder(parts=parts, source_name=source, files=tuple(Entry(name, facts=facts) for name in names))
    return {guess.path.rpartition("/")[2]: guess for guess in KIND.recognise(folder)}


@pytest.mark.parametrize(
    ("stem", "folder", "series", "volume", "number", "year", "form", "title"),
    [
        ("Saga v01 #003 (2019) (Digital) (Zone)", "", "Saga", "1", "3", 2019, "", ""),
        ("Batman 012 (2016)", "Batman", "Batman", "", "12", 2016, "", ""),
        ("Berserk v02", "Berserk", "Berserk", "2", "", None, "", ""),
        ("One Piece - Chapter 1001 - The Title", "", "One Piece", "", "1001", None, "", "The Title"),
        ("Batman Annual 01 (2014)", "", "Batman", "", "1", 2014, "annual", ""),
        ("Watchmen 01 (of 12) (1986)", "", "Watchmen", "", "1", 1986, "", ""),
        ("2000 AD 12", "2000 AD", "2000 AD", "", "12", None, "", ""),
        ("Area 51", "Area 51", "Area 51", "", "", None, "", ""),
        ("300", "", "300", "", "", None, "", ""),
        ("003", "Saga", "", "", "3", None, "", ""),
        ("Bleach v01 c005.5", "", "Bleach", "1", "5.5", None, "", ""),
        ("Asterix - T01 - Asterix le Gaulois", "", "Asterix", "1", "", None, "", "Asterix le Gaulois"),
        ("Naruto_Vol.03", "", "Naruto", "3", "", None, "", ""),
        ("The Killing Joke (1988)", "", "The Killing Joke", "", "", 1988, "", ""),
        ("Series Name - 005 - The Title", "", "Series Name", "", "5", None, "", "The Title"),
        ("Blade Runner 2049 005 (2019)", "Blade Runner 2049", "Blade Runner 2049", "", "5", 2019, "", ""),
        ("Detective Comics #27", "", "Detective Comics", "", "27", None, "", ""),
        ("Attack.on.Titan.v05.2013", "", "Attack on Titan", "5", "", 2013, "", ""),
        ("Hulk #½", "", "Hulk", "", "0.5", None, "", ""),
        ("Hellboy - Seed of Destruction 02 of 04", "", "Hellboy - Seed of Destruction", "", "2", None, "", ""),
    ],
)
def test_names(stem, folder, series, volume, number, year, form, title) -> None:
    found = parse(stem, folder)
    told = (found.series, found.volume, found.number, found.year, found.format, found.title)
    assert told == (series, volume, number, year, form, title)


def test_a_series_of_issues() -> None:
    found = guesses("Saga #002 (2012).cbz", "Saga #010 (2013).cbr", parts=("Comics", "Image", "Saga (2012)"))
    second, tenth = found["Saga #002 (2012).cbz"], found["Saga #010 (2013).cbr"]
    assert second.ladder[0] == tenth.ladder[0]
    assert (second.ladder[0].title, second.ladder[0].year) == ("Saga", 2012)
    assert [g.ladder[1].number for g in (second, tenth)] == [2.0, 10.0]
    assert second.ladder[1].date == "2012"
    assert second.confidence == 0.95
    assert second.ladder[1].art[0].origin == "page"


def test_comicinfo_wins_and_the_path_does_not_matter() -> None:
    tags = {"series": ["Monster"], "number": ["7"], "volume": ["2"], "manga": ["YesAndRightToLeft"], "writer": ["U"]}
    here = guesses("x.cbz", parts=("a",), **tags)["x.cbz"]
    there = guesses("Other 99.cbz", parts=("Comics", "b", "c"), **tags)["Other 99.cbz"]
    assert [r.identity for r in here.ladder] == [r.identity for r in there.ladder]
    issue = here.ladder[1]
    assert (issue.number, issue.group, issue.fields["direction"], issue.fields["pages"]) == (7.0, 2, "rtl", 20)
    assert [(c.name, c.role) for c in issue.credits] == [("U", "writer")]


def test_annuals_volumes_and_issues_do_not_meet() -> None:
    names = ("X 1.cbz", "X Annual 1.cbz", "X v1.cbz", "X v2 1.cbz", "X.cbz")
    found = guesses(*names, parts=("X",))
    assert len({guess.ladder[1].identity for guess in found.values()}) == 5
    assert len({guess.ladder[0].identity for guess in found.values()}) == 1


def test_two_scans_of_one_issue_are_editions() -> None:
    found = guesses("X 1.cbz", "X 1.cbr", "X 01 (Digital).cbz", parts=("X",))
    assert len({guess.ladder[1].identity for guess in found.values()}) == 1
    assert len({guess.edition for guess in found.values()}) == 3


def test_western_volumes_are_series_of_their_own() -> None:
    first = guesses("a.cbz", series=["Batman"], volume=["1940"], number=["1"])["a.cbz"]
    second = guesses("a.cbz", series=["Batman"], volume=["2016"], number=["1"])["a.cbz"]
    assert first.ladder[0].identity != second.ladder[0].identity
    assert second.ladder[0].year == 2016


def test_direction() -> None:
    assert guesses("A v01.cbz", parts=("Manga", "A"))["A v01.cbz"].ladder[1].fields["direction"] == "rtl"
    assert guesses("A v01.cbz", parts=("Comics", "A"))["A v01.cbz"].ladder[1].fields["direction"] == "ltr"
    strip = Facts(media="comic", format="cbz", pages=[PageFact(str(n), 800, 9000) for n in range(5)])
    guess = next(iter(KIND.recognise(Folder(parts=("A",), files=(Entry("A 1.cbz", facts=strip),)))))
    assert guess.ladder[1].fields["direction"] == "vertical"


def test_documents_are_comics_only_among_comics() -> None:
    assert guesses("x.pdf", parts=("Comics", "X"))["x.pdf"].confidence == 0.95
    assert guesses("x.pdf", parts=("Papers",))["x.pdf"].confidence < 0.2
    assert guesses("x.txt", "x.jpg") == {}


def test_story_arcs() -> None:
    guess = guesses("x.cbz", series=["X"], storyarc=["Dawn, Dusk"], storyarcnumber=["2, 5"])["x.cbz"]
    assert [(s.name, s.number) for s in guess.ladder[1].series] == [("Dawn", "2"), ("Dusk", "5")]
