"""Which tracks of a folder are one album, and whose it is."""

from collections import Counter
from collections.abc import Iterator

from medley.core.kinds._names import VARIOUS, fold
from medley.core.kinds.music._draft import Draft
from medley.core.kinds.music._place import Place

UNKNOWN_ARTIST = "Unknown Artist"
UNKNOWN_ALBUM = "Unknown Album"
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


def _by_release(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """By title and version; different MusicBrainz releases stay apart, tracks without one join a lone release."""
    titles: dict[tuple[str, str], dict[str, list[Draft]]] = {}
    for draft in drafts:
        key = fold(draft.album), fold(draft.version) if draft.version else ""
        titles.setdefault(key, {}).setdefault(draft.album_id, []).append(draft)
    for releases in titles.values():
        if "" in releases and len(releases) == 2:
            release = next(filter(None, releases))
            strays = releases.pop("")
            for draft in strays:
                draft.album_id = release
            releases[release] += strays
        yield from releases.values()


def _by_artist(tracks: list[Draft], place: Place) -> Iterator[list[Draft]]:
    """Albums of one title by different album artists stay apart; tracks that name none go by the others or by rule."""
    named: dict[str, list[Draft]] = {}
    silent: list[Draft] = []
    for draft in tracks:
        if draft.album_artists:
            named.setdefault(fold(draft.album_artists[0]), []).append(draft)
        else:
            silent.append(draft)
    if len(named) == 1 and silent:
        (owned,) = named.values()
        for draft in silent:
            draft.album_artists = owned[0].album_artists
        owned += silent
        silent = []
    yield from named.values()
    if silent:
        yield from _by_rule(silent, place)


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
