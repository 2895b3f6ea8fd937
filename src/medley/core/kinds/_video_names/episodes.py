"""Which episode a name speaks of.

Conventions: https://jellyfin.org/docs/general/server/media/shows,
https://support.plex.tv/articles/naming-and-organizing-your-tv-show-files, and the habits of release groups.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from medley.core.kinds._video_names.release import (
    Release,
    clean,
    cut_quality,
    edition_of,
    parse_release,
    quality_of,
    split_part,
)

_SXXEXX = re.compile(
    r"(?<![^\W_])s(\d{1,4})[ ._-]*(?:e|ep|x)[ ._]?(\d{1,4})(?!\d)"
    r"((?:[ ._]?-?[ ._]?(?:e|ep|x)\d{1,4}(?!\d)|-\d{1,3}(?![\dpi]))*)",
    re.IGNORECASE,
)
_CROSS = re.compile(r"(?<![^\W_])(\d{1,2})x(\d{2,3})(?!\d)((?:-?x\d{2,3}(?!\d)|-\d{2,3}(?![\dpix]))*)", re.IGNORECASE)
_WORDS = re.compile(
    r"(?<![^\W_])(?:season|series|saison|staffel|temporada|stagione|seizoen|säsong|sezon)[ ._-]*(\d{1,4})[ ._,-]*"
    r"(?:episode|épisode|ep|folge|episodio|capitulo|capítulo|aflevering|avsnitt|odcinek)[ ._-]*(\d{1,4})(?!\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![^\W_])((?:19|20)\d\d)[ ._-](\d{1,2})[ ._-](\d{1,2})(?![^\W_])")
_DATE_REVERSED = re.compile(r"(?<![^\W_])(\d{1,2})[ ._-](\d{1,2})[ ._-]((?:19|20)\d\d)(?![^\W_])")
_DATE_SOLID = re.compile(r"(?<![^\W_])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![^\W_])")
_EPISODE = re.compile(
    r"(?<![^\W_])(?:episode|épisode|ep|e|folge|episodio|capitulo|capítulo|aflevering|avsnitt|odcinek|第)"
    r"[ ._-]{0,2}(\d{1,4})"
    r"(?:-(?:e|ep)?(\d{1,4}))?(?![\dpi])[話话集回]?",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"(?<![^\W_])(?:sp|ova|oad|ona|special)[ ._-]?(\d{1,3})(?![\dpi])", re.IGNORECASE)
_AFTER_HYPHEN = re.compile(
    r"[ _]-[ _]*#?(\d{1,4})(?:-(\d{1,4}))?(?:v\d)?(?=$|[ _.]*[\[(]|[ _]+-[ _]|[ _.]*$)", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"[ ._](\d{2,4})(?:-(\d{2,4}))?(?:v\d)?(?=$|[ ._]*[\[(])", re.IGNORECASE)
_LEADING = re.compile(r"^(\d{1,4})(?:-(\d{1,4}))?(?:v\d)?(?:\s*[-–_.)]+\s*|\s+|$)", re.IGNORECASE)
_GROUP = re.compile(r"^\s*(?:\[[^\]]*\]|【[^】]*】)[ _.-]*")
_SEASON_NUMBER = re.compile(
    r"(?<![^\W_])(?:s|season|staffel|saison|temporada)[ ._]?(\d{1,2})(?=[ ._]*$)"
    r"|(?<![^\W_])(\d)(?:st|nd|rd|th) season$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[a-d](?![^\W_])", re.IGNORECASE)  # S01E01a: the first piece of it
_MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """An episode's name, taken apart.

    style: `season` (S01E02, 1x02, in words), `date`, `absolute` (a fansub's running number), `number` (Episode 2),
    `bare` (a number alone, only meaningful inside a season folder).
    """

    style: str
    show: Release | None
    season: int | None = None
    numbers: tuple[int, ...] = ()
    date: str = ""
    title: str = ""
    quality: str = ""
    edition: str = ""
    part: int = 0


@lru_cache(maxsize=4096)
def parse_episode(stem: str) -> EpisodeName | None:
    """What `stem` (a name without its extension) says about an episode, or None when it says nothing of the kind."""
    return _seasoned(stem) or _dated(stem) or _special(stem) or _numbered(stem) or _fansub(stem)


@lru_cache(maxsize=4096)
def parse_bare_number(stem: str) -> EpisodeName | None:
    """`05 - Title`, `05`: an episode only where the folder says that there are episodes."""
    found = _LEADING.match(stem)
    if found and not _DATE.match(stem):
        return _made("bare", stem, found.start(), found.end(), None, _span(int(found[1]), found[2]))
    found = _AFTER_HYPHEN.search(stem) or _LAST_NUMBER.search(cut_quality(stem))
    if found is None:
        return None
    return _made("bare", stem, found.start(), found.end(), None, _span(int(found[1]), found[2]))


def replace_style(name: EpisodeName, style: str) -> EpisodeName:
    """The same name, read another way."""
    return replace(name, style=style)


def date_in(stem: str, *, solid: bool = False) -> tuple[str, int, int] | None:
    """The first calendar date of a name as ISO 8601, where it starts and ends; `solid` also reads 20240131."""
    patterns = [(_DATE, (1, 2, 3)), (_DATE_REVERSED, (3, 2, 1))]
    if solid:
        patterns.append((_DATE_SOLID, (1, 2, 3)))
    for pattern, (year, month, day) in patterns:
        for match in pattern.finditer(stem):
            try:
                return date(int(match[year]), int(match[month]), int(match[day])).isoformat(), *match.span()
            except ValueError:
                continue
    return None


def _seasoned(stem: str) -> EpisodeName | None:
    for pattern in (_SXXEXX, _CROSS, _WORDS):
        match = pattern.search(stem)
        if match:
            more = match[3] if match.re.groups == 3 else ""
            return _made("season", stem, *match.span(), int(match[1]), _numbers(int(match[2]), more))
    return None


def _dated(stem: str) -> EpisodeName | None:
    found = date_in(stem)
    if found is None or not stem[: found[1]].strip(" -_.[("):
        return None
    day, start, end = found
    made = _made("date", stem, start, end, None, ())
    return replace(made, date=day)


def _special(stem: str) -> EpisodeName | None:
    match = _SPECIAL.search(stem)
    if match is None or not (_GROUP.match(stem) or stem[: match.start()].rstrip(" ._").endswith("-")):
        return None
    return _made("season", stem, *match.span(), 0, (int(match[1]),))


def _numbered(stem: str) -> EpisodeName | None:
    match = _EPISODE.search(stem)
    if match is None:
        return None
    made = _made("number", stem, *match.span(), None, _span(int(match[1]), match[2]))
    return _with_season_of_title(made)


def _fansub(stem: str) -> EpisodeName | None:
    """`[Group] Show - 012v2 [1080p][ABCD1234]`; without a group a number behind a hyphen is not enough."""
    group = _GROUP.match(stem)
    if group is None:
        return None
    rest = stem[group.end() :]
    match = _AFTER_HYPHEN.search(rest) or _LAST_NUMBER.search(rest)
    if match is None or match.start() == 0:
        return None
    return _with_season_of_title(_made("absolute", rest, *match.span(), None, _span(int(match[1]), match[2])))


def _with_season_of_title(made: EpisodeName) -> EpisodeName:
    """`Show S2 - 05` and `Show 2nd Season - 05` count within that season."""
    if made.show is None:
        return made
    match = _SEASON_NUMBER.search(made.show.title)
    if match is None or match.start() == 0:
        return made
    show = parse_release(made.show.title[: match.start()].rstrip(" -_."))
    return replace(made, style="season", show=show, season=int(match[1] or match[2]))


def _made(style: str, stem: str, start: int, end: int, season: int | None, numbers: tuple[int, ...]) -> EpisodeName:
    before = stem[:start].strip(" -_.([")
    show = parse_release(before) if any(map(str.isalnum, before)) else None
    rest, part, _ = split_part(stem[end:])
    letter = _LETTER.match(rest)
    if letter:
        rest, part = rest[1:], ord(letter[0].lower()) - ord("a") + 1
    return EpisodeName(style, show, season, numbers, "", _title(rest), quality_of(rest), edition_of(rest), part)


def _title(rest: str) -> str:
    """The episode's own title: behind its number, before words that only releases use."""
    title = clean(cut_quality(rest).lstrip(" -_.)]–:"))
    return title if any(map(str.isalnum, title)) else ""


def _numbers(first: int, more: str) -> tuple[int, ...]:
    """`E01-E03` spans; `E01E02` lists."""
    numbers = [first]
    for hyphen, number in re.findall(r"(-?)[ ._]?(?:ep?|x)?(\d{1,4})", more, re.IGNORECASE):
        value = int(number)
        if hyphen and numbers[-1] < value <= numbers[-1] + _MOST_AT_ONCE:
            numbers.extend(range(numbers[-1] + 1, value + 1))
        elif value not in numbers and not hyphen:
            numbers.append(value)
    return tuple(numbers[:_MOST_AT_ONCE])


def _span(first: int, last: str | None) -> tuple[int, ...]:
    end = int(last) if last else first
    return tuple(range(first, end + 1)) if first < end <= first + _MOST_AT_ONCE else (first,)
