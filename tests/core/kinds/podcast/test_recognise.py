import pytest
from tests.core.kinds.audio_folders import folder, leaf, sidecar, sound, titles

from medley.core.kinds import Folder, Guess
from medley.core.kinds.music import KIND as MUSIC
from medley.core.kinds.podcast import KIND


def recognise(place: Folder) -> list[Guess]:
    return list(KIND.recognise(place))


def test_a_tagged_episode():
    (guess,) = recognise(
        folder(
            "Podcasts/Show",
            sound(
                "x.mp3",
                album="The Show",
                title="Hello",
                artist="Host",
                date="2024-01-31",
                podcast="1",
                podcasturl="https://example.org/feed",
                episodeid="guid-1",
                description="About nothing",
            ),
            "cover.jpg",
        )
    )
    assert titles(guess) == ["The Show", "Hello"]
    assert leaf(guess).identity == "the show|guid 1"
    assert (leaf(guess).date, leaf(guess).overview) == ("2024-01-31", "About nothing")
    assert guess.ladder[0].ids == {"feed": "https://example.org/feed"}
    assert [art.path for art in guess.ladder[0].art] == ["Podcasts/Show/cover.jpg"]
    assert guess.confidence == 0.95


@pytest.mark.parametrize(
    ("name", "title", "date", "season", "episode"),
    [
        ("2024-01-31 - Hello.mp3", "Hello", "2024-01-31", None, None),
        ("20240131_Hello.mp3", "Hello", "2024-01-31", None, None),
        ("Hello (2024.01.31).mp3", "Hello", "2024-01-31", None, None),
        ("S02E05 - Hello.mp3", "Hello", "", 2, 5),
        ("2024-01-31 #12 Hello.mp3", "Hello", "2024-01-31", None, 12),
        ("Episode 7: Hello.mp3", "Hello", "", None, 7),
        ("012 - Hello.mp3", "Hello", "", None, 12),
    ],
)
def test_names(name: str, title: str, date: str, season: int | None, episode: int | None):
    (guess,) = recognise(folder("The Show", name))
    rung = leaf(guess)
    assert (titles(guess)[0], rung.title, rung.date, rung.group, rung.number) == (
        "The Show",
        title,
        date,
        season,
        episode,
    )


def test_season_and_year_folders_belong_to_the_show():
    (one,) = recognise(folder("Podcasts/The Show/Season 2", "01 - Hello.mp3", above=(("cover.jpg",),)))
    (two,) = recognise(folder("Podcasts/The Show/2024", "01 - Hello.mp3"))
    assert titles(one)[0] == titles(two)[0] == "The Show"
    assert (leaf(one).group, leaf(two).group) == (2, None)
    assert one.ladder[0].art[0].path == "Podcasts/The Show/cover.jpg"


def test_info_json_beside_the_file():
    (guess,) = recognise(
        folder(
            "The Show",
            sound("Hello [abc].mp3"),
            sidecar("Hello [abc].info.json", "info-json", title="Hello", id="abc", upload_date="2024-01-31"),
            "Hello [abc].jpg",
        )
    )
    assert (leaf(guess).title, leaf(guess).date, leaf(guess).ids) == ("Hello", "2024-01-31", {"guid": "abc"})
    assert [art.role for art in leaf(guess).art] == ["thumb"]


def test_dated_names_outweigh_music_and_plain_albums_do_not():
    dated = folder("Show", *(sound(f"2024-01-0{day} Talk.mp3", artist="A", album="Show") for day in (1, 2, 3)))
    album = folder("A/B", sound("01.mp3", artist="A", album="B"))
    assert recognise(dated)[0].confidence > next(iter(MUSIC.recognise(dated))).confidence
    assert recognise(album)[0].confidence < next(iter(MUSIC.recognise(album))).confidence


def test_the_same_episode_keeps_its_identity_in_another_place():
    (one,) = recognise(folder("Podcasts/The Show", "2024-01-31 - Hello.mp3"))
    (two,) = recognise(folder("Old/the show", "Hello 2024-01-31.ogg"))
    assert leaf(one).identity == leaf(two).identity == "the show|2024-01-31|hello"
