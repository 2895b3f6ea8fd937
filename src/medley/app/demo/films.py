"""Three short films: one with chapters and many tracks, one in two versions, one that no browser plays by itself."""

from pathlib import Path

from medley.app.demo import scenes
from medley.app.demo.captions import Cue, ass, chapters, srt, vtt
from medley.app.demo.nfo import nfo
from medley.app.demo.posters import backdrop, poster
from medley.app.demo.reel import HEVC, Shot, film, join
from medley.app.demo.scores import DORIAN, LYDIAN, MINOR, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import GLASS, HARP, PIANO
from medley.app.demo.workshop import Piece, Workshop, ffmpeg

LAMP = "Films/The Lamplighter of Saltmarsh (2021)/The Lamplighter of Saltmarsh (2021)"
NORTH = "Films/Northbound (2019)/Northbound (2019)"
WOOD = "Films/Greenwood Hour (2023)/Greenwood Hour (2023)"

ENGLISH: list[Cue] = [
    (1.0, 4.0, "Every evening, the lamp is lit by hand."),
    (5.0, 8.0, "Nobody asked her to. Nobody has to ask the tide."),
    (10.0, 13.5, "At night the marsh keeps its own counsel."),
    (14.0, 17.0, "She counts the boats by their small lights."),
    (19.0, 22.0, "And in the morning she puts out the sun's competition."),
    (22.5, 25.5, "Until tomorrow."),
]
FRENCH = [
    "Chaque soir, on allume la lampe à la main.",
    "Personne ne le lui demande. Personne ne demande à la marée.",
    "La nuit, le marais garde ses secrets.",
]
FRENCH += [
    "Elle compte les bateaux à leurs petites lumières.",
    "Et le matin, elle éteint la rivale du soleil.",
    "À demain.",
]
GERMAN = [
    "Jeden Abend wird die Lampe von Hand entzündet.",
    "Niemand bittet sie darum. Niemand bittet die Flut.",
    "Nachts behält das Moor alles für sich.",
]
GERMAN += [
    "Sie zählt die Boote an ihren kleinen Lichtern.",
    "Und am Morgen löscht sie die Rivalin der Sonne.",
    "Bis morgen.",
]


def pieces() -> list[Piece]:
    """The films, the slowest first."""
    return [
        Piece("Northbound", northbound),
        Piece("The Lamplighter of Saltmarsh", lamplighter),
        Piece("Greenwood Hour", greenwood),
    ]


def _told_in(words: list[str]) -> list[Cue]:
    return [(start, stop, text) for (start, stop, _), text in zip(ENGLISH, words, strict=True)]


def _within(seconds: float, cues: list[Cue]) -> list[Cue]:
    """Told faster in a quick film: a file lasts as long as its last subtitle."""
    pace = min(1.0, seconds / cues[-1][1])
    return [(start * pace, stop * pace, text) for start, stop, text in cues]


def lamplighter(shop: Workshop) -> None:
    """H.264 in Matroska: three chapters, two audio languages, subtitles in SubRip and ASS within and WebVTT beside."""
    if shop.missing(f"{LAMP}.mkv"):
        _lamplighter_film(shop)
    shop.put(f"{LAMP}.de.vtt", vtt(_told_in(GERMAN)))
    poster(
        shop,
        _beside(LAMP, "poster.jpg"),
        scenes.saltmarsh_lighthouse,
        ["THE LAMPLIGHTER", "OF SALTMARSH"],
        "A FILM BY INES CORDAY",
    )
    backdrop(shop, _beside(LAMP, "fanart.jpg"), scenes.saltmarsh_lighthouse)
    plot = (
        "On a low coast where the maps disagree, a woman lights the same lamp every evening, as her mother did. "
        "One night the boats do not come in, and the light has to find them."
    )
    facts = {
        "title": "The Lamplighter of Saltmarsh",
        "year": 2021,
        "premiered": "2021-10-02",
        "plot": plot,
        "tagline": "Somebody has to.",
    }
    facts |= {
        "genre": ["Drama", "Short"],
        "director": "Ines Corday",
        "credits": "Marlow Finch",
        "studio": "Tideline Pictures",
        "runtime": 1,
    }
    facts |= {"set": {"name": "Saltmarsh Stories"}, "mpaa": "PG", "rating": 7.8}
    shop.put(
        f"{LAMP}.nfo",
        nfo(
            "movie",
            facts,
            [("Orla Venn", "The lamplighter"), ("Tobias Reyes", "The ferryman"), ("June Abara", "The mother")],
        ),
    )


