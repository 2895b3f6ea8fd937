"""What music is: artists, their albums, the albums' tracks."""

from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, MUSIC_FOLDERS
from medley.core.kinds.kind import Kind, Level
from medley.core.kinds.music.recognise import recognise

KIND = Kind(
    name="music",
    title="Music",
    plural="Music",
    levels=(
        Level("artist", "Artist", "Artists"),
        Level("album", "Album", "Albums"),
        Level("track", "Track", "Tracks", playable=True),
    ),
    media="audio",
    extensions=AUDIO_EXTENSIONS - {"m4b"},
    recognise=recognise,
    sorts=("title", "added", "year", "rating"),
    featured="album",
    artwork_shape="square",
    fields={
        "artist": "the track's artists as its tag writes them, where they are several",
        "disc_title": "the title of the track's disc",
        "isrc": "ISRC of the recording",
        "bpm": "beats per minute",
        "key": "musical key",
        "work": "the work that the track is a movement of",
        "movement": "the movement's title",
        "grouping": "the owner's grouping",
        "comment": "the file's comment",
        "explicit": "whether the words are marked as explicit",
        "replaygain_track_gain": "dB",
        "replaygain_track_peak": "1.0 is full scale",
        "replaygain_album_gain": "dB",
        "replaygain_album_peak": "1.0 is full scale",
        "label": "record label",
        "catalog_number": "the label's number of the album",
        "barcode": "barcode of the album",
        "copyright": "copyright line",
        "version": "which version of the album: remaster, country",
        "release_date": "when this version came out, where it differs from the original",
        "release_types": "MusicBrainz release types, lower case: album, ep, live",
        "compilation": "whether the tracks are by many artists",
    },
    folder_names=MUSIC_FOLDERS,
)
