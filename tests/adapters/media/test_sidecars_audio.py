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


def test_lyrics_keep_their_times(tmp_path: Path):
    text = "[00:01.00]<00:01.00>A <00:01.50>word"
    assert read(tmp_path, "x.elrc", f"\ufeff{text}\n".encode()).tags == {"lyrics": [text]}


TTML = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="de-DE"><body>
<div><p begin="1.5s" end="3s"><span begin="1.5s">Hal</span><span begin="2s">lo</span>
<span begin="00:00:02.250">Welt</span>
<span ttm:role="x-translation">Hello world</span><span ttm:role="x-bg"><span begin="3s">(ah)</span></span></p>
<p begin="1:02:03.004">Whole<br/>line</p></div></body></tt>"""


def test_lyrics_as_timed_text(tmp_path: Path):
    facts = read(tmp_path, "x.ttml", TTML.encode())
    assert facts.tags == {
        "lyrics:de": ["[00:01.500]<00:01.500>Hal<00:02.000>lo <00:02.250>Welt\n[62:03.004]Whole line"]
    }


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