def _lamplighter_film(shop: Workshop) -> None:
    silent, english, french = (shop.scratch(name) for name in ("lamp.mkv", "lamp-en.mka", "lamp-fr.mka"))
    shots = [
        Shot(scenes.saltmarsh_lighthouse, 9, ["THE LAMPLIGHTER", "OF SALTMARSH"], travel=2),
        Shot(lambda size: scenes.saltmarsh(size, 1), 9, travel=3),
        Shot(lambda size: scenes.saltmarsh(size, 2), 8, travel=3),
    ]
    long = film(shop, shots, (1280, 720) if not shop.quick else (320, 180), silent)
    record(
        compose(Style(key=57, scale=DORIAN, turn=TURNS[1], tempo=72, lead=PIANO, seed=5), long), english, seconds=long
    )
    record(
        compose(Style(key=57, scale=DORIAN, turn=TURNS[1], tempo=72, lead=GLASS, plucked=PIANO, seed=5), long),
        french,
        seconds=long,
    )
    words = [shop.scratch(name) for name in ("lamp.en.srt", "lamp.fr.ass", "lamp.en-sdh.srt", "lamp.chapters")]
    part = long / 3
    texts = [
        srt(_within(long, ENGLISH)),
        ass(_within(long, _told_in(FRENCH)), "Saltmarsh"),
        srt(_within(long, [(a, b, f"[piano]\n{text}") for a, b, text in ENGLISH])),
    ]
    texts.append(
        chapters(
            [(0, "Evening"), (part, "Night"), (part * 2, "Morning")], long, {"title": "The Lamplighter of Saltmarsh"}
        )
    )
    for place, text in zip(words, texts, strict=True):
        place.write_text(text, encoding="utf-8")
    inputs = [argument for place in (silent, english, french, *words) for argument in ("-i", place)]
    maps = [argument for number in range(6) for argument in ("-map", str(number))]
    named = [
        ("a:0", "eng", "English"),
        ("a:1", "fra", "Français"),
        ("s:0", "eng", "English"),
        ("s:1", "fra", "Français"),
        ("s:2", "eng", "English (SDH)"),
    ]
    labels = [
        x
        for stream, code, label in named
        for x in (f"-metadata:s:{stream}", f"language={code}", f"-metadata:s:{stream}", f"title={label}")
    ]
    flags = (
        "-disposition:a:0",
        "default",
        "-disposition:a:1",
        "0",
        "-disposition:s:0",
        "0",
        "-disposition:s:1",
        "0",
        "-disposition:s:2",
        "hearing_impaired",
    )
    copy = (
        "-c:v",
        "copy",
        "-c:a",
        "copy",
        "-c:s:0",
        "srt",
        "-c:s:1",
        "ass",
        "-c:s:2",
        "srt",
        "-map_metadata",
        "6",
        "-map_chapters",
        "6",
    )
    shop.make(f"{LAMP}.mkv", lambda place: ffmpeg(*inputs, *maps, *copy, *labels, *flags, place))


