"""Numbers in names: discs, tracks, parts, years and dates."""

import re
from functools import lru_cache

_DISC_FOLDER = re.compile(
    r"(?:cd|dis[ck]|disque|disco|vinyl|lp|side|platte)[\s._#-]*(?:(?P<number>\d{1,3})|(?P<letter>[a-h]))(?:\b|_)[\s._:-]*(?P<title>.*)",
    re.IGNORECASE,
)
_DISC_SUFFIX = re.compile(
    r"\s*[\[({,:;-]*\s*\b(?:cd|dis[ck])[\s._#-]*(?P<number>\d{1,3})(?:\s*(?:of|/)\s*\d+)?\s*[\])}]?$", re.IGNORECASE
)
_TRACK = re.compile(
    r"(?:(?:dis[ck]|cd)[\s._-]*)?(?:(?P<disc>\d{1,2})[.-](?=\d{2}\b))?(?P<number>\d{1,3})(?:\s*[.)_-]+\s*|\s+)(?P<title>\S.*)$",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?P<side>[A-H])(?P<number>\d{1,2})\s*[.)_ -]+\s*(?P<title>\S.*)$")
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-._ ]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_ISO = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?")
_LEADING = re.compile(r"\s*#?(\d+)")


@lru_cache(maxsize=4096)
def disc_folder(name: str) -> int | None:
    """The number of a folder that only divides an album or book: "CD1", "Disc 02 - Live", "Side B"; else None."""
    match = _DISC_FOLDER.match(name.strip())
    if match is None:
        return None
    letter = match["letter"]
    return ord(letter.lower()) - ord("a") + 1 if letter else int(match["number"])


def disc_folder_title(name: str) -> str:
    """What a disc folder is called besides its number: "Live" of "Disc 02 - Live"."""
    match = _DISC_FOLDER.match(name.strip())
    return match["title"].strip(" -()[]") if match else ""


@lru_cache(maxsize=4096)
def without_disc(title: str) -> tuple[str, int | None]:
    """A title without "(Disc 2)", "[CD1]", ", cd 2" at its end, and the number; untouched when nothing else is left."""
    match = _DISC_SUFFIX.search(title)
    if match is None or not match.start():
        return title, None
    return title[: match.start()].rstrip(), int(match["number"])


def leading_number(text: str) -> int | None:
    """The number at the beginning of a tag's value: 3 of "03/12", "3" or "#3"."""
    match = _LEADING.match(text)
    return int(match[1]) if match and len(match[1]) < 10 else None


def track_name(stem: str) -> tuple[int | None, int | None, str]:
    """(disc, track, title) of a file name without its extension: "1-05 Title", "05. Title", "B2 Title"."""
    stem = stem.replace("_", " ").strip() if " " not in stem else stem.strip()
    match = _TRACK.match(stem)
    if match:
        disc = int(match["disc"]) if match["disc"] else None
        number, title = match["number"], match["title"].strip()
        if disc is None and len(number) == 3 and number[0] != "0" and number[1:] != "00":
            return int(number[0]), int(number[1:]), title  # 105: disc 1, track 5
        return disc, int(number), title
    match = _SIDE.match(stem)
    if match:
        return ord(match["side"]) - ord("A") + 1, int(match["number"]), match["title"].strip()
    return (None, int(stem), stem) if stem.isdecimal() and len(stem) < 4 else (None, None, stem)


def iso_date(text: str) -> str:
    """A tag's date as exact as known, ISO 8601: "1999", "1999-03", "1999-03-01"; "" when it is none."""
    match = _ISO.match(text.strip())
    if match is None or match[1] == "0000":
        return ""
    parts = [match[1]]
    for part, last in ((match[2], 12), (match[3], 31)):
        if not part or not 1 <= int(part) <= last:
            break
        parts.append(part)
    return "-".join(parts)


def date_in_name(name: str) -> tuple[str, str]:
    """(ISO date, the name without it) of "2024-01-31 - Title", "Title 20240131"; ("", name) without one."""
    match = _DATE.search(name)
    if match is None:
        return "", name
    rest = f"{name[: match.start()].rstrip(' -_.([')} {name[match.end() :].lstrip(' -_.)]')}".strip()
    return f"{match['y']}-{match['m']}-{match['d']}", rest


def year_of(date: str) -> int | None:
    """The year of an ISO date."""
    return int(date[:4]) if date[:4].isdecimal() else None
