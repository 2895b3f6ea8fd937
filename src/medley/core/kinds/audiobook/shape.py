"""What an audiobook is: a book that is read to you, in one file or many."""

from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, AUDIOBOOK_FOLDERS
from medley.core.kinds.audiobook.recognise import recognise
from medley.core.kinds.kind import Kind, Level

KIND = Kind(
    name="audiobook",
    title="Audiobook",
    plural="Audiobooks",
    levels=(Level("book", "Audiobook", "Audiobooks", playable=True),),
    media="audio",
    extensions=AUDIO_EXTENSIONS,
    recognise=recognise,
    sorts=("title", "added", "year", "duration", "played", "rating"),
    artwork_shape="square",
    fields={
        "subtitle": "the title's second line",
        "publisher": "who published the recording",
        "language": "language of the recording, as tagged",
        "copyright": "copyright line",
    },
    folder_names=AUDIOBOOK_FOLDERS,
)
