"""Books: one level; EPUB, PDF and MOBI of one book are editions of it."""

from medley.core.kinds._reading_names import BOOKS
from medley.core.kinds.book.recognise import FOLDER_NAMES, recognise
from medley.core.kinds.kind import Kind, Level

KIND = Kind(
    name="book",
    title="Book",
    plural="Books",
    levels=(Level("book", "Book", "Books", playable=True),),
    media="book",
    extensions=BOOKS,
    recognise=recognise,
    sorts=("title", "added", "year", "played", "rating"),
    opens_with="reader",
    fields={
        "subtitle": "the subtitle",
        "publisher": "the publisher",
        "language": "language tag as the file writes it",
        "pages": "how many pages, where pages are fixed",
        "direction": "rtl where the pages turn from right to left",
        "layout": "pre-paginated where every page has a fixed design",
        "rating": "the file's rating, 0 to 10 as calibre counts",
    },
    folder_names=FOLDER_NAMES,
)
