"""What a comic's file name says: "Series v02 #003 (of 12) (2019) (Digital) (Group)"."""

import re
from dataclasses import dataclass, field

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_YEAR = re.compile(r"(?:[A-Za-z]{3,9}[., ]+)?((?:19|20)\d\d)(?:[-./](?:\d{1,2}|(?:19|20)?\d\d)){0,2}")
_COUNT = re.compile(r"(?:(\d{1,4})\s*)?(?:of|/)\s*(\d{1,4})", re.IGNORECASE)
_FORMAT = re.compile(
    r"\b(annual|special|one[- ]?shot|omnibus|tpb|ogn|hc|gn|fcbd|preview|artbook|art book|extra|omake)\b", re.IGNORECASE
)
_VOLUME = re.compile(
    r"(?:\b(?:volumes?|vols?|tomes?|tomo|band|bd|buch)[. ]*|\bv[. ]?|\bT(?=\d{2}\b))"
    r"(\d{1,4}(?:\.\d)?)(?:-(\d{1,3}))?(?![\w])",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"\b(?:chapters?|chapitres?|kapitel|chap|ch|c)[. ]*(\d{1,4}(?:\.\d{1,2})?)(?:x\d+)?(?:-(\d{1,4}))?(?![\w])",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"(?:#|\bissue\s+|\bn[o°º]\.?\s*)\s*(-?\d{1,4}(?:\.\w{1,3})?|½)", re.IGNORECASE)
_MIDDLE = re.compile(r"(?<=\S)[\s-]+(\d{1,4}(?:\.\d{1,2})?)(?=\s+[-–—]\s)")
_LAST = re.compile(r"(?:^|[\s-])(\d{1,4}(?:\.\d{1,2})?)(?:-\d{1,4})?$")


@dataclass(slots=True)
class Named:
    """The parts of a name; numbers are text because "0.5", "½" and "-1" occur."""

    series: str = ""
    title: str = ""
    volume: str = ""
    number: str = ""
    count: str = ""
    year: int | None = None
    format: str = ""
    labels: list[str] = field(default_factory=list)  # what else stood in brackets: the scan's origin


def parse(stem: str, series: str = "") -> Named:
    """The parts of a file name without its extension.

    `series` is the name of its folder: where the file begins with it, its digits are no issue number ("2000 AD 12").
    """
    found = Named()
    text = _BRACKETS.sub(lambda match: _bracket(match, found), stem.replace("_", " "))
    if " " not in text.strip():
        text = re.sub(r"\.(?!\d\b)", " ", text)
    text = " ".join(text.split())
    known = bool(series) and text.casefold().startswith(series.casefold()) and text[len(series) :][:1] in ("", " ", "-")
    head, rest = (text[: len(series)], text[len(series) :]) if known else ("", text)
    before, after = _numbers(rest, found, whole=not series)
    found.series = head or before
    found.title = after.strip(" -–—:,")
    if re.fullmatch(r"(?:19|20)\d\d", found.title):
        found.year, found.title = found.year or int(found.title), ""
    if known and before.strip(" -–—:,") and not found.title:
        found.title = before.strip(" -–—:,")
    return found


def _bracket(match: re.Match[str], found: Named) -> str:
    inner = match[1].strip()
    if count := _COUNT.fullmatch(inner):
        found.count = _plain(count[2])
        return f" {count[1]} " if count[1] else " "
    if (year := _YEAR.fullmatch(inner)) and found.year is None:
        found.year = int(year[1])
    elif special := _FORMAT.fullmatch(inner):
        found.format = special[1].lower().replace(" ", "-")
    elif volume := _VOLUME.fullmatch(inner):
        found.volume = volume[1].lstrip("0") or "0"
    elif inner:
        found.labels.append(inner)
    return " "


def _numbers(text: str, found: Named, *, whole: bool) -> tuple[str, str]:
    """Take the numbers out of `text`; gives what stands before the first and after the last of them."""
    if count := re.search(r"\s+of\s+(\d{1,4})\b", text, re.IGNORECASE):
        found.count = found.count or _plain(count[1])
        text = text[: count.start()] + text[count.end() :]
    spans: list[tuple[int, int]] = []
    if special := _FORMAT.search(text):
        found.format = found.format or special[1].lower().replace(" ", "-")
        if special.start() or not whole:
            spans.append(special.span())
    if volume := _VOLUME.search(text):
        found.volume = found.volume or volume[1].lstrip("0") or "0"
        spans.append(volume.span())
    number = _ISSUE.search(text) or _CHAPTER.search(text)
    if number is None:
        number = _trailing(text, spans, whole=whole)
    if number:
        found.number = _plain(number[1])
        spans.append(number.span())
    if not spans:
        return text.strip(" -–—"), ""
    return text[: min(spans)[0]].strip(" -–—:,"), text[max(end for _, end in spans) :]


def _trailing(text: str, spans: list[tuple[int, int]], *, whole: bool) -> re.Match[str] | None:
    """A bare number before " - Title" or at the end; a whole name that is a number ("300") is a title."""
    for match in (_MIDDLE.search(text), _LAST.search(text.rstrip())):
        if match is None or any(start < match.end(1) and match.start(1) < stop for start, stop in spans):
            continue
        year = spans and re.fullmatch(r"(?:19|20)\d\d", match[1])
        if not year and (match.start(1) > 0 or not whole):
            return match
    return None


def _plain(number: str) -> str:
    """Without leading zeros: "003" → "3", "000" → "0"."""
    if number == "½":
        return "0.5"
    return re.sub(r"^(-?)0+(?=\d)", r"\1", number)
