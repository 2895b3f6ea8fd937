"""Single values out of feeds, as people write them."""

import math
import re
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz
from urllib.parse import urljoin, urlsplit

_CLOCK = re.compile(r"^\s*(?:(?:(\d{1,5}):)?(\d{1,5}):)?(\d{1,9}(?:\.\d{1,6})?)\.?\s*$")
_WORDS = re.compile(r"(\d+)\s*(h|m|s)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBER = re.compile(r"\d{1,7}")
_LATEST_MS = 32_503_680_000_000  # the year 3000
_LONGEST_MS = 30 * 24 * 3_600_000
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def date_ms(text: str) -> int:
    """A date of RFC 822 or ISO 8601, or what resembles one, in milliseconds since 1970; 0 for none."""
    text = text.strip()[:100]
    found = _iso(text) or _rfc822(text) or _day(text)
    return found if 0 < found < _LATEST_MS else 0


def _iso(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0


def _rfc822(text: str) -> int:
    try:
        parts = parsedate_tz(text)
        return mktime_tz(parts) * 1000 if parts else 0
    except (ValueError, OverflowError, IndexError, TypeError):
        return 0


def _day(text: str) -> int:
    match = _DAY.search(text)
    try:
        return int(datetime(*map(int, match.groups()), tzinfo=UTC).timestamp() * 1000) if match else 0
    except (ValueError, OverflowError):
        return 0


def duration_ms(text: str) -> int:
    """“1:02:03”, “62:03”, “3723”, “1h 2m”: in milliseconds; 0 for none."""
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
    else:
        total = sum(int(many[:9]) * _SECONDS[unit.lower()] for many, unit in _WORDS.findall(text[:50]))
    return min(int(total * 1000), _LONGEST_MS)


def seconds_ms(text: str | None) -> int:
    """A plain number of seconds, or a time of day, in milliseconds."""
    try:
        number = float(text or "0")
    except ValueError:
        return duration_ms(text or "")
    return min(int(number * 1000), _LONGEST_MS) if math.isfinite(number) and number > 0 else 0


def number(text: str) -> int | None:
    """The first whole number in a text."""
    match = _NUMBER.search(text)
    return int(match[0]) if match else None


def size(text: str | None) -> int:
    """A number of bytes; feeds that do not know say 0, 1, or nothing sensible."""
    try:
        found = int((text or "").strip().replace(",", ""))
    except ValueError:
        return 0
    return found if 1024 <= found < 1 << 40 else 0


def yes(text: str) -> bool:
    """“yes”, “true”, “explicit”."""
    return text.strip().lower() in ("yes", "true", "explicit", "1")


def address(text: str | None, base: str) -> str:
    """An http or https address, made whole with `base`; "" for any other."""
    text = (text or "").strip()
    if not text or len(text) > 4096:
        return ""
    try:
        whole = urljoin(base, text)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in ("http", "https") and parts.netloc else ""


def one_line(text: str, most: int = 500) -> str:
    """Text without line breaks and runs of white space, of at most `most` characters."""
    return " ".join(text.split())[:most]
