import json
from pathlib import Path

import pytest

from medley.adapters.media.sidecars_audio import READER
from medley.core.kinds import Chapter, Facts
from medley.kernel.errors import InvalidInput, MedleyError, TooLarge, Unsupported


def read(folder: Path, name: str, data: bytes) -> Facts:
    (folder / name).write_bytes(data)
    with (folder / name).open("rb") as file:
        return READER.read(file, name)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_cue_sheets_in_any_encoding(tmp_path: Path, coding: str):
    sheet = 'PERFORMER "Кино"\nTITLE "Группа крови"\n'
    facts = read(tmp_path, "x.cue", sheet.encode(coding))
    assert facts.format == "cue"
    assert facts.tags["cuesheet"][0].splitlines() == sheet.splitlines()


def test_western_text_that_is_not_utf8_is_windows_1252(tmp_path: Path):
    assert read(tmp_path, "desc.txt", "Motörhead – Ace of Spades".encode("cp1252")).tags["text"] == [
        "Motörhead – Ace of Spades"
    ]


@pytest.mark.parametrize(
    ("lrc", "lines"),
    [
        ("\ufeff[ti:Song]\n[00:12.00]One\n[00:17.20]Two", ["[00:12.00]One", "[00:17.20]Two"]),
        ("[00:12:50]One", ["[00:12.50]One"]),
        ("[1:02.345]One", ["[01:02.34]One"]),
        ("[01:02]One", ["[01:02.00]One"]),
        ("[00:20.00][00:10.00]Chorus\n[00:15.00]Verse", ["[00:10.00]Chorus", "[00:15.00]Verse", "[00:20.00]Chorus"]),
        ("[offset:+500]\n[00:12.00]One\n[00:00.10]Zero", ["[00:00.00]Zero", "[00:11.50]One"]),
        ("[offset:-500]\n[00:12.00]One", ["[00:12.50]One"]),
        ("Just words\n\nand more", ["Just words", "", "and more"]),
        ("[00:01.00]<00:01.00>A <00:01.50>word", ["[00:01.00]<00:01.00>A <00:01.50>word"]),
    ],
)
def test_lyrics_come_in_one_form(tmp_path: Path, lrc: str, lines: list[str]):
    assert read(tmp_path, "x.lrc", lrc.encode()).tags["lyrics"][0].splitlines() == lines


def test_audiobookshelf_metadata(tmp_path: Path):
    said = {
        "title": "Wizards First Rule",
        "authors": ["Terry Goodkind"],
        "narrators": ["Sam Tsoutsouvas"],
        "series": ["Sword of Truth #1"],
        "publishedYear": "2008",
        "genres": ["Fantasy"],
        "abridged": True,
        "explicit": False,
        "chapters": [{"id": 0, "start": 0, "end": 6004.6675, "title": "Opening"}, {"start": "x"}],
    }
    facts = read(tmp_path, "metadata.json", json.dumps(said).encode())
    assert facts.format == "abs-json"
    assert facts.tags["series"] == ["Sword of Truth #1"]
    assert facts.tags["narrator"] == ["Sam Tsoutsouvas"]
    assert facts.tags["abridged"] == ["1"]
    assert facts.chapters == [Chapter(0, 6_004_668, "Opening")]


def test_the_older_nested_form(tmp_path: Path):
    said = {"metadata": {"title": "T", "series": [{"name": "S", "sequence": "1.5"}]}}
    assert read(tmp_path, "metadata.json", json.dumps(said).encode()).tags["series"] == ["S #1.5"]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("metadata.json", b"{", InvalidInput),
        ("metadata.json", b"[1]", Unsupported),
        ("metadata.json", b'{"a": 1}', Unsupported),
        ("metadata.json", b"[" * 200_000, InvalidInput),
        ("x.cue", b"x" * (5 << 20), TooLarge),
        ("x.doc", b"x", Unsupported),
    ],
)
def test_what_cannot_be_read_is_explained(tmp_path: Path, name: str, data: bytes, error: type[MedleyError]):
    with pytest.raises(error):
        read(tmp_path, name, data)
