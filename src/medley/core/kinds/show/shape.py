"""Shows: show, season, episode."""

from medley.core.kinds._video_names import VIDEO
from medley.core.kinds.kind import Kind, Level
from medley.core.kinds.show._place import FOLDER_NAMES
from medley.core.kinds.show.recognise import recognise

KIND = Kind(
    name="show",
    title="Show",
    plural="Shows",
    levels=(
        Level("show", "Show", "Shows"),
        Level("season", "Season", "Seasons", browsable=False),
        Level("episode", "Episode", "Episodes", playable=True),
    ),
    media="video",
    extensions=VIDEO,
    recognise=recognise,
    sorts=("title", "added", "year", "rating"),
    serial=True,
    fields={
        "tagline": "a line of advertising",
        "mpaa": "the age rating as the sidecar gives it",
        "rating": "the sidecar's rating, 0 to 10",
        "votes": "how many voted for that rating",
        "runtime": "minutes as announced, not as measured",
        "originaltitle": "the title in the show's own language",
        "outline": "the plot in a sentence",
        "studios": "list of studios or channels",
        "countries": "list of countries",
        "absolute": "an episode's running number over all seasons",
    },
    folder_names=FOLDER_NAMES,
)
