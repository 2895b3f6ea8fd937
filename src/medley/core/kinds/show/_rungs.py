"""The rungs of a show: what each is called, what makes it the same one, which pictures and sidecars are its own."""

from medley.core.kinds import _video_names as names
from medley.core.kinds._names import identity
from medley.core.kinds._video_names import EpisodeName, Release, Video, View
from medley.core.kinds.guess import Art, Rung
from medley.core.kinds.show._place import Place

Tags = dict[str, list[str]]


def show_rung(view: View, place: Place, show: Release) -> Rung:
    """The show, with the artwork and tvshow.nfo of its own folder where that is this folder or above it."""
    made = Rung(
        level="show",
        identity=identity(show.title, show.year),
        title=show.title,
        year=show.year,
        ids=show.ids,
        art=_show_art(view, place),
    )
    return names.enrich(made, _nfo(view, "tvshow.nfo", "tvshow")) if place.up == 0 else made


def season_rung(view: View, place: Place, show: Rung, number: int) -> Rung:
    """Season `number`; 0 is the specials, and a year's number the season of a daily show."""
    made = Rung(
        level="season",
        identity=identity(show.identity, f"s{number:02d}"),
        title=f"Season {number}" if number else "Specials",
        number=float(number),
        art=_season_art(view, place, number),
    )
    return names.enrich(made, _nfo(view, "season.nfo", "season")) if place.season == number else made


def episode_rung(view: View, video: Video, season: Rung, name: EpisodeName, number: int | None) -> Rung:
    """One episode, named by the sidecar that counts the same number, else by the file."""
    show = season.identity.rpartition("|")[0]
    tags = episode_tags(view, video, number)
    if name.style == "absolute":
        own = identity(show, f"a{number:03d}")
    else:
        own = identity(show, name.date) if name.date else identity(season.identity, f"e{number:02d}")
    made = Rung(
        level="episode",
        identity=own,
        title=name.title or (f"Episode {number}" if number is not None else name.date),
        number=None if number is None else float(number),
        group=None if season.number is None else int(season.number),
        date=name.date,
        year=int(name.date[:4]) if name.date else None,
        fields={"absolute": number} if name.style == "absolute" else {},
        art=names.of_video(view, video, "thumb", own_folder=False),
    )
    return names.enrich(made, tags)


def episode_tags(view: View, video: Video, number: int | None) -> Tags:
    """The tags of the episode `number` in the video's NFO, which may describe several."""
    tags = view.tags(f"{video.stem}.nfo", "nfo")
    several = names.episodes_of(tags)
    if not several or number is None:
        return tags
    return next((each for each in several if names.whole(names.first(each, "episode")) == number), {})


def _nfo(view: View, name: str, root: str) -> Tags:
    tags = view.tags(name, "nfo")
    return tags if names.first(tags, "nfo") in (root, "url") else {}


def _show_art(view: View, place: Place) -> list[Art]:
    return names.beside(view.pictures_at(place.up)) if place.up >= 0 else []


def _season_art(view: View, place: Place, number: int) -> list[Art]:
    """`season01-poster.jpg` in the show's folder, else `poster.jpg` in the season's own."""
    prefixes = [f"season{number:02d}-", f"season{number}-", *(["season-specials-"] if number == 0 else [])]
    art: list[Art] = []
    if place.up >= 0:
        pictures = view.pictures_at(place.up)
        art = names.beside(pictures, prefixes) or names.named(pictures, f"season{number:02d}", "poster")
    if place.season == number and place.up > 0:
        have = {each.role for each in art}
        own = names.beside(view.pictures_at(place.up - 1))
        art = [*art, *(each for each in own if each.role not in have)]
    return art
