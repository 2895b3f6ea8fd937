"""Lyrics as people write them."""

import pytest

from medley.core.kinds import Facts
from medley.core.kinds.music.lyrics import lyrics_of, parse


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[00:01.50]a\n[00:02]b", [(1500, "a"), (2000, "b")]),
        ("[00:03.00][00:01.00]chorus\n[00:02.123]verse", [(1000, "chorus"), (2123, "verse"), (3000, "chorus")]),
        ("[00:03.00] [00:01.00] chorus", [(1000, "chorus"), (3000, "chorus")]),
        ("\ufeff[ar:X]\n[ti:Y]\n[00:01.0]<00:01.0>a <00:01.5>b", [(1000, "a b")]),
        ("[00:12:50]hundredths", [(12_500, "hundredths")]),
        ("[01:00:12.50]hours", [(3_612_500, "hours")]),
        ("[1:02.345]short", [(62_345, "short")]),
        ("[offset:+500]\n[00:01.00]a\n[00:00.10]b", [(0, "b"), (500, "a")]),
        ("[offset:-500]\n[00:12.00]One", [(12_500, "One")]),
        ("[100:00.00]late", [(6_000_000, "late")]),
        ("untimed intro\n[00:01.00]a", [(1000, "a")]),
        ("[00:01.00]a\n[00:01.00]the same in English", [(1000, "a"), (1000, "the same in English")]),
        (
            "1\r\n00:00:01,500 --> 00:00:02,000\r\nof SubRip\r\n\r\n2\r\n00:01:00,000 --> 00:01:02,000\r\nb\r\nc",
            [(1500, "of SubRip"), (60_000, "b c")],
        ),
    ],
)
def test_lrc_marks_offsets_odd_stamps_and_repeated_lines(text: str, lines: list[tuple[int, str]]):
    parsed = parse(text)
    assert parsed.synced
    assert [(line.start_ms, line.text) for line in parsed.lines] == lines


def test_plain_lyrics_keep_their_verses():
    parsed = parse("one\ntwo\n\n[chorus]\nthree\n\n\n")
    assert not parsed.synced
    assert [line.text for line in parsed.lines] == ["one", "two", "", "[chorus]", "three"]


@pytest.mark.parametrize("text", ["", "\n\n", "[ti:only a title]", "[99999:99]x", "[00:61]x", "\x00", "-->", "<00:01>"])
def test_odd_lyrics_do_no_harm(text: str):
    parse(text)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[00:01.00]<00:01.00>A <00:01.50>word", [(1000, 1500, "A "), (1500, None, "word")]),
        ("[00:01.00] <00:01.00> A <00:01.50>word <00:02.00>", [(1000, 1500, "A "), (1500, 2000, "word")]),
        ("[00:01.00]A [00:01.50]word", [(1000, 1500, "A "), (1500, None, "word")]),
        ("[offset:100]\n[00:01.00]<00:01.00>syl<00:01.50>lable", [(900, 1400, "syl"), (1400, None, "lable")]),
        ("[00:01.00]no words apart", []),
    ],
)
def test_words_with_times_of_their_own(line: str, words: list[tuple[int, int | None, str]]):
    (parsed,) = parse(line).lines
    assert [(word.start_ms, word.end_ms, word.text) for word in parsed.words] == words
    if words:
        assert parsed.text == "".join(word.text for word in parsed.words)


def test_several_languages_and_those_with_times_first():
    facts = Facts("audio", "mp3", tags={"lyrics": ["plain"], "lyrics:deu": ["eins"], "lyrics:eng": ["[00:01.00]one"]})
    assert [(each.language, each.synced, each.lines[0].text) for each in lyrics_of(facts)] == [
        ("eng", True, "one"),
        ("", False, "plain"),
        ("deu", False, "eins"),
    ]
