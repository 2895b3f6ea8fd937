"""What a search asks for: words, and runs of scripts that put no spaces between words."""

import re

import msgspec

from medley.core.kinds import fold

_JOINED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]+")
_MOST_WORDS = 12


class Asked(msgspec.Struct, frozen=True):
    """A search's text, folded; `runs` are found by any part, `words` mistyped, the last of them unfinished."""

    text: str
    runs: list[str]
    words: list[str]


def asked(text: str) -> Asked:
    """The text of a search, taken apart."""
    folded = fold(text)
    words, runs = parted(folded)
    return Asked(folded, runs, words.split()[:_MOST_WORDS])


def parted(folded: str) -> tuple[str, list[str]]:
    """(the words between spaces, the runs without spaces) of a folded text."""
    return _JOINED.sub(" ", folded), _JOINED.findall(folded)


def slips(word: str) -> int:
    """How many letters of the word may be wrong: missing, too many, another or swapped with the next."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
