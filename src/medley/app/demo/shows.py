"""One show: two seasons of three short episodes, each in a weather of its own."""

from medley.app.demo import scenes
from medley.app.demo.captions import srt
from medley.app.demo.nfo import nfo
from medley.app.demo.posters import backdrop, poster
from medley.app.demo.reel import Shot, film, join
from medley.app.demo.scores import DORIAN, MAJOR, TURNS, Style, compose
from medley.app.demo.sound import record
from medley.app.demo.synth import GLASS, HARP, PIANO
from medley.app.demo.workshop import Piece, Workshop

SHOW = "Shows/Tideways (2022)"
CAST = [("Orla Venn", "Skipper Maren Holt"), ("Elias Rook", "Jory"), ("June Abara", "The harbour master")]

EPISODES = [
    (1, 1, "The Harbour", "2022-03-04", "Maren comes home to an island that has learned to do without her boat."),
    (
        1,
        2,
        "Slack Water",
        "2022-03-11",
        "For twenty minutes the sea stands still, and everybody says what they meant to say.",
    ),
    (1, 3, "Storm Glass", "2022-03-18", "The barometer falls all day. Jory bets the ferry that it is broken."),
    (2, 1, "Red Sky", "2023-03-03", "A second summer begins with a promise and a very bad map."),
    (2, 2, "The Night Ferry", "2023-03-10", "One passenger, no luggage, exact change."),
    (2, 3, "Landfall", "2023-03-17", "The island they were looking for was behind them the whole time."),
]


def pieces() -> list[Piece]:
    """The show itself, and each episode."""
    return [
        *[
            Piece(f"Tideways, {name}", lambda shop, index=index: episode(shop, index))
            for index, (_, _, name, _, _) in enumerate(EPISODES)
        ],
        Piece("Tideways", show),
    ]


def show(shop: Workshop) -> None:
    """What belongs to the whole: description, posters, backdrop."""
    plot = (
        "Eleven islands, one mail boat, and a skipper who left for good twice. A small drama about tides, "
        "timetables and coming back."
    )
    facts = {
        "title": "Tideways",
        "year": 2022,
        "premiered": "2022-03-04",
        "plot": plot,
        "genre": ["Drama", "Adventure"],
        "studio": "Tideline Pictures",
    }
    facts |= {"mpaa": "TV-PG", "rating": 8.4, "status": "Ended"}
    shop.put(f"{SHOW}/tvshow.nfo", nfo("tvshow", facts, CAST))
    poster(
        shop, f"{SHOW}/poster.jpg", lambda size: scenes.sailing(size, 3), ["TIDEWAYS"], "ELEVEN ISLANDS  ONE MAIL BOAT"
    )
    poster(shop, f"{SHOW}/season01-poster.jpg", lambda size: scenes.sailing(size, 0), ["TIDEWAYS"], "THE FIRST SEASON")
    poster(shop, f"{SHOW}/season02-poster.jpg", lambda size: scenes.sailing(size, 4), ["TIDEWAYS"], "THE SECOND SEASON")
    backdrop(shop, f"{SHOW}/fanart.jpg", lambda size: scenes.sailing(size, 5))


def episode(shop: Workshop, index: int) -> None:
    """One episode: H.264 and AAC, MP4 in the first season, Matroska with subtitles beside it in the second."""
    season, number, name, aired, plot = EPISODES[index]
    stem = f"{SHOW}/Season {season:02}/Tideways - S{season:02}E{number:02} - {name}"
    suffix = ".mp4" if season == 1 else ".mkv"
    if shop.missing(stem + suffix):
        silent, sound = shop.scratch(f"tide{index}.mkv"), shop.scratch(f"tide{index}.wav")
        shot = Shot(lambda size: scenes.sailing(size, index), 10, [name.upper()], travel=2)
        long = film(shop, [shot], (960, 540) if not shop.quick else (256, 144), silent)
        style = Style(
            key=55 + index,
            scale=(MAJOR, DORIAN)[index % 2],
            turn=TURNS[index],
            tempo=80 + 4 * index,
            lead=(HARP, PIANO, GLASS)[index % 3],
            seed=index,
        )
        record(compose(style, long), sound, seconds=long)
        shop.make(stem + suffix, lambda place: join(silent, sound, place, "aac", "-metadata:s:a:0", "language=eng"))
    backdrop(shop, f"{stem}-thumb.jpg", lambda size: scenes.sailing(size, index), (800, 450))
    facts = {
        "title": name,
        "showtitle": "Tideways",
        "season": season,
        "episode": number,
        "aired": aired,
        "plot": plot,
        "rating": 8.0 + index / 10,
    }
    facts |= {"director": ("Ines Corday", "Anselm Birk")[index % 2], "credits": "Hanna Quill"}
    shop.put(f"{stem}.nfo", nfo("episodedetails", facts, CAST[:2]))
    if season == 2:
        shop.put(f"{stem}.en.srt", srt([(1, 5, name), (6, 10, plot)]))
