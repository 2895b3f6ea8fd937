"""Videos: channel, video. A folder of home videos is a channel of its own."""

from medley.core.kinds._video_names import VIDEO
from medley.core.kinds.kind import Kind, Level
from medley.core.kinds.video.recognise import FOLDER_NAMES, recognise

KIND = Kind(
    name="video",
    title="Video",
    plural="Videos",
    levels=(Level("channel", "Channel", "Channels"), Level("video", "Video", "Videos", playable=True)),
    media="video",
    extensions=VIDEO,
    recognise=recognise,
    sorts=("title", "added", "date", "duration"),
    featured="video",
    artwork_shape="landscape",
    fields={
        "webpage_url": "where it was published",
        "uploader": "who published it, where that is not the channel",
        "playlist": "the playlist it was fetched with",
        "latitude": "degrees north, where it was recorded",
        "longitude": "degrees east, where it was recorded",
    },
    folder_names=FOLDER_NAMES,
)
