"""What the names of subtitle files tell."""

import pytest

from medley.core.kinds import Companion, Entry, Folder
from medley.core.kinds._video_names import View, language_tag, subtitle


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        (".en", Companion("p", "subtitle", "en")),
        (".en.forced", Companion("p", "subtitle", "en", forced=True)),
        (".pt-BR", Companion("p", "subtitle", "pt-BR")),
        (".English.SDH", Companion("p", "subtitle", "en", hearing_impaired=True)),
        (".ger.default", Companion("p", "subtitle", "de", default=True)),
        (".hi", Companion("p", "subtitle", "hi")),
        (".en.hi", Companion("p", "subtitle", "en", hearing_impaired=True)),
        (".Director.en", Companion("p", "subtitle", "en", title="Director")),
        ("", Companion("p", "subtitle")),
    ],
)
def test_subtitle(suffix: str, expected: Companion) -> None:
    assert subtitle("p", suffix) == expected


@pytest.mark.parametrize(
    ("word", "tag"), [("zh_hans", "zh-Hans"), ("GER", "de"), ("Français", "fr"), ("xx", ""), ("", "")]
)
def test_language_tag(word: str, tag: str) -> None:
    assert language_tag(word) == tag


def test_a_subtitle_belongs_to_the_longest_name_it_begins_with() -> None:
    view = View(
        Folder(
            files=tuple(
                Entry(name) for name in ("Film.mkv", "Film 2.mkv", "Film 2.en.srt", "Film.de.srt", "Filmed.srt")
            )
        )
    )
    found = {video.stem: [each.path for each in view.subtitles(video)] for video in view.videos}
    assert found == {"Film": ["Film.de.srt"], "Film 2": ["Film 2.en.srt"]}


def test_a_vobsub_pair_counts_once() -> None:
    view = View(Folder(files=(Entry("Film.mkv"), Entry("Film.idx"), Entry("Film.sub"))))
    assert [each.path for each in view.subtitles(view.videos[0])] == ["Film.idx"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Film.mkv", "Subs/2_English.srt"), {"Film": [("en", "")]}),
        (("Film.mkv", "Subs/English (Latin America).srt"), {"Film": [("en", "Latin America")]}),
        (("Film.mkv", "Subtitles/Film.de.forced.srt"), {"Film": [("de", "")]}),
        (
            ("A.S01E01.x264.mkv", "A.S01E02.x264.mkv", "Subs/A.S01E02.x264/3_German.srt"),
            {"A.S01E02.x264": [("de", "")]},
        ),
        (("A.S01E01.x264.mkv", "A.S01E02.x264.mkv", "Subs/A.S01E01/2_eng.srt"), {"A.S01E01.x264": [("en", "")]}),
        (("A.S01E01.mkv", "A.S01E02.mkv", "Subs/2_English.srt"), {}),
        (("A.S01E01.mkv", "Subs/A.S01E02.srt"), {}),
        (("A.S01E01.mkv", "A.S01E01 - cd2.mkv", "Subs/A/2_eng.srt"), {}),
    ],
)
def test_subtitles_in_a_folder_of_their_own(names: tuple[str, ...], expected: dict[str, list[tuple[str, str]]]) -> None:
    view = View(Folder(files=tuple(Entry(name) for name in names)))
    found = {video.stem: [(each.language, each.title) for each in view.subtitles(video)] for video in view.videos}
    assert {stem: tracks for stem, tracks in found.items() if tracks} == expected