def northbound(shop: Workshop) -> None:
    """H.264 in MP4 in two versions, 1080p and 720p."""
    shots = [
        Shot(scenes.northbound_train, 8, ["NORTHBOUND"], travel=3),
        Shot(lambda size: scenes.northbound(size, 1), 8, travel=4),
        Shot(lambda size: scenes.northbound(size, 2), 8, travel=4),
    ]
    large, small = f"{NORTH} - 1080p.mp4", f"{NORTH} - 720p.mp4"
    if shop.missing(large, small):
        silent, other, sound = shop.scratch("north.mkv"), shop.scratch("north-720.mkv"), shop.scratch("north.wav")
        sizes = ((1920, 1080), (1280, 720)) if not shop.quick else ((320, 180), (256, 144))
        long = film(shop, shots, sizes[0], silent, smaller=(sizes[1], other))
        style = Style(key=52, scale=MINOR, turn=TURNS[0], tempo=96, lead=PIANO, plucked=HARP, busy=0.8, seed=9)
        record(compose(style, long), sound, seconds=long)
        shop.make(large, lambda place: join(silent, sound, place, "aac", "-movflags", "+faststart"))
        shop.make(small, lambda place: join(other, sound, place, "aac", "-movflags", "+faststart"))
    poster(
        shop,
        _beside(NORTH, "poster.jpg"),
        scenes.northbound_train,
        ["NORTHBOUND"],
        "THE LAST TRAIN KNOWS THE WAY",
        ink=(24, 44, 78),
    )
    backdrop(shop, _beside(NORTH, "fanart.jpg"), lambda size: scenes.northbound(size, 1))
    plot = (
        "A night train crosses a country that is mostly weather. Five carriages, eleven passengers, and one "
        "question that nobody asks aloud."
    )
    facts = {
        "title": "Northbound",
        "year": 2019,
        "premiered": "2019-01-25",
        "plot": plot,
        "tagline": "The last train knows the way.",
    }
    facts |= {
        "genre": ["Adventure", "Short"],
        "director": ["Anselm Birk"],
        "credits": "Hanna Quill",
        "studio": "Five Carriages",
        "runtime": 1,
    }
    facts |= {"rating": 8.1, "mpaa": "G"}
    shop.put(
        _beside(NORTH, "movie.nfo"),
        nfo("movie", facts, [("Petra Lund", "The conductor"), ("Orla Venn", "The passenger in seat nine")]),
    )


def greenwood(shop: Workshop) -> None:
    """HEVC and AC-3 in Matroska: browsers need it converted."""
    name = f"{WOOD}.mkv"
    if shop.missing(name):
        silent, sound = shop.scratch("wood.mkv"), shop.scratch("wood.wav")
        shots = [Shot(scenes.greenwood, 7, ["GREENWOOD", "HOUR"], ink=(11, 52, 42), travel=2)]
        shots += [Shot(lambda size, part=part: scenes.greenwood(size, part), 7, travel=2) for part in (1, 2)]
        long = film(shop, shots, (1280, 720) if not shop.quick else (320, 180), silent, HEVC)
        record(
            compose(Style(key=60, scale=LYDIAN, turn=TURNS[4], tempo=66, lead=GLASS, seed=13), long),
            sound,
            seconds=long,
        )
        marks = shop.scratch("wood.chapters")
        marks.write_text(chapters([(0, "Mist"), (long / 3, "Noon"), (long * 2 / 3, "Resin")], long), encoding="utf-8")
        more = ("-map_chapters", "2", "-metadata:s:a:0", "language=eng", "-b:a", "192k")
        shop.make(name, lambda place: join(silent, sound, place, "ac3", *more, extra=marks))
    poster(
        shop,
        _beside(WOOD, "poster.jpg"),
        scenes.greenwood,
        ["GREENWOOD", "HOUR"],
        "STAND STILL LONG ENOUGH",
        at=0.15,
        ink=(11, 52, 42),
    )
    backdrop(shop, _beside(WOOD, "fanart.jpg"), lambda size: scenes.greenwood(size, 1))
    plot = "One hour in one wood, from the first mist to the last light. Nothing happens, and then everything has."
    facts = {
        "title": "Greenwood Hour",
        "year": 2023,
        "premiered": "2023-05-12",
        "plot": plot,
        "genre": ["Documentary", "Nature"],
    }
    facts |= {"director": "Ines Corday", "studio": "Tideline Pictures", "runtime": 1, "rating": 7.2, "mpaa": "G"}
    shop.put(f"{WOOD}.nfo", nfo("movie", facts, [("June Abara", "Narrator")]))


def _beside(stem: str, name: str) -> str:
    return str(Path(stem).with_name(name))
