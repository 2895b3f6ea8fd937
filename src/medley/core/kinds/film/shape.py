"""Films: one level, many editions."""

from medley.core.kinds._video_names import VIDEO
from medley.core.kinds.film.recognise import FOLDER_NAMES, recognise
from medley.core.kinds.kind import Kind, Level

KIND = Kind(
    name="film",
    title="Film",
    plural="Films",
    levels=(Level("film", "Film", "Films", playable=True),),
    media="video",
    extensions=VIDEO,
    recognise=recognise,
    sorts=("title", "added", "year", "duration", "played", "rating"),
    fields={
        "tagline": "a line of advertising",
        "mpaa": "the age rating as the sidecar gives it",
        "rating": "the sidecar's rating, 0 to 10",
        "votes": "how many voted for that rating",
        "runtime": "minutes as announced, not as measured",
        "originaltitle": "the title in the film's own language",
        "outline": "the plot in a sentence",
        "studios": "list of studios",
        "countries": "list of countries",
    },
    folder_names=FOLDER_NAMES,
)
