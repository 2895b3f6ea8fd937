"""Books by sidecars, metadata and names."""

import pytest

from medley.core.kinds import Entry, Facts, Folder, Guess, Picture
from medley.core.kinds.book import KIND
from medley.core.kinds.book._filename import authors_of, parse


def book(name: str, format: str = "epub", **tags: list[str]) -> Entry:  # noqa: A002
    return Entry(name, facts=Facts(media="book", format=format, tags=tags))


def guesses(*files: Entry | str, parts: tuple[str, ...] = (), source: str = "", folders=()) -> dict[str, Guess]:
    entries = tuple(Entry(file) if isinstance(file, str) else file for file in files)
    folder = Folder(parts=parts, source_name=source, files=entries, folders=folders)
    return {guess.path.rpartition("/")[2]: guess for guess in KIND.recognise(folder)}


@pytest.mark.parametrize(
    ("stem", "parts", "author", "title", "series", "number"),
    [
        ("Jules Verne - The Mysterious Island", (), "Jules Verne", "The Mysterious Island", "", ""),
        ("The Mysterious Island", ("Jules Verne",), "Jules Verne", "The Mysterious Island", "", ""),
        ("The Island - Jules Verne", ("Jules Verne", "The Island (12)"), "Jules Verne", "The Island", "", ""),
        ("02 - Second", ("Ann Author", "The Series"), "Ann Author", "Second", "The Series", "2"),
        ("Ann Author - The Series 03 - Third", (), "Ann Author", "Third", "The Series", "3"),
        ("Third (The Series #3)", ("Ann Author",), "Ann Author", "Third", "The Series", "3"),
        ("Title (1984)", ("Ann Author",), "Ann Author", "Title", "", ""),
        ("1984", ("George Orwell",), "George Orwell", "1984", "", ""),
        ("Some_Book_[abc]", (), "", "Some Book", "", ""),
    ],
)
def test_names(stem: str, parts: tuple[str, ...], author: str, title: str, series: str, number: str) -> None:
    found = parse(stem, parts)
    assert (found.author, found.title, found.series, found.number) == (author, title, series, number)


def test_formats_of_one_book_are_editions() -> None:
    files = (book("Ann - It.epub", title=["It"], author=["Ann"]), "Ann - It.pdf", book("Ann - It.mobi", "mobi"))
    found = guesses(*files, "Ann - Other.epub", parts=("Books",))
    it = [found[f"Ann - It.{suffix}"] for suffix in ("epub", "pdf", "mobi")]
    assert len({guess.ladder[0].identity for guess in it}) == 1
    assert [guess.edition for guess in it] == ["EPUB", "PDF", "MOBI"]
    assert found["Ann - Other.epub"].ladder[0].identity != it[0].ladder[0].identity


def test_calibre_layout() -> None:
    opf = Entry(
        "metadata.opf",
        facts=Facts(
            media="sidecar",
            format="opf",
            tags={"title": ["Right"], "author": ["Ann Author"], "series": ["S"], "seriespart": ["1.5"], "isbn": ["9"]},
        ),
    )
    files = (book("Wrong - X.epub", title=["Wrong"], author=["X"]), "Other name.azw3", opf, "cover.jpg")
    found = guesses(*files, parts=("Ann Author", "Right (7)"))
    rung = found["Wrong - X.epub"].ladder[0]
    assert found["Other name.azw3"].ladder[0] == rung
    assert (rung.title, rung.number, rung.ids) == ("Right", 1.5, {"isbn": "9"})
    assert [(s.name, s.number) for s in rung.series] == [("S", "1.5")]
    assert found["Wrong - X.epub"].confidence == 0.95


def test_the_cover_beside_belongs_to_the_only_book() -> None:
    alone = guesses("A - B.epub", "cover.jpg", parts=("A",))["A - B.epub"].ladder[0]
    assert [(art.origin, art.path) for art in alone.art] == [("beside", "A/cover.jpg")]
    two = guesses("A - B.epub", "A - C.epub", "cover.jpg", "A - C.jpg", parts=("A",))
    assert two["A - B.epub"].ladder[0].art == []
    assert two["A - C.epub"].ladder[0].art[0].path == "A/A - C.jpg"
    inside = Entry("x.epub", facts=Facts(media="book", format="epub", pictures=[Picture(0)]))
    assert guesses(inside)["x.epub"].ladder[0].art[0].origin == "embedded"


def test_identity_knows_no_path_and_no_order_of_names() -> None:
    one = guesses(book("a.epub", title=["Dune"], author=["Herbert, Frank"]), parts=("x", "y"))["a.epub"]
    two = guesses(book("b.pdf", "pdf", title=["DUNE"], author=["Frank Herbert"]), parts=("z",))["b.pdf"]
    assert one.ladder[0].identity == two.ladder[0].identity


def test_documents_beside_other_media_are_rather_theirs() -> None:
    assert guesses("handout.pdf", "01 Lesson.mp4")["handout.pdf"].confidence <= 0.2
    assert guesses("booklet.pdf", "01.flac")["booklet.pdf"].confidence <= 0.2
    assert guesses("x.pdf")["x.pdf"].confidence == 0.4
    assert guesses("x.pdf", source="Books")["x.pdf"].confidence == 0.95
    assert guesses("x.txt", "cover.jpg") == {}


def test_authors() -> None:
    assert authors_of(["Verne, Jules", "A B & C D", "Martin Luther King, Jr."])[:3] == ["Jules Verne", "A B", "C D"]
