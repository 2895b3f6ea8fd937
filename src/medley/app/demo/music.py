"""Four albums: FLAC with lyrics, MP3 on two discs, Opus, and a compilation in M4A."""

import io
from dataclasses import dataclass, field

from PIL import Image

from medley.app.demo import tagging
from medley.app.demo.covers import Painter, cover, orbits, petals, rings, waves
from medley.app.demo.paint import colour as c
from medley.app.demo.posters import jpeg
from medley.app.demo.scores import DORIAN, LYDIAN, MAJOR, MINOR, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import BELL, GLASS, HARP, PIANO
from medley.app.demo.workshop import Piece, Workshop


@dataclass(frozen=True)
class Track:
    """A track; `artist` only where it is not the album's."""

    title: str
    style: Style
    seconds: float = 26
    disc: int = 1
    artist: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Album:
    """An album and the look of its cover."""

    artist: str
    title: str
    year: int
    suffix: str
    genre: str
    paint: Painter
    palette: c.Palette
    tracks: list[Track]
    compilation: bool = False

    @property
    def folder(self) -> str:
        return f"Music/{self.artist}/{self.title} ({self.year})"

    @property
    def discs(self) -> int:
        return max(track.disc for track in self.tracks)


HARBOUR_WORDS = [
    "I folded you a harbour",
    "out of last year's news",
    "with room for seven sailboats",
    "and a wind for you to choose",
    "Keep it dry, keep it dry",
    "till the paper turns to sky",
]
KITE_WORDS = [
    "Somewhere a string goes slack",
    "somewhere a hand lets go",
    "the field remembers running",
    "the sky says: I know, I know",
]

ALBUMS = [
    Album(
        "Ines Vale",
        "Paper Harbours",
        2018,
        ".flac",
        "Ambient",
        waves,
        c.SEAGLASS,
        [
            Track("Paper Harbours", Style(57, DORIAN, TURNS[1], 84, PIANO, HARP, seed=31), 28, words=HARBOUR_WORDS),
            Track("Salt on the Window", Style(55, MAJOR, TURNS[0], 72, GLASS, PIANO, seed=32)),
            Track("A String Goes Slack", Style(60, MINOR, TURNS[3], 92, HARP, HARP, seed=33), words=KITE_WORDS),
            Track("Low Tide, Early Light", Style(53, LYDIAN, TURNS[4], 66, PIANO, GLASS, seed=34), 30),
        ],
    ),
    Album(
        "Kestrel & Moss",
        "Night Ferries",
        2022,
        ".mp3",
        "Electronic",
        orbits,
        c.INDIGO,
        [
            Track("Departures", Style(50, MINOR, TURNS[0], 104, GLASS, HARP, busy=0.8, seed=41)),
            Track("Deck Lights", Style(52, DORIAN, TURNS[2], 98, BELL, HARP, seed=42)),
            Track("The Far Shore", Style(50, MINOR, TURNS[5], 76, PIANO, GLASS, seed=43), disc=2),
            Track("Arrivals", Style(55, MAJOR, TURNS[3], 88, GLASS, PIANO, seed=44), disc=2),
        ],
    ),
    Album(
        "Orrery",
        "Low Sun",
        2020,
        ".opus",
        "Chamber",
        rings,
        c.EMBER,
        [
            Track("Perihelion", Style(57, LYDIAN, TURNS[0], 80, BELL, PIANO, seed=51)),
            Track("Clockwork for Two", Style(62, MAJOR, TURNS[3], 112, HARP, PIANO, busy=0.9, seed=52)),
            Track("Low Sun", Style(52, DORIAN, TURNS[4], 60, PIANO, HARP, seed=53), 30),
        ],
    ),
    Album(
        "Various Artists",
        "Meadow Sessions",
        2024,
        ".m4a",
        "Folk",
        petals,
        c.ROSE,
        [
            Track("Hedgerow", Style(59, MAJOR, TURNS[0], 96, HARP, HARP, busy=0.8, seed=61), artist="Ines Vale"),
            Track("First Swallow", Style(57, DORIAN, TURNS[2], 90, PIANO, HARP, seed=62), artist="Orrery"),
            Track("Long Grass", Style(55, MAJOR, TURNS[4], 70, GLASS, PIANO, seed=63), artist="Kestrel & Moss"),
        ],
        compilation=True,
    ),
]


