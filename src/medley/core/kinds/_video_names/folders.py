"""What a folder's name means: a season, extras, samples, subtitles, or only a place to put things."""

import re

from medley.core.kinds._names import fold

_SEASON = re.compile(
    r"^(?:(?P<show>.+?)[ ._-]+)?(?:s|season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson"
    r"|sezon|сезон|シーズン)[ ._-]*(?P<number>\d{1,4})(?![^\W_])(?P<rest>.*)$|^第(?P<cjk>\d{1,3})[季期]$",
    re.IGNORECASE,
)
_SPECIALS = frozenset({"specials", "season 0", "season 00", "s00", "s0", "ova", "ovas", "sp", "specials and ovas"})

EXTRAS = {
    "behind the scenes": "behind-the-scenes", "deleted scenes": "deleted-scene", "interviews": "interview",
    "scenes": "scene", "shorts": "short", "featurettes": "featurette", "clips": "clip", "other": "other",
    "others": "other", "extras": "other", "extra": "other", "bonus": "other", "trailers": "trailer",
    "trailer": "trailer", "backdrops": "theme-video", "specials features": "featurette",
    "special features": "featurette", "featurette": "featurette", "making of": "behind-the-scenes",
}  # fmt: skip
SAMPLES = frozenset({"sample", "samples", "proof"})
SUBTITLES = frozenset({"subs", "subtitles", "subtitle", "sub", "untertitel", "vobsub", "vobsubs"})
DISC = frozenset({"bdmv", "stream", "video ts", "audio ts", "playlist", "clipinf", "backup", "certificate"})
# Names that say where things lie and never what they are.
_PLACES_TEXT = """
downloads, download, complete, completed, incomplete, media, video, videos, movies, films, movie, film, kino, tv,
television, shows, tv shows, series, tv series, anime, cartoons, unsorted, new, incoming, torrents, usenet, misc, temp,
tmp, library, documentaries, kids, hd, uhd, 4k, sd, 3d, data, storage, files, collection, archive, desktop, inbox,
watched, unwatched, new folder, my videos, 4k movies
"""
_PLACES = frozenset(_PLACES_TEXT.replace("\n", " ").strip().split(", "))
_EXTRA_SUFFIX = re.compile(
    r"(?:[-._ ](trailer|teaser)"
    r"|[-._](behindthescenes|deleted|deletedscene|featurette|interview|scene|short|clip|other|extra))\d*$",
    re.IGNORECASE,
)
_SUFFIX_MEANS = {
    "trailer": "trailer", "teaser": "trailer", "behindthescenes": "behind-the-scenes", "deleted": "deleted-scene",
    "deletedscene": "deleted-scene", "featurette": "featurette", "interview": "interview", "scene": "scene",
    "short": "short", "clip": "clip", "other": "other", "extra": "other",
}  # fmt: skip
_SAMPLE = re.compile(r"(?:^|[-._ ])sample$|^sample[-._ ]", re.IGNORECASE)


def season_of(name: str) -> tuple[int, str] | None:
    """`Season 2 (2011)` → (2, ""); `Some Show S02 1080p` → (2, "Some Show"); None when it is no season folder."""
    if fold(name) in _SPECIALS:
        return 0, ""
    match = _SEASON.match(name.strip())
    if match is None:
        return None
    if match["cjk"]:
        return int(match["cjk"]), ""
    if re.match(r"[ ._-]*(?:e|ep|x)\d", match["rest"], re.IGNORECASE):
        return None
    return int(match["number"]), (match["show"] or "").strip()


def is_place(name: str) -> bool:
    """Whether a folder's name is one of those that only say where things lie ("Downloads", "A", "2010")."""
    folded = fold(name)
    return folded in _PLACES or len(folded) <= 1 or bool(re.fullmatch(r"(?:19|20)\d\d(?:s)?|[a-z0-9] [a-z0-9]", folded))


def extra_folder(name: str) -> str:
    """The kind of extra that a folder of this name holds, or ""."""
    return EXTRAS.get(fold(name), "")


def extra_suffix(stem: str) -> tuple[str, str]:
    """`Film-trailer` → ("Film", "trailer"); a film called "Trailer" alone is one, too; else (stem, "")."""
    match = _EXTRA_SUFFIX.search(stem)
    if match:
        return stem[: match.start()].rstrip(" -._"), _SUFFIX_MEANS[(match[1] or match[2]).lower()]
    return ("", "trailer") if fold(stem) in ("trailer", "movie trailer") else (stem, "")


def is_sample(stem: str, size: int = 0) -> bool:
    """Whether a name marks a sample; a large file (300 MB and up) is believed to be a film of that name."""
    return size < 300_000_000 and _SAMPLE.search(stem) is not None


def is_hidden(name: str) -> bool:
    """Names that begin with a dot, the AppleDouble files of macOS among them."""
    return name.startswith(".")
