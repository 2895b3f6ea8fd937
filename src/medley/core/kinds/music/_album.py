"""Which tracks of a folder are one album, and whose it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from medley.core.kinds._names import VARIOUS, fold
from medley.core.kinds.music._draft import Draft
from medley.core.kinds.music._fields import reissued
from medley.core.kinds.music._place import Place

UNKNOWN_ARTIST = "Unknown Artist"
UNKNOWN_ALBUM = "Unknown Album"
_FEW = 3  # tracks: fewer may be singles
_MAIN_SHARE = 0.8  # of an album's tracks by one artist: the others are guests


def albums(drafts: list[Draft], place: Place) -> Iterator[list[Draft]]:
    """The drafts by album; every draft gets `album`, `album_artists` and `album_id` that hold for its whole album."""
    _adopt_album(drafts, place)
    for tracks in _by_release(drafts):
        yield from _by_artist(tracks, place)


def _adopt_album(drafts: list[Draft], place: Place) -> None:
    """Tracks without an album tag belong to the one album that their neighbours name."""
    named = {fold(draft.album): draft for draft in drafts if "album" in draft.tags}
    lone = next(iter(named.values())) if len(named) == 1 and place.album else None
    for draft in drafts:
        if "album" not in draft.tags and lone is not None:
            draft.album = lone.album
            draft.album_artists = draft.album_artists or lone.album_artists
        elif not draft.album:
            draft.album = UNKNOWN_ALBUM


def edition_of(tracks: list[Draft]) -> str:
    """What tells this album from others of its title and version, where MusicBrainz does not: "" for nothing.

    The barcode; the catalog number of an album on one disc, as the discs of a box may have one each; the year of a
    release that is later than the first. All tracks must say the same: a lone date is no other edition.
    """
    if barcode := _barcode(tracks):
        return barcode
    if tracks[0].disc_title or any((draft.disc or 1) > 1 or draft.first("disctotal") > "1" for draft in tracks):
        return ""
    return _agreed(tracks, lambda draft: fold(draft.first("catalognumber"))) or _agreed(tracks, reissued)


def _agreed(tracks: list[Draft], mark: Callable[[Draft], str]) -> str:
    """The mark that all tracks have; "" where one has another, or none."""
    first = mark(tracks[0])
    return first if first and all(mark(draft) == first for draft in tracks) else ""


def _by_release(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """By title and version; different releases stay apart, tracks that name none join a lone release."""
    titles: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        key = fold(draft.album), fold(draft.version) if draft.version else ""
        titles.setdefault(key, []).append(draft)
    for tracks in titles.values():
        for release in _apart(tracks, lambda draft: draft.album_id):
            yield from [release] if release[0].album_id else _apart(release, lambda draft: _barcode([draft]))


def _apart(tracks: list[Draft], mark: Callable[[Draft], str]) -> Iterable[list[Draft]]:
    """The tracks by their mark; those that have none join the others where there is only one."""
    marks: dict[str, list[Draft]] = {}
    for draft in tracks:
        marks.setdefault(mark(draft), []).append(draft)
    if "" in marks and len(marks) == 2:
        strays = marks.pop("")
        ((name, release),) = marks.items()
        for draft in strays:
            draft.album_id = release[0].album_id
        marks[name] = release + strays
    return marks.values()


def _barcode(tracks: list[Draft]) -> str:
    return next((code.lstrip("0") for draft in tracks if (code := draft.first("barcode")).isdecimal()), "")


def _by_artist(tracks: list[Draft], place: Place) -> Iterator[list[Draft]]:
    """Albums of one title by different album artists stay apart; tracks that name none go by the others or by rule."""
    named: dict[str, list[Draft]] = {}
    silent: list[Draft] = []
    for draft in tracks:
        if draft.album_artists:
            named.setdefault(fold(draft.album_artists[0]), []).append(draft)
        else:
            silent.append(draft)
    if len(named) > 1 and _is_sampler(tracks, named, place):
        yield _owned(tracks, VARIOUS)
        return
    left: list[Draft] = []
    for draft in silent:
        owner = next(iter(named)) if len(named) == 1 else fold(draft.artists[0]) if draft.artists else ""
        if owner in named:
            draft.album_artists = named[owner][0].album_artists
            named[owner].append(draft)
        else:
            left.append(draft)
    yield from named.values()
    if left:
        yield from _by_rule(left, place)


def _is_sampler(tracks: list[Draft], named: dict[str, list[Draft]], place: Place) -> bool:
    """Whether the album artists are only the tracks': of a compilation, or each place in the folder is another's."""
    if all(draft.compilation for draft in tracks):
        return True
    if len(named) < len(tracks) or len(tracks) < _FEW or fold(place.album) != fold(tracks[0].album):
        return False
    places = {(draft.disc, draft.number) for draft in tracks if draft.number}
    return len(places) == len(tracks) and all(draft.artists == draft.album_artists for draft in tracks)


def _by_rule(tracks: list[Draft], place: Place) -> Iterator[list[Draft]]:
    """Without an album artist: a compilation, the artist of all or most tracks, several albums of one title."""
    by_artist: dict[str, list[Draft]] = {}
    for draft in tracks:
        by_artist.setdefault(fold(draft.artists[0]) if draft.artists else "", []).append(draft)
    if any(draft.compilation for draft in tracks):
        yield _owned(tracks, VARIOUS)
    elif len(by_artist) == 1:
        artists = tracks[0].artists
        yield _owned(tracks, artists[0] if artists else place.artist or UNKNOWN_ARTIST)
    elif _overlap(by_artist):
        for own in by_artist.values():
            yield _owned(own, own[0].artists[0] if own[0].artists else place.artist or UNKNOWN_ARTIST)
    else:
        yield _owned(tracks, _main_artist(tracks, by_artist, place))


def _owned(tracks: list[Draft], artist: str) -> list[Draft]:
    for draft in tracks:
        draft.album_artists = (artist,)
    return tracks


def _overlap(by_artist: dict[str, list[Draft]]) -> bool:
    """Whether two artists both have a first track: then these are two albums, "Greatest Hits" by each of them."""
    if any(len(own) == 1 for own in by_artist.values()):
        return False
    places = Counter((draft.disc, draft.number) for own in by_artist.values() for draft in own if draft.number)
    return any(count > 1 for count in places.values())


def _main_artist(tracks: list[Draft], by_artist: dict[str, list[Draft]], place: Place) -> str:
    folded, own = max(by_artist.items(), key=lambda item: len(item[1]))
    if folded and (len(own) >= _MAIN_SHARE * len(tracks) or folded == fold(place.artist)):
        return own[0].artists[0]
    if not folded:
        return place.artist or VARIOUS
    return VARIOUS
