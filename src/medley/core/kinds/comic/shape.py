"""Comics: series and their issues; a volume of manga is an issue too."""

from medley.core.kinds._reading_names import COMICS
from medley.core.kinds.comic.recognise import FOLDER_NAMES, recognise
from medley.core.kinds.kind import Kind, Level

KIND = Kind(
    name="comic",
    title="Comic",
    plural="Comics",
    levels=(Level("series", "Series", "Series"), Level("issue", "Issue", "Issues", playable=True)),
    media="comic",
    extensions=COMICS | {"pdf"},
    recognise=recognise,
    sorts=("title", "added", "year", "rating"),
    serial=True,
    opens_with="reader",
    fields={
        "direction": "how to turn the pages: ltr, rtl, or vertical for one long strip",
        "pages": "how many pages",
        "double_pages": "0-based numbers of the pages that are spreads",
        "volume": "the volume as text, where there are volumes",
        "count": "how many issues the series will have",
        "format": "what it is besides a plain issue: annual, special, one-shot, tpb …",
        "publisher": "the publisher",
        "imprint": "the publisher's imprint",
        "agerating": "for which age, as the file says",
        "language": "ISO 639 code",
        "characters": "list of characters",
        "rating": "the file's rating, 0 to 5",
        "web": "a page about it",
    },
    folder_names=FOLDER_NAMES,
)
