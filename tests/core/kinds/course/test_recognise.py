"""Courses: numbers give the order, folders the sections."""

from medley.core.kinds import Entry, Folder, Guess
from medley.core.kinds.course import KIND


def guesses(*names: str, parts: tuple[str, ...], source: str = "", above: tuple = ()) -> list[Guess]:
    return list(KIND.recognise(Folder(parts, source, tuple(Entry(name, 1) for name in names), above=above)))


def test_sections_and_lessons() -> None:
    found = guesses(
        "10 End.mp4", "2. Setup.mp4", "Lesson 1 - Welcome.mp4",
        parts=("Courses", "[Site] Python [2020]", "01 - Intro"), above=(("cover.jpg",),),
    )  # fmt: skip
    assert [(guess.ladder[2].title, guess.ladder[2].number, guess.ladder[2].group) for guess in found] == [
        ("Setup", 2, 1), ("End", 10, 1), ("Welcome", 1, 1),
    ]  # fmt: skip
    course, section, _ = found[0].ladder
    assert (course.title, section.title, section.number) == ("Python", "Intro", 1)
    assert course.art[0].path == "Courses/[Site] Python [2020]/cover.jpg"
    assert {guess.confidence for guess in found} == {0.95}


def test_lessons_without_numbers_keep_their_natural_order() -> None:
    found = guesses("b.mp4", "a.mp4", parts=("Courses", "Chess"))
    assert [(guess.ladder[2].title, guess.ladder[2].number) for guess in found] == [("a", 1), ("b", 2)]


def test_attachments_go_to_the_lesson_of_their_number_or_name_or_the_first() -> None:
    found = guesses(
        "01 Welcome.mp4", "02 Setup.mp4", "02 Setup.pdf", "2 - slides.zip", "Resources.zip", "01 Welcome.srt",
        parts=("Courses", "X", "1 Start"),
    )  # fmt: skip
    attached = [[(each.role, each.path.rpartition("/")[2]) for each in guess.companions] for guess in found]
    assert attached == [
        [("subtitle", "01 Welcome.srt"), ("attachment", "Resources.zip")],
        [("attachment", "02 Setup.pdf"), ("attachment", "2 - slides.zip")],
    ]


def test_numbered_sections_and_lessons_are_a_course_without_being_told() -> None:
    found = guesses("1.1 Welcome.mp4", "1.2 Basics.mp4", parts=("Stuff", "Learn X", "Section 1 - Start"))
    assert [rung.title for rung in found[0].ladder] == ["Learn X", "Start", "Welcome"]
    assert found[0].confidence == 0.8


def test_other_videos_are_hardly_a_course() -> None:
    assert all(guess.confidence < 0.3 for guess in guesses("a.mp4", "b.mp4", parts=("Stuff",)))
    assert all(guess.confidence < 0.3 for guess in guesses("S01E01.mkv", "S01E02.mkv", parts=("Show", "Season 1")))


def test_a_source_declared_for_courses_takes_every_video() -> None:
    assert len(guesses("a.mp4", "b.mp4", parts=("Some course",), source="Courses")) == 2
