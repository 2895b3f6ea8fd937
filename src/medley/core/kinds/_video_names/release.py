"""What the name of a film or release says: title, year, ids, quality, edition.

The conventions are those of Jellyfin (https://jellyfin.org/docs/general/server/media/movies), Plex
(https://support.plex.tv/articles/naming-and-organizing-your-movie-media-files) and of release names at large. Each
name is read with a handful of compiled expressions: 100,000 names are a matter of seconds.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

# Words that no title holds: where the first of them stands, the title is over.
_STRONG = re.compile(
    r"(?<![^\W_])(?:\d{3,4}[pi]|[48]k|uhd|[hx][ .]?26[45]|hevc|av1|avc|xvid|divx|blu-?ray|b[dr]-?rip|web-?dl|web-?rip"
    r"|dvd-?rip|dvd[59r]?|hd-?tv|pdtv|sdtv|hd-?rip|dvd-?scr|hddvd|remux|hdr10(?:\+|plus)?|10-?bit|8-?bit"
    r"|dts(?:-?hd)?|truehd|e?ac3|dd[p+]?[ .]?[257][ .][01]|aac(?:2[ .]0)?|multi[ .]?subs?|dual[ .-]audio)(?![^\W_])",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[\[{]")
_LEADING_GROUP = re.compile(r"^\s*(?:\[[^\]]*\]|【[^】]*】)\s*[-_. ]*")
_YEAR = re.compile(r"(?<![^\W_])(?:18[89]|19\d|20[0-3])\d(?![^\W_])(?!-\d\d-\d\d)")
_YEAR_IN_PARENTHESES = re.compile(r"[(\[]\s*((?:18[89]|19\d|20[0-3])\d)(?:\s*[-–]\s*(?:\d{4})?)?\s*[)\]]")
_ID = re.compile(
    r"[\[{(](tmdb|imdb|tvdb|anidb|tvmaze|anilist)(?:id)?[-=:. ]+((?:tt)?\d+)[\]})]|(?<![^\W_])(tt\d{7,9})(?![^\W_])",
    re.IGNORECASE,
)
_EDITION_TAG = re.compile(r"\{edition[-=: ]([^}]+)\}", re.IGNORECASE)
_EDITION_WORDS = re.compile(
    r"(?<![^\W_])(director'?s[ ._-]cut|extended(?:[ ._-](?:cut|edition|version))?|theatrical(?:[ ._-](?:cut|version))?"
    r"|final[ ._-]cut|unrated(?:[ ._-]cut)?|uncut|ultimate[ ._-](?:cut|edition)|special[ ._-]edition"
    r"|collector'?s[ ._-]edition|(?:\d+th[ ._-])?anniversary[ ._-]edition|remastered|criterion|imax|redux"
    r"|open[ ._-]matte|black[ ._-]and[ ._-](?:white|chrome)|fan[ ._-]?edit|despecialized)(?![^\W_])",
    re.IGNORECASE,
)
_QUALITY = (
    (re.compile(r"(?<![^\W_])(?:4320p|8k)(?![^\W_])", re.I), "4320p"),
    (re.compile(r"(?<![^\W_])(?:2160p|4k|uhd)(?![^\W_])", re.I), "2160p"),
    (re.compile(r"(?<![^\W_])(1440|1080|720|576|540|480|360)[pi](?![^\W_])", re.I), ""),
)
_HDR = re.compile(r"(?<![^\W_])(?:hdr(?:10)?(?:\+|plus)?|hlg|dv|dovi|dolby[ ._]?vision)(?![^\W_])", re.IGNORECASE)
_THREE_D = re.compile(r"(?<![^\W_])(?:3d|h-?sbs|h-?ou|h-?tab|full-?sbs|sbs|mvc)(?![^\W_])", re.IGNORECASE)
_PART = re.compile(r"[\s._\-(\[]+(cd|dvd|disc|disk|part|pt)[\s._-]*(\d{1,2}|[a-d]|iv|i{1,3})\)?\]?$", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_SPACES = re.compile(r"[\s._]+")
_EDGES = " -–_.,+"
_TRAILING = _EDGES + "([{"
_KEPT_DOT = "\ue000"  # stands for a dot of an acronym while the other dots become spaces


@dataclass(frozen=True, slots=True)
class Release:
    """A name, taken apart. `base` is the name without its part marker; `part` is 0 when there is none."""

    title: str
    year: int | None = None
    ids: dict[str, str] = field(default_factory=dict)
    edition: str = ""
    quality: str = ""  # 2160p HDR 3D: what people call the version
    part: int = 0
    base: str = ""
    part_word: str = ""
    label: str = ""  # what stands behind " - " after title and year: "Film (2010) - Workprint"


@lru_cache(maxsize=4096)
def parse_release(name: str) -> Release:
    """The parts of a file's name without its extension, or of a folder's name."""
    base, part, word = split_part(name)
    text = _without_group(base)
    ids = _ids(text)
    year, year_at, year_end = _find_year(text)
    cut, strong = _title_end(text, year_at)
    tail = text[min(cut, len(text)) :]
    return Release(
        title=clean(text[:cut]) or clean(text) or name.strip(),
        year=year,
        ids=ids,
        edition=edition_of(tail),
        quality=quality_of(tail),
        part=part,
        base=base,
        part_word=word,
        label=_label(text[year_end:]) if year is not None and not strong else "",
    )


def split_part(name: str) -> tuple[str, int, str]:
    """`Film cd2` → ("Film", 2, "cd"); part 0 when nothing marks one."""
    match = _PART.search(name)
    if match is None or match.start() == 0:
        return name, 0, ""
    value = match[2].lower()
    number = _ROMAN.get(value) or (int(value) if value.isdigit() else ord(value) - ord("a") + 1)
    return name[: match.start()], number, match[1].lower()


def clean(text: str) -> str:
    """A title out of a piece of a name: dots and underscores become spaces unless they belong to an acronym."""
    text = text.rstrip(_TRAILING).lstrip(_EDGES + ")]}")
    if " " not in text:
        text = _ACRONYM.sub(lambda match: match[0].replace(".", _KEPT_DOT), text + ".")
        text = _SPACES.sub(" ", text)
    else:
        text = " ".join(text.replace("_", " ").split())
    if _ends_in_acronym(text):
        return text.replace(_KEPT_DOT, ".")
    return text.replace(_KEPT_DOT, ".").rstrip(_TRAILING)


def cut_quality(text: str) -> str:
    """`text` up to the first word that only releases use, or the first bracket."""
    ends = [match.start() for match in (_STRONG.search(text), _BRACKET.search(text)) if match]
    return text[: min(ends)] if ends else text


def _without_group(text: str) -> str:
    """`[Group] Film` without its group; `[REC] (2007)` as it is, because nothing else could be the title."""
    rest = _LEADING_GROUP.sub("", text)
    title = _YEAR_IN_PARENTHESES.split(rest, maxsplit=1)[0]
    return rest if any(map(str.isalpha, title)) or any(map(str.isdecimal, title)) else text


def _ends_in_acronym(text: str) -> bool:
    return text.rstrip().endswith(_KEPT_DOT)


def _ids(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ID.finditer(text):
        if match[3]:
            found.setdefault("imdb", match[3].lower())
        else:
            found[match[1].lower()] = match[2].lower()
    return found


def _find_year(text: str) -> tuple[int | None, int, int]:
    """The year, where it starts and where it ends: one in parentheses first, else the last that is not the title."""
    match = _YEAR_IN_PARENTHESES.search(text)
    if match and match.start() > 0:
        return int(match[1]), match.start(), match.end()
    strong = _STRONG.search(text)
    end = strong.start() if strong and strong.start() > 0 else len(text)
    years = [found for found in _YEAR.finditer(text, 0, end) if found.start() > 0]
    if not years:
        return None, len(text), len(text)
    return int(years[-1][0]), years[-1].start(), years[-1].end()


def _title_end(text: str, year_at: int) -> tuple[int, bool]:
    """Where the title ends, and whether a release word rather than the year ends it."""
    ends = [year_at]
    for pattern in (_STRONG, _BRACKET, _EDITION_TAG):
        match = pattern.search(text, 1)
        if match:
            ends.append(match.start())
    edition = _EDITION_WORDS.search(text, 1)
    if edition and year_at == len(text):
        ends.append(edition.start())
    return min(ends), min(ends) < year_at


def edition_of(tail: str) -> str:
    """The edition that the part of a name behind its title speaks of."""
    tagged = _EDITION_TAG.search(tail)
    if tagged:
        return tagged[1].strip()
    words = [_words(match[1]) for match in _EDITION_WORDS.finditer(tail)]
    return " ".join(dict.fromkeys(words))


def _words(text: str) -> str:
    words = re.sub(r"[ ._-]+", " ", text).title().replace("'S", "'s")
    return words.replace("Directors", "Director's").replace("Collectors", "Collector's").replace("Imax", "IMAX")


def quality_of(tail: str) -> str:
    """`2160p HDR 3D`: what the part of a name behind its title says about the picture."""
    labels: list[str] = []
    for pattern, label in _QUALITY:
        match = pattern.search(tail)
        if match:
            labels.append(label or f"{match[1]}p")
            break
    if _HDR.search(tail):
        labels.append("HDR")
    if _THREE_D.search(tail):
        labels.append("3D")
    return " ".join(labels)


def _label(tail: str) -> str:
    """`Film (2010) - Workprint`: the words behind the hyphen name the version (Jellyfin, Plex)."""
    head, hyphen, label = tail.partition(" - ")
    if not hyphen or head.strip(" )]"):
        return ""
    return cut_quality(label).strip(_TRAILING)
