"""Subtitle formats into WebVTT text. Pure. Styling that WebVTT has is kept (b, i, u), everything else is dropped.

SubRip has no specification; ASS is described in Aegisub's manual (https://aegisub.org/docs/latest/ass_tags/).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?:\s.*)?$")
_ASS_TIME = re.compile(r"(\d+):(\d+):(\d+)[.,:](\d+)")
_KEPT_TAG = re.compile(r"&lt;(/?[biu])&gt;", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?(?:font|span|c|v|s|ruby|rt)\b[^>\n]*>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^}\n]*\}")
_ASS_OVERRIDE = re.compile(r"\{[^}]*\}")
_DRAWING = re.compile(r"\{[^}]*\\p[1-9]")
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    text: str


def from_srt(text: str) -> str:
    """SubRip, with the liberties that real files take: no numbers, dots for commas, missing blank lines."""
    lines = _lines(text)
    arrows = [place for place, line in enumerate(lines) if _ARROW.match(line)]
    if not arrows:
        raise ValueError("it has no times")
    return _write([_srt_cue(lines, *ends) for ends in pairwise([*arrows, len(lines)])])


def from_vtt(text: str) -> str:
    """WebVTT already: only brought to the one encoding and checked for its first line."""
    text = "\n".join(_lines(text))
    if not text.startswith("WEBVTT"):
        raise ValueError("the first line is not WEBVTT")
    return text if text.endswith("\n") else text + "\n"


def from_ass(text: str) -> str:
    """(Advanced) SubStation Alpha: the events, without places, colours and drawings."""
    fields: list[str] = []
    cues = []
    events = False
    for line in _lines(text):
        if line.startswith("["):
            events = line.strip().lower() == "[events]"
        elif events and line.lower().startswith("format:"):
            fields = [name.strip().lower() for name in line.partition(":")[2].split(",")]
        elif events and fields and line.lower().startswith("dialogue:") and (cue := _dialogue(line, fields)):
            cues.append(cue)
    if not fields:
        raise ValueError("it has no [Events]")
    return _write(sorted(cues, key=lambda cue: cue.start_ms))


def _srt_cue(lines: list[str], place: int, following: int) -> _Cue:
    body = lines[place + 1 : following]
    if following < len(lines) and body and body[-1].strip().isdigit():
        body.pop()  # the number of the next cue
    return _Cue(*_span(lines[place]), _marked(_OVERRIDE.sub("", "\n".join(body))))


def _dialogue(line: str, fields: list[str]) -> _Cue | None:
    values = dict(zip(fields, line.partition(":")[2].split(",", len(fields) - 1), strict=False))
    start, end = _ASS_TIME.search(values.get("start", "")), _ASS_TIME.search(values.get("end", ""))
    said = values.get("text", "")
    if not start or not end or _DRAWING.search(said):
        return None
    said = _ASS_OVERRIDE.sub("", said).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\N{NO-BREAK SPACE}")
    return _Cue(_ms(*start.groups()), _ms(*end.groups()), _marked(said))


def _lines(text: str) -> list[str]:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")


def _span(line: str) -> tuple[int, int]:
    match = _ARROW.match(line)
    assert match is not None
    parts = match.groups(default="0")
    return _ms(*parts[:4]), _ms(*parts[4:])


def _ms(hours: str, minutes: str, seconds: str, fraction: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0")[:3])


def _marked(text: str) -> str:
    """Plain text with the three tags that both sides know; nothing in it can end the cue or begin another."""
    text = _OTHER_TAG.sub("", text).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    text = re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _BLANK_LINES.sub("\n", _KEPT_TAG.sub(lambda match: f"<{match[1].lower()}>", text)).strip()


def _write(cues: list[_Cue]) -> str:
    shown = [cue for cue in cues if cue.text and cue.end_ms > cue.start_ms]
    return "\n".join(["WEBVTT\n", *(f"{_clock(c.start_ms)} --> {_clock(c.end_ms)}\n{c.text}\n" for c in shown)])


def _clock(time_ms: int) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{milliseconds:03d}"
