"""What the tag families share: tidying values, chapters without ends, what a picture's role is called."""

import re
from html import unescape
from itertools import pairwise

from medley.adapters.media._tag_names import FREE, INVOLVEMENT
from medley.core.kinds import Chapter, Facts

Tags = dict[str, list[str]]

# Picture types of ID3v2 (APIC), which FLAC and ASF took over.
ROLES = {3: "cover", 4: "back", 7: "artist", 8: "artist", 10: "artist"}

_LONGEST = 262_144  # characters of one value: lyrics of an opera fit, a hostile gigabyte does not
_PAIRS = (("tracknumber", "tracktotal"), ("discnumber", "disctotal"), ("movementnumber", "movementtotal"))
_GAINS = (("r128_track_gain", "replaygain_track_gain"), ("r128_album_gain", "replaygain_album_gain"))
_TWO_IN_ONE = re.compile(r"(performer|(?:un)?synced ?lyrics|lyrics)[:_ -](.+)", re.DOTALL)
_PERFORMER = re.compile(r"(.+?)\s*\(([^()]+)\)$")
_BETWEEN_PERFORMERS = re.compile(r"(?<=\))\s*[/;,]\s*")  # as version 2.3 of ID3 has to join them
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NO_LANGUAGE = frozenset(("xxx", "und", "mul", "zxx"))
_MARKER = re.compile(r"<Name>(.*?)</Name>\s*<Time>\s*([\d:.]+)\s*</Time>", re.DOTALL | re.IGNORECASE)


def add(tags: Tags, name: str, value: str) -> None:
    """Add one value, tidied; empty ones and repetitions are dropped."""
    value = value.strip("\0 \t\r\n\ufeff")
    if not value:
        return
    if len(value) > _LONGEST:
        value = value[:_LONGEST]
    held = tags.get(name)
    if held is None:
        tags[name] = [value]
    elif value not in held:
        held.append(value)


def add_free(tags: Tags, key: str, value: str) -> str:
    """Add a value under the name that a person or program gave it, in lower case; its canonical name, "" for none."""
    name = FREE.get(key)
    if name is None:
        match = _TWO_IN_ONE.fullmatch(key)
        if match is None:
            return ""
        if match[1] == "performer":
            name, value = "performer", f"{value} ({match[2]})"
        else:
            name = lyrics_in(match[2])
    add(tags, name, value)
    return name


def lyrics_in(language: str) -> str:
    """The name of lyrics in a language, by its code; of those that name none, or many, plainly "lyrics"."""
    language = language.lower()
    known = _LANGUAGE.fullmatch(language) and language not in _NO_LANGUAGE
    return f"lyrics:{language}" if known else "lyrics"


def involve(tags: Tags, function: str, person: str) -> None:
    """Add somebody by what he did: one of the roles, else what he plays or sings."""
    role = INVOLVEMENT.get(function.strip().lower())
    add(tags, role or "performer", person if role or not function else f"{person} ({function})")


def finish(facts: Facts) -> None:
    """Settle what needs the whole file: "3/12", R128 gains, people by what they did, chapters that live in tags."""
    tags = facts.tags
    for number, total in _PAIRS:
        values = tags.get(number)
        if values and "/" in values[0]:
            _split_pair(tags, number, total)
    if "performer" in tags:
        _sort_performers(tags)
    if "movement" in tags:
        _number_movement(tags)
    for r128, gain in _GAINS:
        if r128 in tags:
            _gain_of_r128(tags, r128, gain)
    markers = tags.pop("overdrive mediamarkers", None)
    if markers:
        facts.chapters = overdrive(markers[0], facts.duration_ms) or facts.chapters


def _sort_performers(tags: Tags) -> None:
    """ "Ann (producer)" is a producer."""
    for value in [one for many in tags.pop("performer") for one in _BETWEEN_PERFORMERS.split(many)]:
        match = _PERFORMER.match(value)
        if match:
            involve(tags, match[2], match[1])
        else:
            add(tags, "performer", value)


def _number_movement(tags: Tags) -> None:
    """Picard calls a movement's number what others call its name."""
    for value in tags.pop("movement"):
        add(tags, "movementnumber" if value.isdecimal() else "movement", value)


def closed(starts: list[tuple[int, str]], duration_ms: int) -> list[Chapter]:
    """Chapters out of (start, title): each ends where the next begins, the last with the file."""
    if not starts:
        return []
    starts = sorted(starts, key=lambda start: start[0])
    chapters = [Chapter(start, following, title) for (start, title), (following, _) in pairwise(starts)]
    start, title = starts[-1]
    return [*chapters, Chapter(start, max(start, duration_ms), title)]


def overdrive(xml: str, duration_ms: int) -> list[Chapter]:
    """The chapters in OverDrive's `MediaMarkers`: `<Marker><Name>…</Name><Time>1:02:03.000</Time></Marker>`.

    Read by pattern, not as XML: the fragment is often not well formed, and it needs no parser to be careful with.
    """
    marks = ((clock_ms(time), unescape(name).strip()) for name, time in _MARKER.findall(xml))
    return closed([(start, name) for start, name in marks if start is not None], duration_ms)


def clock_ms(text: str) -> int | None:
    """Milliseconds of "1:02:03.456", "62:03.456" or "3723.456"; None when it is no time."""
    try:
        parts = [float(part) for part in text.strip().replace(",", ".").split(":")]
    except ValueError:
        return None
    if not 1 <= len(parts) <= 3 or not all(0 <= part < 1e6 for part in parts):
        return None
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return round(seconds * 1000)


def _split_pair(tags: Tags, number: str, total: str) -> None:
    first, _, second = tags[number][0].partition("/")
    del tags[number]
    add(tags, number, first)
    if total not in tags:
        add(tags, total, second)


def _gain_of_r128(tags: Tags, r128: str, gain: str) -> None:
    """R128 gains are Q7.8 fixed point against −23 LUFS, ReplayGain's reference is 5 dB louder (RFC 7845, 5.2.1)."""
    try:
        value = int(tags.pop(r128)[0]) / 256 + 5
    except ValueError:
        return
    tags.setdefault(gain, [f"{value:.2f} dB"])
