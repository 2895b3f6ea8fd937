"""Several people in one text, and names that stand for nobody in particular."""

import re
from functools import lru_cache

from medley.core.kinds._names.folding import fold

VARIOUS = "Various Artists"
VARIOUS_MBID = "89ad4ac3-39f7-470e-963a-56509c546377"

_FEATURING = re.compile(r"\s+[\[(]?(?:feat(?:uring)?\.?|ft\.?|f/)\s+(?P<guests>.+?)[\])]?$", re.IGNORECASE)
_IN_TITLE = re.compile(r"[\[(]\s*(?:feat(?:uring)?\.?|ft\.?)\s+(?P<guests>[^\])]+)[\])]", re.IGNORECASE)
# "AC/DC" and "Earth, Wind & Fire" are one artist: a slash needs spaces, commas and "&" do not separate.
_ARTISTS = re.compile(r"\s+/\s+|\s*;\s*|\s+•\s+|\s*\0\s*")
_GUESTS = re.compile(r"\s+/\s+|\s*;\s*|\s*,\s+|\s+&\s+|\s+and\s+", re.IGNORECASE)
_AUTHORS = re.compile(r"\s*;\s*|\s+/\s+|\s+&\s+|\s+and\s+|\s*•\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_SUFFIX = re.compile(r"(?:jr|sr|ph\.?d|m\.?d|ii|iii|iv|esq)\.?$", re.IGNORECASE)
_VALUES = re.compile(r"\s*[;/,|\0]\s*")
_ROLES = re.compile(r"\s*[;/\0]\s*")
_SLASHED = re.compile(r"\b(?:AC/DC|De/Vision|M/A/R/R/S)\b", re.IGNORECASE)  # one name all the same
_VARIOUS_NAMES = """Various Artists|Various|VA|V.A.|V/A|V.A|Various Artist|Varios Artistas|Varios|Artistas Varios
Verschiedene Interpreten|Verschiedene|Diverse|Divers|Artistes Divers|Artisti Vari|AA.VV.|Multi-interprètes
Vários Artistas|Różni wykonawcy|Разные исполнители|群星|ヴァリアス・アーティスト"""
_VARIOUS = frozenset(fold(name) for name in re.split("[|\n]", _VARIOUS_NAMES))


@lru_cache(maxsize=8192)
def split_artists(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(artists, guests) of a single tag value: "A / B feat. C" is A and B with C."""
    guests: tuple[str, ...] = ()
    match = _FEATURING.search(text)
    if match and match.start():
        guests = tuple(filter(None, _GUESTS.split(match["guests"])))
        text = text[: match.start()]
    return tuple(filter(None, _ARTISTS.split(text.strip()))), guests


@lru_cache(maxsize=4096)
def guests_in_title(title: str) -> tuple[str, ...]:
    """The guests in "Song (feat. A & B)"."""
    match = _IN_TITLE.search(title)
    return tuple(filter(None, _GUESTS.split(match["guests"].strip()))) if match else ()


@lru_cache(maxsize=4096)
def split_authors(text: str) -> tuple[str, ...]:
    """People of a single value: "A & B", "A; B", "A, B"; "Tolkien, J.R.R." is one, turned round."""
    people: list[str] = []
    for part in _AUTHORS.split(text.strip()):
        words = [word for word in _COMMA.split(part) if word]
        if len(words) == 2 and _SUFFIX.match(words[1]):
            people.append(", ".join(words))
        elif len(words) == 2 and " " not in words[0] and (" " not in words[1] or "." in words[1]):
            people.append(f"{words[1]} {words[0]}")
        else:
            people += words
    return tuple(dict.fromkeys(people))


@lru_cache(maxsize=4096)
def split_roles(text: str) -> tuple[str, ...]:
    """Composers, producers … of a single value: "Lennon/McCartney", "A; B"; a comma may be within a name."""
    if not _ROLES.search(text):
        return (text,)
    text = _SLASHED.sub(lambda match: match[0].replace("/", "\1"), text)
    return tuple(dict.fromkeys(part.replace("\1", "/") for part in _ROLES.split(text.strip()) if part))


@lru_cache(maxsize=4096)
def split_values(text: str) -> tuple[str, ...]:
    """Genres, moods, codes of a single value: "Rock; Pop", "Hip-Hop/Rap"."""
    return tuple(dict.fromkeys(filter(None, _VALUES.split(text.strip()))))


@lru_cache(maxsize=4096)
def is_various(name: str) -> bool:
    """Whether the name says that there are many artists."""
    return fold(name) in _VARIOUS
