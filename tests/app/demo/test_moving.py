"""Films, episodes, clips and lessons hold the streams, chapters and sidecars that they are there to show."""

import json
from pathlib import Path
from typing import Any

import av
from defusedxml import ElementTree


def _streams(path: Path) -> list[tuple[str, str, str]]:
    with av.open(str(path)) as container:
        return [(one.type, one.codec_context.name, one.metadata.get("language", "")) for one in container.streams]


def _chapters(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [one["metadata"]["title"] for one in container.chapters()]


def test_one_film_has_chapters_two_languages_and_three_subtitles(demo: Path):
    film = next(demo.glob("Films/The Lamplighter*/*.mkv"))
    streams = _streams(film)
    assert [one[0] for one in streams] == ["video", "audio", "audio", "subtitle", "subtitle", "subtitle"]
    assert streams[0][1] == "h264"
    assert [language for kind, _, language in streams if kind == "audio"] == ["eng", "fra"]
    assert [codec for kind, codec, _ in streams if kind == "subtitle"] == ["srt", "ssa", "srt"]
    assert _chapters(film) == ["Evening", "Night", "Morning"]
    assert (film.parent / f"{film.stem}.de.vtt").read_text().startswith("WEBVTT")


def test_one_film_needs_converting(demo: Path):
    film = next(demo.glob("Films/Greenwood*/*.mkv"))
    assert [codec for _, codec, _ in _streams(film)] == ["hevc", "ac3"]
    assert len(_chapters(film)) == 3


def test_one_film_has_two_versions_of_different_size(demo: Path):
    heights = []
    for film in sorted(demo.glob("Films/Northbound*/*.mp4")):
        with av.open(str(film)) as container:
            heights.append(container.streams.video[0].height)
            assert [one.codec_context.name for one in container.streams] == ["h264", "aac"]
    assert len(heights) == 2
    assert heights[0] > heights[1]


def test_pictures_and_descriptions_stand_beside_the_films(demo: Path):
    for folder in (demo / "Films").iterdir():
        assert (folder / "poster.jpg").exists()
        assert (folder / "fanart.jpg").exists()
        root: Any = ElementTree.parse(next(folder.glob("*.nfo"))).getroot()
        assert root.tag == "movie"
        assert root.findtext("plot")
        assert root.findall("actor/name")


def test_the_show_has_two_seasons_of_three_episodes(demo: Path):
    show = demo / "Shows/Tideways (2022)"
    root: Any = ElementTree.parse(show / "tvshow.nfo").getroot()
    assert root.findtext("title") == "Tideways"
    for season in ("Season 01", "Season 02"):
        episodes = [path for path in (show / season).iterdir() if path.suffix in {".mp4", ".mkv"}]
        assert len(episodes) == 3
        for episode in episodes:
            assert [one[0] for one in _streams(episode)] == ["video", "audio"]
            assert episode.with_suffix(".nfo").exists()


def test_the_channel_is_described_as_downloaders_do(demo: Path):
    for clip in demo.glob("Videos/*/*.mp4"):
        facts = json.loads(clip.with_suffix(".info.json").read_text())
        assert f"[{facts['id']}]" in clip.name
        assert facts["channel"] == clip.parent.name
        assert [one[0] for one in _streams(clip)] == ["video", "audio"]
    assert len(list(demo.glob("Videos/*/*.mp4"))) == 2


def test_the_course_has_numbered_lessons_and_an_attachment(demo: Path):
    course = demo / "Courses/Painting with Distance"
    assert [len(list(section.glob("*.mp4"))) for section in sorted(course.glob("0*"))] == [3, 2]
    assert len(list(course.glob("*/*.pdf"))) == 1
