"""A course: two sections of numbered lessons, and a work sheet."""

import io

from medley.app.demo import pdf, scenes
from medley.app.demo.paint.scene import Scene
from medley.app.demo.paint.texture import Size
from medley.app.demo.posters import Painter, poster
from medley.app.demo.reel import Shot, film, join
from medley.app.demo.scores import LYDIAN, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import GLASS, PIANO
from medley.app.demo.words import chapters_of
from medley.app.demo.workshop import Piece, Workshop

COURSE = "Courses/Painting with Distance"


def _hour(hour: int) -> Painter:
    def paint(size: Size) -> Scene:
        return scenes.saltmarsh(size, hour)

    return paint


LESSONS: list[tuple[str, str, Painter]] = [
    ("01 - Seeing", "01 - Why Far Hills Are Blue", _hour(2)),
    ("01 - Seeing", "02 - Counting Layers", scenes.greenwood),
    ("01 - Seeing", "03 - Where the Light Stands", _hour(0)),
    ("02 - Painting", "01 - The Sky First", lambda size: scenes.tideways(size, 1)),
    ("02 - Painting", "02 - Mist as an Eraser", lambda size: scenes.greenwood(size, 1)),
]


def pieces() -> list[Piece]:
    """The lessons, the attachment, and the course's poster."""
    lessons = [
        Piece(f"Lesson: {name[5:]}", lambda shop, index=index: lesson(shop, index))
        for index, (_, name, _) in enumerate(LESSONS)
    ]
    return [*lessons, Piece("Painting with Distance", course)]


def lesson(shop: Workshop, index: int) -> None:
    """A short lesson in H.264."""
    section, name, paint = LESSONS[index]
    place = f"{COURSE}/{section}/{name}.mp4"
    if not shop.missing(place):
        return
    silent, sound = shop.scratch(f"lesson{index}.mkv"), shop.scratch(f"lesson{index}.wav")
    long = film(
        shop, [Shot(paint, 8, [name[5:].upper()], travel=1)], (960, 540) if not shop.quick else (256, 144), silent
    )
    record(compose(Style(58, LYDIAN, TURNS[index], 70, PIANO, GLASS, seed=90 + index), long), sound, seconds=long)
    shop.make(place, lambda target: join(silent, sound, target, "aac", "-movflags", "+faststart"))


def course(shop: Workshop) -> None:
    """The poster, and a work sheet that belongs to the second lesson."""
    poster(
        shop,
        f"{COURSE}/poster.jpg",
        scenes.greenwood,
        ["PAINTING", "WITH DISTANCE"],
        "A COURSE IN FIVE LESSONS",
        ink=(11, 52, 42),
    )
    name = f"{COURSE}/01 - Seeing/02 - Counting Layers - Work Sheet.pdf"
    if shop.missing(name):
        buffer = io.BytesIO()
        picture = scenes.greenwood((420, 595)).flat()
        picture.save(buffer, "JPEG", quality=85)
        shop.put(
            name,
            pdf.document(
                "Counting Layers", "Ines Corday", chapters_of("exercise"), pdf.Cover(buffer.getvalue(), picture.size)
            ),
        )
