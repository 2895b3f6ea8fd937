"""Archived channels and home videos."""

from medley.core.kinds import Entry, Facts, Folder, Guess
from medley.core.kinds.video import KIND


def recognised(*names: str | Entry, parts: tuple[str, ...] = (), source: str = "") -> dict[str, Guess]:
    files = tuple(Entry(name, 1000) if isinstance(name, str) else name for name in names)
    return {guess.path.rpartition("/")[2]: guess for guess in KIND.recognise(Folder(parts, source, files))}


def test_a_channel_folder() -> None:
    name = "20200501 - A Title [dQw4w9WgXcQ].mkv"
    guess = recognised(name, parts=("YouTube", "Some Channel", "2020"))[name]
    channel, video = guess.ladder
    assert (channel.title, video.title, video.date, video.year) == ("Some Channel", "A Title", "2020-05-01", 2020)
    assert video.ids == {"youtube": "dQw4w9WgXcQ"}
    assert guess.confidence == 0.95


def test_a_renamed_video_with_a_site_id_stays_the_same() -> None:
    before = recognised("Old title [dQw4w9WgXcQ].mkv", parts=("Channel",))
    after = recognised("2020-01-01 New title [dQw4w9WgXcQ].webm", parts=("Channel",))
    assert [guess.ladder[1].identity for guess in (*before.values(), *after.values())] == ["channel|dqw4w9wgxcq"] * 2


def test_a_folder_per_video_is_no_channel() -> None:
    found = recognised("T [dQw4w9WgXcQ].mkv", parts=("Channel", "T [dQw4w9WgXcQ]"))
    assert found["T [dQw4w9WgXcQ].mkv"].ladder[0].title == "Channel"


def test_info_json_wins() -> None:
    tags = {
        "id": ["abc"], "title": ["Real: Title?"], "description": ["Words."], "channel": ["Channel!"],
        "upload_date": ["2024-01-31"], "webpage_url": ["https://example.org/abc"],
        "extractor": ["Vimeo"], "keywords": ["a", "b"],
    }  # fmt: skip
    info = Entry("Real_ Title_.info.json", 1, 0, Facts("sidecar", "info-json", tags=tags))
    guess = recognised("Real_ Title_.mp4", "Real_ Title_.webp", info, parts=("Channel",))["Real_ Title_.mp4"]
    channel, video = guess.ladder
    assert (channel.identity, channel.title) == ("channel", "Channel!")
    assert (video.title, video.date, video.overview, video.ids) == (
        "Real: Title?",
        "2024-01-31",
        "Words.",
        {"vimeo": "abc"},
    )
    assert video.fields["webpage_url"] == "https://example.org/abc"
    assert video.art[0].path == "Channel/Real_ Title_.webp"


def test_two_birthdays_are_two_videos() -> None:
    found = recognised("2019-05-01 Birthday.mp4", "2020-05-01 Birthday.mp4", parts=("Home Videos", "Family"))
    assert {guess.ladder[1].title for guess in found.values()} == {"Birthday"}
    assert len({guess.ladder[1].identity for guess in found.values()}) == 2


def test_the_recording_itself_knows_its_day_and_place() -> None:
    tags = {"datetaken": ["2021-07-04T12:00:00"], "latitude": ["48.1"], "longitude": ["11.5"]}
    video = recognised(Entry("clip.mp4", 1, 0, Facts("video", "mp4", tags=tags)), source="Family")["clip.mp4"].ladder[1]
    assert (video.date, video.fields) == ("2021-07-04", {"latitude": 48.1, "longitude": 11.5})


def test_a_plain_hyphenated_title_has_no_id() -> None:
    assert recognised("Trip to Rome-Restaurants.mp4")["Trip to Rome-Restaurants.mp4"].ladder[1].ids == {}


def test_a_feature_length_file_is_rather_a_film() -> None:
    long = Entry("x.mp4", 1, 0, Facts("video", "mp4", 7_200_000))
    assert recognised(long)["x.mp4"].confidence < 0.4
