"""An archived channel: two clips, named and described as a downloader leaves them."""

import json

from medley.app.demo import scenes
from medley.app.demo.posters import Painter, backdrop, poster
from medley.app.demo.reel import Shot, film, join
from medley.app.demo.scores import MAJOR, MINOR, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import HARP, PIANO
from medley.app.demo.workshop import Piece, Workshop

CHANNEL = "Kite Weather"
CLIPS: list[tuple[str, str, str, str, Painter]] = [
    (
        "How a Kite Reads the Wind",
        "kW3x7Qm2LdA",
        "20240214",
        "Four panels, one string, and everything the air is trying to say.",
        scenes.kites,
    ),
    (
        "Ten Minutes of Snow, Shortened",
        "pN9s4Vt8RzE",
        "20240309",
        "We left the camera out. It snowed. This is the good part.",
        scenes.northbound_train,
    ),
]


def pieces() -> list[Piece]:
    """The clips."""
    return [Piece(title, lambda shop, index=index: clip(shop, index)) for index, (title, *_) in enumerate(CLIPS)]


def clip(shop: Workshop, index: int) -> None:
    """A clip with its `.info.json` and thumbnail."""
    title, code, date, about, paint = CLIPS[index]
    stem = f"Videos/{CHANNEL}/{date} - {title} [{code}]"
    size = (1280, 720) if not shop.quick else (256, 144)
    if shop.missing(f"{stem}.mp4"):
        silent, sound = shop.scratch(f"clip{index}.mkv"), shop.scratch(f"clip{index}.wav")
        long = film(shop, [Shot(paint, 10, [title.upper()], travel=1)], size, silent)
        style = Style(60 - 3 * index, (MAJOR, MINOR)[index], TURNS[index + 2], 92, PIANO, HARP, seed=80 + index)
        record(compose(style, long), sound, seconds=long)
        shop.make(f"{stem}.mp4", lambda place: join(silent, sound, place, "aac", "-movflags", "+faststart"))
    backdrop(shop, f"{stem}.jpg", paint, (1280, 720))
    if index == 0:
        poster(
            shop, f"Videos/{CHANNEL}/poster.jpg", paint, ["KITE", "WEATHER"], "A CHANNEL ABOUT AIR", ink=(20, 50, 72)
        )
    facts = {
        "id": code,
        "title": title,
        "description": about,
        "upload_date": date,
        "uploader": CHANNEL,
        "channel": CHANNEL,
        "channel_id": "UCkiteweather0000000000",
    }
    facts |= {
        "duration": shop.seconds(10),
        "width": size[0],
        "height": size[1],
        "tags": ["wind", "weather", "kites"],
        "categories": ["Education"],
    }
    facts |= {
        "webpage_url": f"https://example.org/watch?v={code}",
        "extractor": "example",
        "extractor_key": "Example",
        "_type": "video",
    }
    shop.put(f"{stem}.info.json", json.dumps(facts, indent=1))
