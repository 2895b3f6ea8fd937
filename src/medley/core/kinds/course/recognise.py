"""From a folder to lessons: the numbers in names give the order, the folders the sections and the course."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import fold, identity, natural_key
from medley.core.kinds._video_names import Video, View
from medley.core.kinds.guess import Art, Companion, Folder, Guess, Rung

FOLDER_NAMES = frozenset(
    {"courses", "course", "tutorials", "lectures", "kurse", "cursos", "training", "udemy", "lessons"}
)
_NUMBER = re.compile(
    r"^(?:\[?(?:(?:lesson|lecture|section|module|chapter|part|unit|week|day|lektion|kapitel|leccion|tema)[ ._-]*)?"
    r"(\d{1,3})(?:[.-](\d{1,3}))?\]?)(?:\s*[-–_.:)]+\s*|\s+|$)",
    re.IGNORECASE,
)
_ATTACHMENTS = frozenset(
    ("pdf", "zip", "html", "htm", "docx", "pptx", "xlsx", "txt", "md", "epub", "ipynb", "7z", "rar", "csv", "url")
)
_SITES = re.compile(r"^\[[^\]]+\]\s*|\s*\[[^\]]*\]$")


@dataclass(frozen=True, slots=True)
class _Place:
    """The names of the course and of the section; the section is empty when lessons lie in the course's own folder."""

    course: str
    section: str = ""
    number: int | None = None
    depth: int = 0  # how far below the course's own folder this one is
    named: bool = False  # a folder said so: "Courses"


def recognise(folder: Folder) -> Iterator[Guess]:
    """The lessons of one folder, each with the attachments that bear its number or name."""
    view, place = View(folder), _place(folder)
    lessons = sorted(view.videos, key=lambda video: natural_key(video.stem))
    if not lessons or not place.course or (folder.parts and fold(folder.parts[-1]) in names.SUBTITLES):
        return
    course = Rung("course", identity(place.course), place.course, art=_art(view, place))
    section = _section(course, place)
    attached = _attachments(view, lessons)
    confidence = _confidence(view, place, lessons)
    for position, video in enumerate(lessons, 1):
        yield Guess(
            kind="course",
            confidence=confidence,
            ladder=(course, section, _lesson(view, section, video, position)),
            path=folder.path(video.entry.name),
            companions=[*view.subtitles(video), *attached.get(video.stem, [])],
        )


def numbered(name: str) -> tuple[tuple[int, ...], str]:
    """`02 - Setup`, `Lesson 2: Setup` → ((2,), "Setup"); `1.2 Setup` → ((1, 2), "Setup"); ((), name) without one."""
    match = _NUMBER.match(name)
    if match is None:
        return (), names.clean(name) or name
    numbers = tuple(int(number) for number in match.groups() if number is not None)
    return numbers, names.clean(name[match.end() :]) or names.clean(name) or name


def _place(folder: Folder) -> _Place:
    """The course is the folder below one called "Courses", else the topmost above numbered sections."""
    parts = list(folder.parts)
    named = next((at for at, part in enumerate(parts) if fold(part) in FOLDER_NAMES), None)
    declared = fold(folder.source_name) in FOLDER_NAMES
    inside = parts[named + 1 :] if named is not None else parts
    if named is None and not declared:
        inside = _from_first_above_numbers(parts)
    if not inside:
        return _Place(_plain(folder.source_name) if not parts or named is not None else "", named=declared)
    sections = inside[1:]
    number = next((numbered(part)[0][-1] for part in reversed(sections) if numbered(part)[0]), None)
    title = " – ".join(numbered(part)[1] for part in sections)
    return _Place(_plain(inside[0]), title, number, len(sections), named=declared or named is not None)


def _from_first_above_numbers(parts: list[str]) -> list[str]:
    """Drop the folders above the course: those before the parent of the first numbered folder."""
    first = next((at for at, part in enumerate(parts) if at and numbered(part)[0]), None)
    return parts[-1:] if first is None else parts[first - 1 :]


def _plain(name: str) -> str:
    """`[Site] Course name [2021]` → `Course name`."""
    return names.clean(_SITES.sub("", name)) or name.strip() or "Course"


def _section(course: Rung, place: _Place) -> Rung:
    return Rung(
        level="section",
        identity=identity(course.identity, place.number, place.section),
        title=place.section or "Lessons",
        number=None if place.number is None else float(place.number),
    )


def _lesson(view: View, section: Rung, video: Video, position: int) -> Rung:
    numbers, title = numbered(video.stem)
    number = numbers[-1] if numbers else position
    return Rung(
        level="lesson",
        # The place in the folder is no part of it: a lesson put in between would make others of all that follow.
        identity=identity(section.identity, numbers[-1] if numbers else None, title),
        title=title,
        number=float(number),
        group=None if section.number is None else int(section.number),
        art=names.of_video(view, video, "thumb", own_folder=False),
    )


def _attachments(view: View, lessons: list[Video]) -> dict[str, list[Companion]]:
    """Per lesson its documents: of the same name or number; any other goes to the section's first lesson."""
    by_name = {fold(video.stem): video.stem for video in lessons}
    by_number = {numbered(video.stem)[0]: video.stem for video in reversed(lessons) if numbered(video.stem)[0]}
    found: dict[str, list[Companion]] = {}
    for entry in sorted(view.folder.files, key=lambda entry: natural_key(entry.name)):
        stem, extension = names.split_name(entry.name)
        if extension not in _ATTACHMENTS or names.is_hidden(entry.name):
            continue
        numbers, title = numbered(stem)
        owner = by_name.get(fold(stem)) or by_number.get(numbers) or lessons[0].stem
        found.setdefault(owner, []).append(Companion(view.folder.path(entry.name), "attachment", title=title))
    return found


def _art(view: View, place: _Place) -> list[Art]:
    return names.beside(view.pictures_at(place.depth))


def _confidence(view: View, place: _Place, lessons: list[Video]) -> float:
    if place.named:
        return 0.95
    counted = sum(bool(numbered(video.stem)[0]) for video in lessons)
    if counted < max(2, len(lessons) // 2 + 1):
        return 0.15
    if any(names.parse_episode(video.stem) for video in lessons) or names.season_of(view.last):
        return 0.2
    attached = any(names.split_name(entry.name)[1] in ("pdf", "zip", "html") for entry in view.folder.files)
    if place.number is not None and place.section:
        return 0.8
    return 0.7 if attached else 0.45
