"""Who gets a file in a source of mixed media."""

from medley.core.kinds import Art, Companion, Entry, Folder, Guess, Kind, Level, Rung
from medley.core.library._scan.step3_recognise import recognise


def kind(name: str, *guesses: Guess) -> Kind:
    level = Level(name, name, name, playable=True)
    return Kind(name, name, name, (level,), "video", frozenset(), lambda _: guesses)


def guess(name: str, path: str, confidence: float, *, art: str = "", companion: str = "") -> Guess:
    pictures = [Art("thumb", "beside", art)] if art else []
    served = [Companion(companion, "attachment")] if companion else []
    return Guess(name, confidence, (Rung(name, path, path, art=pictures),), path, companions=served)


def won(*kinds: Kind) -> set[tuple[str, str]]:
    folder = Folder(files=(Entry("a.mp4"), Entry("a.jpg"), Entry("a.pdf")))
    return {(each.kind, each.path) for each in recognise(folder, kinds)}


def test_the_surest_kind_gets_the_file() -> None:
    film, video = kind("film", guess("film", "a.mp4", 0.5)), kind("video", guess("video", "a.mp4", 0.8))
    assert won(film, video) == {("video", "a.mp4")}


def test_what_serves_a_work_is_no_work_of_its_own() -> None:
    course = kind("course", guess("course", "a.mp4", 0.8, art="a.jpg", companion="a.pdf"))
    photo, book = kind("photo", guess("photo", "a.jpg", 0.5)), kind("book", guess("book", "a.pdf", 0.5))
    assert won(course, photo, book) == {("course", "a.mp4")}


def test_unless_somebody_is_surer() -> None:
    video, photo = (
        kind("video", guess("video", "a.mp4", 0.5, art="a.jpg")),
        kind("photo", guess("photo", "a.jpg", 0.95)),
    )
    assert won(video, photo) == {("video", "a.mp4"), ("photo", "a.jpg")}


def test_a_kind_that_lost_its_file_claims_nothing() -> None:
    lost = kind("course", guess("course", "a.mp4", 0.7, companion="a.pdf"))
    film, book = kind("film", guess("film", "a.mp4", 0.8)), kind("book", guess("book", "a.pdf", 0.5))
    assert won(lost, film, book) == {("film", "a.mp4"), ("book", "a.pdf")}
