"""In a source without a declared kind the surest of the video kinds takes a file: the right one has to be it."""

import pytest

from medley.core.kinds import Entry, Facts, Folder
from medley.core.kinds.course import KIND as COURSE
from medley.core.kinds.film import KIND as FILM
from medley.core.kinds.show import KIND as SHOW
from medley.core.kinds.video import KIND as VIDEO

HOURS = 3_600_000


def winner(path: str, duration_ms: int, beside: tuple[str, ...] = ()) -> str:
    *parts, name = path.split("/")
    files = (Entry(name, 10**9, 0, Facts("video", "matroska", duration_ms)), *(Entry(other, 10**9) for other in beside))
    folder = Folder(tuple(parts), "Media", files)
    guesses = [guess for kind in (FILM, SHOW, VIDEO, COURSE) for guess in kind.recognise(folder)]
    return max((guess for guess in guesses if guess.path == path), key=lambda guess: guess.confidence).kind


@pytest.mark.parametrize(
    ("path", "duration_ms", "kind"),
    [
        ("Heat (1995)/Heat (1995).mkv", 3 * HOURS, "film"),
        ("Movies/Heat.mkv", 3 * HOURS, "film"),
        ("Heat.1995.1080p.BluRay.x264-GRP.mkv", 3 * HOURS, "film"),
        ("Downloads/Naked Gun 2.mkv", 2 * HOURS, "film"),
        ("Movies/2012.mkv", 2 * HOURS, "film"),
        ("Show/Season 1/Show S01E01.mkv", HOURS, "show"),
        ("Show/Season 1/01 Pilot.mkv", HOURS, "show"),
        ("Downloads/Show.S01E01.720p.mkv", HOURS, "show"),
        ("Daily Show/Daily Show 2024-01-31.mkv", HOURS // 2, "show"),
        ("Downloads/[Grp] Anime - 12 [720p].mkv", HOURS // 3, "show"),
        ("TV/Show (2010)/Specials/Show S00E01.mkv", HOURS, "show"),
        ("Phone/VID_20200501_123456.mp4", 60_000, "video"),
        ("YouTube/Channel/Title [dQw4w9WgXcQ].mkv", 2 * HOURS, "video"),
        ("Family/2020-05-01 Birthday.mp4", 600_000, "video"),
        ("Stuff/clip.mp4", 60_000, "video"),
        ("Courses/Python/01 Intro/01 Welcome.mp4", 600_000, "course"),
    ],
)
def test_the_right_kind_is_the_surest(path: str, duration_ms: int, kind: str) -> None:
    assert winner(path, duration_ms) == kind


def test_numbered_lessons_in_numbered_sections_are_a_course() -> None:
    assert winner("Stuff/Learn X/01 - Start/01 Welcome.mp4", 600_000, ("02 Setup.mp4", "02 Setup.pdf")) == "course"
