"""Whatever files are called, recognising answers, quickly, and with well-formed guesses."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medley.core.kinds import Entry, Facts, Folder, Kind
from medley.core.kinds._video_names import parse_episode, parse_release
from medley.core.kinds.course import KIND as COURSE
from medley.core.kinds.film import KIND as FILM
from medley.core.kinds.show import KIND as SHOW
from medley.core.kinds.video import KIND as VIDEO

KINDS = (FILM, SHOW, VIDEO, COURSE)
_PIECES = [
    "S01E02", "-E03", "1x05", "(2010)", "2024-01-31", "2024", "[Grp]", "cd1", "part", "-trailer", ".en", "sample",
    "1080p", "{edition-", "Director's Cut}", "[tmdbid-1]", "Season 1", "Specials", "Film", "Dune", ".", " ", "-", "_",
    "(", "]", "第1季", "é", "\u0301", "\udcff", "0", "9999999999", "Trailers", "BDMV", "STREAM", "VIDEO_TS", "tvshow",
    "poster", "season01-", "|",
]  # fmt: skip
_NAMES = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=30)
).filter(lambda name: "/" not in name)
_EXTENSIONS = st.sampled_from(["mkv", "mp4", "srt", "nfo", "jpg", "info.json", "pdf", "m2ts", "VOB", ""])
_TAGS = st.dictionaries(
    st.sampled_from(
        ["nfo", "title", "year", "plot", "episode", "episodes", "epbookmark", "id", "upload_date", "actor", "set"]
    ),
    st.lists(st.sampled_from(["movie", "tvshow", "1", "", "x", "1e999", "nan", "[]", "{}", "20240131"]), max_size=2),
)
_FACTS = st.one_of(
    st.none(),
    st.builds(lambda tags: Facts("sidecar", "nfo", tags=tags), _TAGS),
    st.builds(lambda tags: Facts("sidecar", "info-json", tags=tags), _TAGS),
    st.builds(lambda height: Facts("video", "matroska", width=height * 2, height=height), st.integers(0, 5000)),
)
_ENTRIES = st.builds(
    lambda stem, extension, facts: Entry(f"{stem}.{extension}" if extension else stem, 1, 0, facts),
    _NAMES, _EXTENSIONS, _FACTS,
)  # fmt: skip
_FOLDERS = st.builds(
    Folder,
    parts=st.lists(_NAMES, max_size=4).map(tuple),
    source_name=st.one_of(st.just(""), _NAMES),
    files=st.lists(_ENTRIES, max_size=8).map(tuple),
    folders=st.lists(_NAMES, max_size=3).map(tuple),
    above=st.lists(st.lists(_NAMES.map(lambda name: f"{name}.mkv"), max_size=3).map(tuple), max_size=3).map(tuple),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=150, deadline=None)
@given(folder=_FOLDERS)
@example(folder=Folder(parts=(" ",), source_name="", files=(Entry("0.mkv", 1, 0),)))
def test_every_folder_has_an_answer(kind: Kind, folder: Folder) -> None:
    paths = {folder.path(entry.name) for entry in folder.files} | {""}
    levels = [level.name for level in kind.levels]
    for guess in kind.recognise(folder):
        assert guess.kind == kind.name
        assert guess.path in paths
        assert 0 <= guess.confidence <= 1
        assert [rung.level for rung in guess.ladder] == levels[: len(guess.ladder)]
        assert all(rung.identity and rung.title for rung in guess.ladder)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=60, deadline=None)
@given(folder=_FOLDERS)
def test_the_same_folder_has_the_same_answer(kind: Kind, folder: Folder) -> None:
    assert list(kind.recognise(folder)) == list(kind.recognise(folder))


def test_hostile_names_take_no_longer_than_others() -> None:
    names = ["s01e01" + "-e" * 20_000, "." * 20_000, "(2010" * 5_000, "a." * 10_000, "[" * 20_000, "1 " * 10_000]
    names += ["season " * 3_000, "- 1 " * 5_000, " ._-" * 5_000 + "x", "part " * 4_000, "2010" + " " * 20_000]
    started = time.process_time()
    for name in names:
        parse_release(name[:255])
        parse_episode(name[:255])
    assert time.process_time() - started < 5  # a hundred times what it takes; a trap takes minutes
