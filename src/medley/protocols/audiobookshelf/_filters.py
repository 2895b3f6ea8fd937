"""Their filters and sorts → ours."""

from medley.core.library import WorkQuery
from medley.kernel.errors import InvalidInput
from medley.kernel.ids import is_id
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._ids import Shelf, from_base64

_SORTS = {
    "media.metadata.title": "title",
    "media.metadata.author": "author",
    "media.metadata.authorName": "author",
    "media.metadata.authorNameLF": "author_sort",
    "media.metadata.publishedYear": "year",
    "media.duration": "duration",
    "media.numTracks": "count",
    "size": "size",
    "addedAt": "added",
    "birthtimeMs": "added",
    "mtimeMs": "written",
    "progress": "played",
    "progress.createdAt": "begun",
    "progress.finishedAt": "finished",
    "sequence": "sequence",
    "random": "random",
}
_GROUPS = {
    "genres": "genre",
    "tags": "tag",
    "narrators": "narrator",
    "publishers": "publisher",
    "languages": "language",
    "publishedDecades": "decade",
}
_STATES = {
    "finished": "finished",
    "in-progress": "in_progress",
    "not-started": "not_started",
    "not-finished": "not_finished",
    "audio-in-progress": "in_progress",
    "ebook-in-progress": "in_progress",
    "ebook-finished": "finished",
}
_MISSING = {
    "asin": "asin", "isbn": "isbn", "subtitle": "subtitle", "authors": "author", "publishedYear": "year",
    "series": "series", "description": "description", "genres": "genre", "tags": "tag", "narrators": "narrator",
    "publisher": "publisher", "language": "language", "cover": "cover",
}  # fmt: skip
_NO_SERIES = "no-series"


def query(shelf: Shelf, ask: Ask) -> WorkQuery:
    """The list that a request for a library's items asks for."""
    limit = ask.number("limit")
    name, value = _filter(ask.text("filter"))
    sort = _SORTS.get(ask.text("sort"), "title")
    if name == "series" and not ask.text("sort"):
        sort = "sequence"
    return WorkQuery(
        source=shelf.source.id,
        kind=shelf.kind,
        filter=name,
        value=value,
        sort=sort,
        descending=ask.flag("desc"),
        limit=limit,
        offset=limit * ask.number("page", most=1 << 20),
    )


def _filter(text: str) -> tuple[str, str]:
    """`<group>.<base64 of a value>`, or a group alone."""
    if not text or text == "all":
        return "", ""
    group, _, encoded = text.partition(".")
    value = from_base64(encoded) if encoded else ""
    if "\0" in value:
        raise InvalidInput("This filter contains a zero byte.")
    if group in _GROUPS:
        return _GROUPS[group], value
    if group in ("series", "authors"):
        return _of_id(group, value)
    return _by_word(group, value)


def _of_id(group: str, value: str) -> tuple[str, str]:
    if group == "series" and value == _NO_SERIES:
        return "missing", "series"
    return ("series" if group == "series" else "person", value) if is_id(value) else ("nothing", "")


def _by_word(group: str, value: str) -> tuple[str, str]:
    if group == "progress":
        return ("state", _STATES[value]) if value in _STATES else ("nothing", "")
    if group == "missing":
        return ("missing", _MISSING[value]) if value in _MISSING else ("nothing", "")
    if group == "tracks" and value in ("none", "single", "multi"):
        return "files", value
    if group == "ebooks":
        return "readable", "yes" if value == "ebook" else "no"
    # No feed and no share of theirs is open here; what is recent is a matter of sorting.
    return {"abridged": ("abridged", ""), "issues": ("gone", ""), "recent": ("", "")}.get(group, ("nothing", ""))
