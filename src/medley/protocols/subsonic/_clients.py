"""Apps that stumble over fields which are younger than they are, by what they call themselves (`c`)."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import UNSET

from medley.protocols.subsonic._wire.media import AlbumID3, ArtistID3, Child

# What OpenSubsonic added to the shapes of Subsonic 1.16.1.
_SONG = ("bit_depth", "sampling_rate", "channel_count", "media_type", "played", "bpm", "comment", "sort_name",
         "music_brainz_id", "isrc", "genres", "artists", "display_artist", "album_artists", "display_album_artist",
         "contributors", "display_composer", "moods", "replay_gain", "explicit_status", "works", "movements",
         "groupings")  # fmt: skip
_ALBUM = ("version", "played", "user_rating", "record_labels", "music_brainz_id", "genres", "artists",
          "display_artist", "release_types", "moods", "sort_name", "original_release_date", "release_date",
          "is_compilation", "explicit_status", "disc_titles")  # fmt: skip
_ARTIST = ("music_brainz_id", "sort_name", "disambiguation", "roles", "user_rating")
_KEPT = ("id", "is_dir", "title")  # by an app on a watch, which holds nothing more


def suited(client: str, answer: Any) -> Any:
    """`answer` as `client` understands it. The structs in it are changed, as nobody else holds them."""
    change = _CHANGES.get(client)
    if change is not None:
        _walk(answer, change)
    return answer


def _walk(value: Any, change: Callable[[msgspec.Struct], None]) -> None:
    if isinstance(value, list):
        for each in value:
            _walk(each, change)
    elif isinstance(value, msgspec.Struct):
        change(value)
        for name in value.__struct_fields__:
            _walk(getattr(value, name), change)


def _older(shape: msgspec.Struct) -> None:
    for type_, names in ((Child, _SONG), (AlbumID3, _ALBUM), (ArtistID3, _ARTIST)):
        if isinstance(shape, type_):
            for name in names:
                setattr(shape, name, UNSET)


def _barest(shape: msgspec.Struct) -> None:
    _older(shape)
    if isinstance(shape, Child):
        for name in shape.__struct_fields__:
            if name not in _KEPT:
                setattr(shape, name, UNSET)


_CHANGES: dict[str, Callable[[msgspec.Struct], None]] = {"DSub": _older, "SubMusic": _barest}
