"""LRC, the lyrics format of players since 1998: brought into one plain form.

`[mm:ss.xx]` before each line, several stamps for a repeated line, `[offset:±ms]` for the whole file; in the wild are
`[mm:ss]`, `[mm:ss:xx]`, `[m:ss.xxx]` and `[hh:mm:ss.xx]`. Word stamps `<mm:ss.xx>` (A2) stay in the text as they are.
"""

import re

_STAMP = re.compile(r"\[(?:(\d{1,2}):(?=\d+:\d\d\.))?(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_OFFSET = re.compile(r"\[offset:\s*([+-]?\d+)\s*\]", re.IGNORECASE)
_FIELD = re.compile(r"\[([a-z#]+):(.*)\]\s*$", re.IGNORECASE)


def normalise(text: str) -> str:
    """The lyrics with one stamp per line, in order of time, the offset applied; unstamped text as it is.

    A positive offset shows lines earlier, as in the players that introduced it.
    """
    match = _OFFSET.search(text)
    offset = int(match[1]) if match else 0
    timed: list[tuple[int, str]] = []
    plain: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        stamps, words = _stamps(line)
        timed += [(max(0, start - offset), words) for start in stamps]
        if not stamps and not _FIELD.match(line.strip()):
            plain.append(line.rstrip())
    if not timed:
        return "\n".join(plain).strip()
    timed.sort(key=lambda pair: pair[0])
    return "\n".join(f"{stamp(ms)}{words}" for ms, words in timed)


def stamp(ms: int) -> str:
    """`[mm:ss.xx]`; hundredths are cut off, for 59.999 rounded up would be second 60."""
    return f"[{ms // 60000:02d}:{ms // 1000 % 60:02d}.{ms % 1000 // 10:02d}]"


def _stamps(line: str) -> tuple[list[int], str]:
    found: list[int] = []
    position = 0
    line = line.strip()
    while match := _STAMP.match(line, position):
        hours, minutes, seconds, fraction = match.groups()
        whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
        found.append(whole * 1000 + int((fraction or "").ljust(3, "0") or 0))
        position = match.end()
    return found, line[position:].strip()
