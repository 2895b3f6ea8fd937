"""Lyrics in the forms people have them: plain lines, LRC, LRC with a time before each word, SubRip.

LRC (https://en.wikipedia.org/wiki/LRC_(file_format)) has `[mm:ss.xx]` before each line, several stamps for a repeated
line, `[offset:±ms]` for the whole; in the wild are `[mm:ss]`, `[mm:ss:xx]`, `[m:ss.xxx]` and `[hh:mm:ss.xx]`. Words
have their times in angle brackets (A2), or in square ones.
"""

import re
from itertools import pairwise

import msgspec

from medley.core.kinds.facts import Facts

_TIME = r"(?:(\d{1,2}):(?=\d+:\d\d\.))?(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?"
_STAMP = re.compile(rf"\[{_TIME}\]", re.ASCII)
_WORD = re.compile(rf"[<\[]{_TIME}[>\]]", re.ASCII)
_OFFSET = re.compile(r"\[offset\s*:\s*([+-]?\d{1,7})\s*\]", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"\[(?:ar|ti|al|au|by|re|ve|tool|length|la|lang|id|offset|#)\s*:.*\]|\[#.*\]", re.IGNORECASE)
_CUE = re.compile(r"(\d{1,3}):(\d\d):(\d\d)[.,](\d{1,3})\s*-->", re.ASCII)


class Word(msgspec.Struct, frozen=True):
    """A word or syllable with the space behind it: those of a line, put together, are its text."""

    start_ms: int
    end_ms: int | None
    text: str


class Line(msgspec.Struct, frozen=True):
    """A line, when it is sung, and its words where each has a time."""

    start_ms: int | None
    text: str
    words: tuple[Word, ...] = ()


class Lyrics(msgspec.Struct, frozen=True):
    """The words of a song in one language: a code of ISO 639, "" where nobody said which."""

    language: str
    synced: bool
    lines: list[Line]


def lyrics_of(facts: Facts) -> list[Lyrics]:
    """Every text in the tags of a sound file, or in a file beside one; those with times first."""
    found = [
        parse(text, name.partition(":")[2])
        for name, texts in facts.tags.items()
        if name == "lyrics" or name.startswith("lyrics:")
        for text in texts
    ]
    return sorted((lyrics for lyrics in found if lyrics.lines), key=lambda lyrics: not lyrics.synced)


def parse(text: str, language: str = "") -> Lyrics:
    """The lines of `text`; in the order of time where any of them has one. A positive offset shows them earlier."""
    text = text.lstrip("\ufeff")
    lines = _subtitles(text) if _CUE.search(text) else _lines(text)
    if any(line.start_ms is not None for line in lines):
        timed = [line for line in lines if line.start_ms is not None]
        return Lyrics(language, True, sorted(timed, key=lambda line: line.start_ms or 0))
    while lines and not lines[-1].text:
        lines.pop()
    return Lyrics(language, False, lines)


def _lines(text: str) -> list[Line]:
    match = _OFFSET.search(text)
    offset = int(match[1]) if match else 0
    found: list[Line] = []
    for raw in text.splitlines():
        line = raw.strip()
        if _LABEL.fullmatch(line):
            continue
        starts, rest = _starts(line, offset)
        if not starts:
            found.append(Line(None, line))
        for start in starts:
            words = _words(rest, start, offset)
            # Of a line that comes again, the words have the times of the first one.
            found.append(Line(start, "".join(word.text for word in words) or rest, words if len(starts) == 1 else ()))
    return found


def _starts(line: str, offset: int) -> tuple[list[int], str]:
    found: list[int] = []
    place = 0
    while match := _STAMP.match(line, place):
        found.append(_ms(match, offset))
        place = match.end()
        while line[place : place + 1] == " ":
            place += 1
    return found, line[place:]


def _words(line: str, start: int, offset: int) -> tuple[Word, ...]:
    marks = list(_WORD.finditer(line))
    if not marks:
        return ()
    pieces = [(start, line[: marks[0].start()])] if line[: marks[0].start()].strip() else []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    pieces += [(_ms(mark, offset), line[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    pieces[0] = pieces[0][0], pieces[0][1].lstrip()
    words = [Word(at, following, text) for (at, text), (following, _) in pairwise(pieces) if text]
    last, text = pieces[-1]
    if text.strip():
        words.append(Word(last, None, text.rstrip()))
    elif words:
        words[-1] = msgspec.structs.replace(words[-1], text=words[-1].text.rstrip())
    return tuple(words)


def _ms(match: re.Match[str], offset: int) -> int:
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return max(0, whole * 1000 + int((fraction or "").ljust(3, "0") or 0) - offset)


def _subtitles(text: str) -> list[Line]:
    """SubRip: a number, the times, the lines, an empty line."""
    found: list[Line] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        match = _CUE.search(block)
        if match:
            hours, minutes, seconds, fraction = match.groups()
            start = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
            words = block[match.end() :].partition("\n")[2]
            found.append(Line(start, " ".join(words.split())))
    return found
