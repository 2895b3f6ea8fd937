"""What a kind makes of a folder: the words between recognising and shelving."""

from typing import Any

import msgspec

from medley.core.kinds.facts import Facts


class Entry(msgspec.Struct, frozen=True):
    """One file of a folder: its name, size in bytes, and what was read from it (None when it is not read)."""

    name: str
    size: int = 0
    mtime_ms: int = 0
    facts: Facts | None = None


class Folder(msgspec.Struct, frozen=True):
    """A folder of a source as a kind sees it: everything in it, and the names around it.

    `parts` is its path below the source (empty for the root); `source_name` is what the owner called the source;
    `above` lists the file names of the parent, the grandparent … (artwork often lies there); `folders` are the names
    of the sub-folders. A folder of subtitles is none: its files are among `files`, as `Subs/2_English.srt`.
    """

    parts: tuple[str, ...] = ()
    source_name: str = ""
    files: tuple[Entry, ...] = ()
    folders: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()

    def path(self, name: str) -> str:
        """The path below the source of a file of this folder."""
        return "/".join((*self.parts, name))


class Credit(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody's part in a work.

    `ids`: the person's elsewhere; credits with one of them in common are one person's, whatever the names are. A rung
    with such an id stands for that person. `named`: as the work names somebody who is known under another name.
    """

    name: str
    role: str  # artist, album_artist, composer, actor, director, writer, author, narrator, illustrator …
    sort: str = ""
    character: str = ""
    ids: dict[str, str] = {}
    named: str = ""


class Art(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a picture of an item comes from.

    origin: `beside` a picture file, `embedded` in the file, a `page` of it, a `frame` of it, or the file `itself`.
    path: of that file, below the source. index: the picture, page, or the millisecond of the frame (-1: choose).
    """

    role: str  # poster, cover, backdrop, thumb, logo, artist
    origin: str
    path: str
    index: int = -1


class SeriesEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in a series of works: `number` is text because "1.5" and "0" and "2-3" occur."""

    name: str
    number: str = ""


class Rung(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of the ladder from the broadest level to the playable one (artist, album, track).

    `identity` says which work it is, by rule, from what is known: equal identities of one level of one kind in one
    source are the same item. It includes the identity of the rungs above where the work only makes sense below them
    (season 1 *of this show*). It holds no path, so a moved file keeps it.

    `plain_identity`: where an id decides, the identity that the same work has without it. A file that takes the place
    of one that is gone, in another format and with better tags, is found by it.
    """

    level: str
    identity: str
    title: str
    plain_identity: str = ""
    sort: str = ""  # only when the file says so; else made from the title
    number: float | None = None  # episode, track, issue, lesson
    group: int | None = None  # season, disc, section
    year: int | None = None
    date: str = ""  # ISO 8601, as exact as known: 1994, 1994-03, 1994-03-01
    overview: str = ""
    fields: dict[str, Any] = {}  # what only this kind knows, named by its shape
    credits: list[Credit] = []
    genres: list[str] = []
    tags: list[str] = []
    series: list[SeriesEntry] = []
    ids: dict[str, str] = {}  # imdb, tmdb, tvdb, musicbrainz_track, isbn, asin …
    art: list[Art] = []


class Companion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that serves another: subtitles, lyrics, a chapter list."""

    path: str
    role: str  # subtitle, lyrics, chapters
    language: str = ""
    title: str = ""
    forced: bool = False
    hearing_impaired: bool = False
    default: bool = False


class Guess(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one file (or, with `path` empty, the folder itself) most likely is.

    Files with equal ladder leaf and equal `edition` are parts of one edition, in the order of `part`. One file may
    have several guesses (a double episode, an album in one file with a cue sheet): `start_ms`/`end_ms` cut it.
    """

    kind: str
    confidence: float  # 0 … 1; in an `auto` source the surest kind wins
    ladder: tuple[Rung, ...]
    path: str = ""
    edition: str = ""  # "" for the plain one, else its label: "2160p HDR", "Director's Cut"
    part: int = 0
    extra: str = ""  # trailer, behind-the-scenes …: an extra of the leaf, not a version of it
    start_ms: int = 0
    end_ms: int = 0  # 0: to the end
    companions: list[Companion] = []
