"""Names of files that every file system holds, and that are recognised again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medley.core.kinds.podcast.layout import file_stem, folder_name, safe_name
from medley.core.kinds.podcast.recognise import _named

_JANUARY = 1_706_680_800_000


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_title_is_a_name(title: str):
    name = folder_name(title)
    assert 1 <= len(name.encode()) <= 121
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]', name)
    assert not set(name[0] + name[-1]) & set(" .")
    assert safe_name(name) == name


@pytest.mark.parametrize("title", ["con", "LPT1.mp3", "NUL"])
def test_names_that_windows_keeps_for_itself(title: str):
    assert folder_name(title) == f"_{title}"


def test_a_name_tells_what_is_known():
    assert file_stem("A: B", _JANUARY, 2, 5) == "2024-01-31 - S02E05 - A B"
    assert file_stem("", 0) == "Episode"
    assert file_stem("T", 0, None, 5) == "T"


def test_what_it_tells_is_understood():
    named = _named(file_stem("Hello", _JANUARY, 2, 5))
    assert (named.date, named.season, named.episode, named.title) == ("2024-01-31", 2, 5, "Hello")