def pieces() -> list[Piece]:
    """The albums, and the artists' pictures."""
    return [Piece(f"{album.title} by {album.artist}", lambda shop, album=album: make(shop, album)) for album in ALBUMS]


def make(shop: Workshop, album: Album) -> None:
    """An album: its tracks are recorded first, because the album's loudness is known only then."""
    picture = _cover(shop, album)
    shop.put(f"{album.folder}/cover.jpg", picture)
    names = [_name(album, index) for index in range(len(album.tracks))]
    if shop.missing(*names):
        places = [shop.scratch(f"{album.title}-{index}{album.suffix}") for index in range(len(album.tracks))]
        loud = [
            record(compose(track.style, shop.seconds(track.seconds)), place)
            for track, place in zip(album.tracks, places, strict=True)
        ]
        gain, peak = sum(one.gain for one in loud) / len(loud), max(one.peak for one in loud)
        for index, place in enumerate(places):
            tagging.write(place, _tags(shop, album, index, (loud[index].gain, loud[index].peak, gain, peak), picture))
            shop.make(names[index], lambda target, place=place: target.write_bytes(place.read_bytes()))
    for index, track in enumerate(album.tracks):
        if track.words:
            shop.put(names[index].removesuffix(album.suffix) + ".lrc", lrc(shop, album, track))


def _name(album: Album, index: int) -> str:
    track = album.tracks[index]
    disc = f"Disc {track.disc}/" if album.discs > 1 else ""
    who = f"{track.artist} - " if track.artist else ""
    return f"{album.folder}/{disc}{_position(album, index)[0]:02} - {who}{track.title}{album.suffix}"


def _position(album: Album, index: int) -> tuple[int, int]:
    same = [number for number, track in enumerate(album.tracks) if track.disc == album.tracks[index].disc]
    return same.index(index) + 1, len(same)


def _cover(shop: Workshop, album: Album) -> bytes:
    size = 1000 if not shop.quick else 200
    buffer = io.BytesIO()
    picture = cover(size, album.paint, album.palette, len(album.title), [album.title.upper()], album.artist.upper())
    picture.save(buffer, "JPEG", quality=86)
    return buffer.getvalue()


def _tags(
    shop: Workshop, album: Album, index: int, gain: tuple[float, float, float, float], picture: bytes
) -> tagging.Tags:
    track = album.tracks[index]
    artist = track.artist or album.artist
    return tagging.Tags(
        title=track.title,
        artists=[artist],
        album=album.title,
        album_artist=album.artist,
        date=str(album.year),
        genre=album.genre,
        track=_position(album, index),
        disc=(track.disc, album.discs),
        compilation=album.compilation,
        gain=gain,
        composer=artist,
        lyrics=lrc(shop, album, track) if track.words else "",
        cover=_small(picture),
        more={"label": "Driftwood Tapes", "bpm": str(track.style.tempo)},
    )


def _small(picture: bytes) -> bytes:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        jpeg(image.resize((500, 500), Image.Resampling.LANCZOS) if image.width > 500 else image, buffer)
    return buffer.getvalue()


def lrc(shop: Workshop, album: Album, track: Track) -> str:
    """The words with the time at which each line is sung, spread evenly."""
    step = (shop.seconds(track.seconds) - 0.5) / (len(track.words) + 1)
    lines = [f"[ti:{track.title}]", f"[ar:{track.artist or album.artist}]", f"[al:{album.title}]"]
    for number, words in enumerate(track.words, 1):
        at = step * number
        lines.append(f"[{int(at // 60):02}:{at % 60:05.2f}]{words}")
    return "\n".join([*lines, ""])
