"""The order in which people look for names."""

import re
from functools import lru_cache

from medley.core.kinds._names.folding import fold

# "Die" and "De" are left out: "Die Hard", "De La Soul". An article needs a space behind it, so "A-ha" keeps its A.
_ARTICLE = re.compile(
    r"(?:the|an?|der|das|le|la|les|el|los|las|il|gli|het|os)\s+(?=\S)|l['\u2019](?=\w)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_WIDTH = 8


def natural_key(text: str) -> str:
    """A key under which "Track 2" comes before "Track 10"; case and accents do not count."""
    return _DIGITS.sub(_pad, fold(text))


@lru_cache(maxsize=16384)
def sort_key(text: str) -> str:
    """`natural_key` without a leading article: "The Wall" stands under W, "10 Songs" after "9 Songs"."""
    return natural_key(_ARTICLE.sub("", text.strip(), count=1) if _ARTICLE.match(text.strip()) else text)


def _pad(match: re.Match[str]) -> str:
    return match.group().lstrip("0").zfill(_WIDTH)
