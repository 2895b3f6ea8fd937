"""Two books to listen to: one file with chapters, and one of many files that is part of a series.

There is no voice: low bells stand where the reading would be.
"""

import io

from medley.app.demo import tagging
from medley.app.demo.captions import chapters
from medley.app.demo.covers import cover, petals, waves
from medley.app.demo.paint import colour as c
from medley.app.demo.scores import drone
from medley.app.demo.sound import record
from medley.app.demo.workshop import Piece, Workshop, ffmpeg

CLOCK = "Audiobooks/Ada Winterbourne/The Clockmaker's Garden (2020)"
MAPS = "Audiobooks/Marlow Finch/The Hollow Compass/Vol 1 - The Map of Quiet Places"
CLOCK_CHAPTERS = [
    "Opening Credits",
    "The Gate That Ticked",
    "Seeds and Springs",
    "An Hour of Roses",
    "What the Sundial Knew",
]
MAPS_PARTS = ["The Folded Country", "A Scale of One to One", "Here Be Silence", "The Legend"]


def pieces() -> list[Piece]:
    """The two books."""
    return [Piece("The Clockmaker's Garden", clockmaker), Piece("The Map of Quiet Places", quiet_places)]


def _jpeg(picture: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=86)  # pyright: ignore[reportAttributeAccessIssue]
    return buffer.getvalue()


def clockmaker(shop: Workshop) -> None:
    """One M4B with five chapters."""
    size = 800 if not shop.quick else 160
    picture = _jpeg(
        cover(size, petals, c.FOREST, 12, ["THE CLOCKMAKER'S", "GARDEN"], "ADA WINTERBOURNE", ink=c.FOREST.ink)
    )
    name = f"{CLOCK}/The Clockmaker's Garden.m4b"
    shop.put(f"{CLOCK}/cover.jpg", picture)
    plot = (
        "A clockmaker inherits a garden in which every plant keeps time, and no two agree. A gentle mystery "
        "about patience, pollen and being late."
    )
    shop.put(f"{CLOCK}/desc.txt", plot)
    shop.put(f"{CLOCK}/reader.txt", "Tomas Reed")
    if shop.missing(name):
        sound, marks, joined = shop.scratch("clock.m4a"), shop.scratch("clock.chapters"), shop.scratch("clock.m4b")
        long = shop.seconds(60)
        record(drone(45, long, 3), sound, "-ac", "1", "-b:a", "64k", seconds=long)
        starts = [long * share for share in (0, 0.08, 0.32, 0.56, 0.8)]
        marks.write_text(chapters(list(zip(starts, CLOCK_CHAPTERS, strict=True)), long), encoding="utf-8")
        ffmpeg(
            "-i",
            sound,
            "-i",
            marks,
            "-map",
            "0:a",
            "-map_metadata",
            "1",
            "-map_chapters",
            "1",
            "-c",
            "copy",
            "-f",
            "ipod",
            joined,
        )
        tagging.write(joined, _tags("The Clockmaker's Garden", "Ada Winterbourne", "Tomas Reed", "2020", plot, picture))
        shop.make(name, lambda place: place.write_bytes(joined.read_bytes()))


def quiet_places(shop: Workshop) -> None:
    """Four MP3 files, the first volume of a series."""
    size = 800 if not shop.quick else 160
    picture = _jpeg(cover(size, waves, c.DESERT, 7, ["THE MAP OF", "QUIET PLACES"], "MARLOW FINCH"))
    shop.put(f"{MAPS}/cover.jpg", picture)
    plot = (
        "A mapmaker is hired to chart every place in the country where nothing can be heard. The first "
        "volume of The Hollow Compass."
    )
    shop.put(f"{MAPS}/desc.txt", plot)
    for number, part in enumerate(MAPS_PARTS, 1):
        name = f"{MAPS}/{number:02} - {part}.mp3"
        if not shop.missing(name):
            continue
        sound = shop.scratch(f"maps{number}.mp3")
        long = shop.seconds(18 + 3 * number)
        record(drone(43 + number, long, number), sound, "-ac", "1", seconds=long)
        tags = _tags(
            "The Map of Quiet Places",
            "Marlow Finch",
            "Hanna Quill",
            "2017",
            plot,
            picture,
            part,
            (number, len(MAPS_PARTS)),
            "The Hollow Compass",
        )
        tagging.write(sound, tags)
        shop.make(name, lambda place, sound=sound: place.write_bytes(sound.read_bytes()))


def _tags(
    book: str,
    author: str,
    narrator: str,
    year: str,
    plot: str,
    picture: bytes,
    part: str = "",
    track: tuple[int, int] = (1, 1),
    series: str = "",
) -> tagging.Tags:
    more = {"narrator": narrator, "publisher": "Slow Hours Audio", "language": "eng"}
    if series:
        more |= {"series": series, "series-part": "1"}
    return tagging.Tags(
        part or book,
        [author],
        book,
        author,
        year,
        "Audiobook",
        track=track,
        composer=narrator,
        comment=plot,
        more=more,
        cover=picture,
    )
