"""One podcast of three episodes, as a downloader leaves it: a folder of dated files."""

import io

from medley.app.demo import tagging
from medley.app.demo.covers import cover, rings
from medley.app.demo.paint import colour as c
from medley.app.demo.scores import DORIAN, MAJOR, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import BELL, GLASS, HARP
from medley.app.demo.workshop import Piece, Workshop

NAME = "Small Instruments"
FOLDER = f"Podcasts/{NAME}"
EPISODES = [
    (
        "2024-03-01",
        "Why Bells Hum",
        "A bell has five notes and no intention of playing only one of them.",
        Style(57, DORIAN, TURNS[1], 76, BELL, BELL, seed=71),
    ),
    (
        "2024-03-15",
        "The Glass Harp",
        "Wet fingers, thin rims, and a century in which nobody dared to play it.",
        Style(60, MAJOR, TURNS[0], 70, GLASS, GLASS, seed=72),
    ),
    (
        "2024-04-01",
        "Strings Without Hands",
        "How the wind learned to play, and why it still prefers minor keys.",
        Style(52, DORIAN, TURNS[5], 84, HARP, HARP, seed=73),
    ),
]


def pieces() -> list[Piece]:
    """The podcast."""
    return [Piece(NAME, podcast)]


def podcast(shop: Workshop) -> None:
    """Three MP3 episodes with a cover."""
    buffer = io.BytesIO()
    size = 800 if not shop.quick else 160
    cover(
        size, rings, c.CITRUS, 8, ["SMALL", "INSTRUMENTS"], "A PODCAST ABOUT QUIET SOUNDS", at=0.16, ink=(72, 48, 16)
    ).save(buffer, "JPEG", quality=86)
    picture = buffer.getvalue()
    shop.put(f"{FOLDER}/cover.jpg", picture)
    for number, (date, title, about, style) in enumerate(EPISODES, 1):
        name = f"{FOLDER}/{date} - {title}.mp3"
        if not shop.missing(name):
            continue
        sound = shop.scratch(f"podcast{number}.mp3")
        long = shop.seconds(28 + number)
        record(compose(style, long), sound, seconds=long)
        more = {
            "podcast": "1",
            "podcasturl": "https://example.org/small-instruments/feed.xml",
            "podcastdesc": about,
            "season": "1",
            "episode": str(number),
        }
        more["episodeid"] = f"small-instruments-{number}"
        tags = tagging.Tags(
            title,
            ["Tomas Reed"],
            NAME,
            "Tomas Reed",
            date,
            "Podcast",
            track=(number, 3),
            comment=about,
            more=more,
            cover=picture,
        )
        tagging.write(sound, tags)
        shop.make(name, lambda place, sound=sound: place.write_bytes(sound.read_bytes()))
