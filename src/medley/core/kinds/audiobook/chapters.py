"""One chapter list for a book of several files."""

import re
from collections import Counter
from collections.abc import Sequence

from medley.core.kinds._names.cue import parse
from medley.core.kinds._names.hints import stem_of
from medley.core.kinds.facts import Chapter, Facts

_SHORTEST_MS = 100  # encoders leave such slivers at the ends of files
_CONTINUED = re.compile(r"\s*(?:\(\d{1,2}:\d{2}(?::\d{2})?\)|[-–(]*\s*continued\)?)\s*$", re.IGNORECASE)


def book_chapters(parts: Sequence[tuple[str, Facts]], beside: Sequence[Facts] = ()) -> list[Chapter]:
    """The chapters of a whole book out of its parts, (file name, facts) in order; times count from its beginning.

    `beside`: facts of the companions with the role "chapters". A list that a person made (Audiobookshelf's) comes
    first. If every file carries the list of the whole book, that is it; where no file has chapters, a CUE sheet may
    tell them. Else each file's own chapters are moved by the measured lengths of the files before it, and a file
    without chapters is one, named by its title or file name. A chapter that goes on in the next file (OverDrive marks
    it "Chapter 3 (05:12)") stays one.
    """
    if not parts:
        return []
    if made := next((facts.chapters for facts in beside if facts.chapters), None):
        return list(made)
    if all(len(facts.chapters) < 2 for _, facts in parts):
        for facts in beside:
            if told := _of_sheet(facts, parts):
                return told
    first = parts[0][1].chapters
    if len(parts) > 1 and first and all(facts.chapters == first for _, facts in parts):
        return list(first)
    titles = Counter(_tagged_title(facts) for _, facts in parts)
    found: list[Chapter] = []
    offset = 0
    for name, facts in parts:
        own = [chapter for chapter in facts.chapters if chapter.end_ms - chapter.start_ms >= _SHORTEST_MS]
        if not own:
            title = _tagged_title(facts)
            own = [Chapter(0, facts.duration_ms, title if title and titles[title] == 1 else stem_of(name))]
        for place, chapter in enumerate(own):
            _append(found, chapter, offset, first_of_file=place == 0)
        offset += facts.duration_ms
    return found


def _of_sheet(facts: Facts, parts: Sequence[tuple[str, Facts]]) -> list[Chapter]:
    """The tracks of a CUE sheet, where it names the files of the book or the book is one file."""
    starts: list[tuple[int, str]] = []
    offsets, length = {}, 0
    for name, part in parts:
        offsets[stem_of(name).lower()] = length
        length += part.duration_ms
    for text in facts.tags.get("cuesheet", ()):
        for track in parse(text).tracks:
            stem = stem_of(track.file.replace("\\", "/").rpartition("/")[2]).lower()
            offset = 0 if len(parts) == 1 else offsets.get(stem)
            if offset is None:
                return []
            if track.start_ms >= 0:
                starts.append((offset + track.start_ms, track.title or f"Chapter {track.number}"))
    ends = [start for start, _ in starts[1:]] + [length]
    return [Chapter(start, end, title) for (start, title), end in zip(starts, ends, strict=True) if start < end]


def _append(found: list[Chapter], chapter: Chapter, offset: int, *, first_of_file: bool) -> None:
    title = _CONTINUED.sub("", chapter.title) or chapter.title
    start, end = chapter.start_ms + offset, chapter.end_ms + offset
    if first_of_file and found and title != chapter.title and title == _CONTINUED.sub("", found[-1].title):
        found[-1] = Chapter(found[-1].start_ms, end, found[-1].title)
    else:
        found.append(Chapter(start, end, chapter.title))


def _tagged_title(facts: Facts) -> str:
    values = facts.tags.get("title")
    return values[0] if values else ""
