"""Lyrics as people write them."""

import pytest

from medley.protocols.native._lyrics import parse
from medley.protocols.native._wire.answers import LyricLine


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[00:01.50]a\n[00:02]b", [(1500, "a"), (2000, "b")]),
        ("[00:03.00][00:01.00]chorus\n[00:02.123]verse", [(1000, "chorus"), (2123, "verse"), (3000, "chorus")]),
        ("\ufeff[ar:X]\n[ti:Y]\n[00:01.0]<00:01.0>a <00:01.5>b", [(1000, "a b")]),
        ("[offset:+500]\n[00:01.00]a\n[00:00.10]b", [(0, "b"), (500, "a")]),
        ("[100:00.00]late", [(6_000_000, "late")]),
        ("untimed intro\n[00:01.00]a", [(1000, "a")]),
    ],
)
def test_timed_lyrics(text: str, lines: list[tuple[int, str]]) -> None:
    parsed = parse(text)
    assert parsed.synced
    assert parsed.lines == [LyricLine(*each) for each in lines]


def test_plain_lyrics_keep_their_verses() -> None:
    parsed = parse("one\ntwo\n\n[chorus]\nthree\n\n\n")
    assert not parsed.synced
    assert [line.text for line in parsed.lines] == ["one", "two", "", "[chorus]", "three"]


@pytest.mark.parametrize("text", ["", "\n\n", "[ti:only a title]", "[99999:99]x", "[00:61]x", "\x00"])
def test_odd_lyrics_do_no_harm(text: str) -> None:
    parse(text)
