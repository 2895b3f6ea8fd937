"""What a podcast is: a show, and its episodes in the order in which they came out."""

from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, PODCAST_FOLDERS
from medley.core.kinds.kind import Kind, Level
from medley.core.kinds.podcast.recognise import recognise

KIND = Kind(
    name="podcast",
    title="Podcast",
    plural="Podcasts",
    levels=(
        Level("podcast", "Podcast", "Podcasts"),
        Level("episode", "Episode", "Episodes", playable=True, browsable=False),
    ),
    media="audio",
    extensions=AUDIO_EXTENSIONS - {"m4b"},
    recognise=recognise,
    sorts=("title", "added", "date"),
    serial=True,
    artwork_shape="square",
    fields={"webpage_url": "the episode's page"},
    folder_names=PODCAST_FOLDERS,
)
