"""Subtitles and chapters as text files."""

from collections.abc import Sequence

Cue = tuple[float, float, str]  # from, to (seconds), text


def _clock(seconds: float, decimal: str, digits: int = 3) -> str:
    whole, rest = divmod(round(seconds * 10**digits), 10**digits)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{decimal}{rest:0{digits}}"


def srt(cues: Sequence[Cue]) -> str:
    """SubRip."""
    return "\n".join(f"{n}\n{_clock(a, ',')} --> {_clock(b, ',')}\n{text}\n" for n, (a, b, text) in enumerate(cues, 1))


def vtt(cues: Sequence[Cue]) -> str:
    """WebVTT."""
    return "WEBVTT\n\n" + "\n".join(f"{_clock(a, '.')} --> {_clock(b, '.')}\n{text}\n" for a, b, text in cues)


_FIELDS = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, "
    "StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, "
    "Encoding"
)


def ass(cues: Sequence[Cue], title: str) -> str:
    """Advanced SubStation Alpha with one styled, softly fading style."""
    events = "\n".join(
        f"Dialogue: 0,{_clock(a, '.', 2)[1:]},{_clock(b, '.', 2)[1:]},Evening,,0,0,0,,{{\\fad(300,300)}}{text}"
        for a, b, text in cues
    )
    return f"""[Script Info]
Title: {title}
ScriptType: v4.00+
PlayResX: 1280
PlayResY: 720

[V4+ Styles]
Format: {_FIELDS}
Style: Evening,sans-serif,44,&H00D8F0FF,&H00FFFFFF,&H00351A2B,&H80000000,0,-1,0,0,100,100,1,0,1,2.4,1,2,60,60,52,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
{events}
"""


def chapters(marks: Sequence[tuple[float, str]], end: float, tags: dict[str, str] | None = None) -> str:
    """ffmpeg's metadata file: (start in seconds, title) of each chapter, the last one up to `end`, and global tags."""
    lines = [";FFMETADATA1", *(f"{key}={_plain(value)}" for key, value in (tags or {}).items())]
    stops = [start for start, _ in marks[1:]] + [end]
    for (start, name), stop in zip(marks, stops, strict=True):
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={round(start * 1000)}",
            f"END={round(stop * 1000)}",
            f"title={_plain(name)}",
        ]
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    for special in "\\=;#\n":
        text = text.replace(special, "\\" + special)
    return text
