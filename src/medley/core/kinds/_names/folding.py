"""When two names are the same name."""

import re
import unicodedata
from functools import lru_cache

# Only marks that writers of the script themselves treat as optional: dropping kana voicing or Indic vowel signs would
# make different words equal.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u00b4`]")
_PUNCTUATION = re.compile(r"(?:(?![\u3099\u309a\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f])[\W_])+")
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "&": " and "}
)
# Punctuation is part of what these mean.
_VERBATIM = re.compile(r"\d{4}-\d\d(?:-\d\d)?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """`text` as one would compare it: no case, accents or punctuation, single spaces, "&" read as "and".

    A name that is nothing but punctuation ("!!!", "÷") keeps it, so that it does not equal every other such name.
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).casefold()
        folded = unicodedata.normalize("NFC", _MARKS.sub("", folded))
    folded = _APOSTROPHES.sub("", folded.translate(_LETTERS))
    return _PUNCTUATION.sub(" ", folded).strip() or " ".join(text.casefold().split())


def identity(*parts: object) -> str:
    """One identity out of its parts: each folded, joined by "|", positions kept when a part is None or "".

    A part may itself be an identity (of the rung above): its bars stay. Dates and UUIDs stay as they are; whole floats
    are written as integers.
    """
    return "|".join(_part(part) for part in parts)


def _part(part: object) -> str:
    if part is None:
        return ""
    if isinstance(part, float):
        return f"{part:g}"
    text = str(part)
    if "|" in text:
        return "|".join(_part(piece) for piece in text.split("|"))
    return text if _VERBATIM.fullmatch(text) else fold(text)
