from medley.core.kinds import Chapter, Facts
from medley.core.kinds.audiobook import book_chapters


def part(minutes: float, *chapters: Chapter, title: str = "") -> Facts:
    return Facts(
        "audio", "mp3", int(minutes * 60_000), chapters=list(chapters), tags={"title": [title]} if title else {}
    )


def test_files_without_chapters_are_chapters():
    parts = [("01.mp3", part(1, title="Dawn")), ("02.mp3", part(2, title="Dusk"))]
    assert book_chapters(parts) == [Chapter(0, 60_000, "Dawn"), Chapter(60_000, 180_000, "Dusk")]


def test_titles_that_all_files_share_name_nothing():
    parts = [("01 Dawn.mp3", part(1, title="Book")), ("02 Dusk.mp3", part(1, title="Book"))]
    assert [chapter.title for chapter in book_chapters(parts)] == ["01 Dawn", "02 Dusk"]


def test_chapters_move_by_the_measured_length_of_the_files_before():
    own = [Chapter(0, 30_000, "A"), Chapter(30_000, 60_000, "B"), Chapter(60_000, 60_050, "")]
    other = [Chapter(0, 60_000, "C")]
    assert book_chapters([("1", part(1.5, *own)), ("2", part(1, *other))]) == [
        Chapter(0, 30_000, "A"),
        Chapter(30_000, 60_000, "B"),
        Chapter(90_000, 150_000, "C"),
    ]


def test_a_list_that_every_file_carries_is_the_books_own():
    whole = [Chapter(0, 60_000, "A"), Chapter(60_000, 120_000, "B")]
    assert book_chapters([("1", part(1, *whole)), ("2", part(1, *whole))]) == whole


def test_a_chapter_that_goes_on_in_the_next_file_stays_one():
    first = part(1, Chapter(0, 40_000, "Chapter 1"), Chapter(40_000, 60_000, "Chapter 2"))
    second = part(1, Chapter(0, 30_000, "Chapter 2 (00:20)"), Chapter(30_000, 60_000, "Chapter 3"))
    assert book_chapters([("1", first), ("2", second)]) == [
        Chapter(0, 40_000, "Chapter 1"),
        Chapter(40_000, 90_000, "Chapter 2"),
        Chapter(90_000, 120_000, "Chapter 3"),
    ]


def test_no_parts_no_chapters():
    assert book_chapters([]) == []


CUE = """FILE "{0}.mp3" MP3
  TRACK 01 AUDIO
    TITLE "One"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Two"
    INDEX 01 00:30:00
FILE "{1}.mp3" MP3
  TRACK 03 AUDIO
    INDEX 01 00:10:00
"""


def sheet(*names: str) -> Facts:
    return Facts("sidecar", "cue", tags={"cuesheet": [CUE.format(*names)]})


def test_a_cue_sheet_tells_the_chapters_of_files_that_have_none():
    parts = [("1.mp3", part(1)), ("2.mp3", part(2))]
    told = [Chapter(0, 30_000, "One"), Chapter(30_000, 70_000, "Two"), Chapter(70_000, 180_000, "Chapter 3")]
    assert book_chapters(parts, [sheet("1", "2")]) == told
    assert [chapter.title for chapter in book_chapters(parts, [sheet("a", "b")])] == ["1", "2"]
    own = part(1, Chapter(0, 1000, "A"), Chapter(1000, 60_000, "B"))
    assert [chapter.title for chapter in book_chapters([("1.mp3", own)], [sheet("1", "1")])] == ["A", "B"]


def test_a_list_that_a_person_made_comes_first():
    made = [Chapter(0, 10_000, "Mine"), Chapter(10_000, 60_000, "Too")]
    beside = [sheet("1", "1"), Facts("sidecar", "abs-json", chapters=made)]
    assert book_chapters([("1.m4b", part(1, *[Chapter(0, 60_000, "x")] * 2))], beside) == made
