"""Lyrics: LRC as people write it (https://en.wikipedia.org/wiki/LRC_(file_format)), or plain lines."""

import re

from medley.protocols.native._wire.answers import LyricLine, Lyrics

_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]", re.ASCII)
_WORD_STAMP = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>", re.ASCII)
_LABEL = re.compile(r"\[(?:ar|ti|al|au|by|re|ve|length|la|#)\s*:.*\]", re.IGNORECASE)
_OFFSET = re.compile(r"\[offset\s*:\s*([+-]?\d{1,7})\s*\]", re.IGNORECASE | re.ASCII)


def parse(text: str) -> Lyrics:
    """The lines of `text`; in the order of time where any of them has one."""
    offset = _OFFSET.search(text)
    shift = -int(offset.group(1)) if offset else 0  # a positive offset makes lyrics appear sooner
    lines: list[LyricLine] = []
    for raw in text.lstrip("\ufeff").splitlines():
        line = raw.strip()
        if _LABEL.fullmatch(line) or _OFFSET.fullmatch(line):
            continue
        stamps, words = _split(line)
        lines += [LyricLine(max(0, stamp + shift), words) for stamp in stamps] or [LyricLine(None, words)]
    timed = [line for line in lines if line.start_ms is not None]
    if timed:
        return Lyrics(True, sorted(timed, key=lambda line: line.start_ms or 0))
    while lines and not lines[-1].text:
        lines.pop()
    return Lyrics(False, lines)


def _split(line: str) -> tuple[list[int], str]:
    stamps: list[int] = []
    while match := _STAMP.match(line):
        minutes, seconds, fraction = match.groups()
        stamps.append((int(minutes) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0")))
        line = line[match.end() :].lstrip()
    return stamps, _WORD_STAMP.sub("", line).strip()
