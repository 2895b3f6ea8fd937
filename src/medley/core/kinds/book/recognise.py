"""Books by calibre's sidecar, the file's own metadata, and the names of files and folders, in this order."""

from collections.abc import Iterator

from medley.core.kinds._names import fold, identity, iso_date, year_of
from medley.core.kinds._names.hints import AUDIO_EXTENSIONS, extension, stem_of
from medley.core.kinds._reading_names import (
    BOOKS,
    COMICS,
    VIDEOS,
    announced,
    below_announcement,
    cover_beside,
    first_tag,
    media_files,
)
from medley.core.kinds.book._filename import Named, authors_of, parse
from medley.core.kinds.guess import Art, Credit, Entry, Folder, Guess, Rung, SeriesEntry

FOLDER_NAMES = frozenset(
    """books|book|ebooks|e books|bucher|buecher|livres|libros|libri|boeken|calibre|calibre library|literature|
    книги|本""".replace("\n    ", "").split("|")
)
ROLES = ("translator", "editor", "illustrator", "narrator")
BEST_FIRST = ("epub", "kepub", "azw3", "fb2", "fbz", "mobi", "azw", "prc", "pdf")
Tags = dict[str, list[str]]


def recognise(folder: Folder) -> Iterator[Guess]:
    """A guess per file; files with one stem, or beside one metadata.opf, are editions of one book."""
    entries = media_files(folder, BOOKS)
    if not entries:
        return
    sidecars = {fold(stem_of(e.name)): e.facts.tags for e in folder.files if e.facts and e.facts.format == "opf"}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        key = fold(stem_of(entry.name).removesuffix(".kepub"))
        groups.setdefault("" if _one_work(folder, sidecars) else key, []).append(entry)
    for key, group in groups.items():
        group.sort(key=lambda entry: (BEST_FIRST.index(extension(entry.name)), entry.name))
        rung = _rung(folder, group, sidecars.get(key) or sidecars.get("metadata", {}))
        for entry in group:
            yield Guess(
                kind="book",
                confidence=_confidence(folder, entry, bool(sidecars)),
                ladder=(rung,),
                path=folder.path(entry.name),
                edition=_edition(entry, group),
            )


def _one_work(folder: Folder, sidecars: dict[str, Tags]) -> bool:
    """calibre gives every book a folder of its own with a metadata.opf; one beside a heap of books is a leftover."""
    names = {fold(stem_of(entry.name)) for entry in media_files(folder, BOOKS)}
    return "metadata" in sidecars and (len(names) == 1 or len(media_files(folder, BOOKS)) <= len(BEST_FIRST))


def _edition(entry: Entry, group: list[Entry]) -> str:
    """The format, with the name where one format occurs twice."""
    suffix = extension(entry.name)
    again = [other.name for other in group if extension(other.name) == suffix]
    return suffix.upper() if again[0] == entry.name else f"{suffix.upper()} {stem_of(entry.name)}"


def _confidence(folder: Folder, entry: Entry, sidecar: bool) -> float:
    if announced(folder, FOLDER_NAMES) or sidecar:
        return 0.95
    document = extension(entry.name) == "pdf"
    if media_files(folder, COMICS):
        return 0.2 if document else 0.5
    if media_files(folder, AUDIO_EXTENSIONS | VIDEOS):  # the booklet of an album, the handout of a lesson
        return 0.2 if document else 0.5
    if not document:
        return 0.8
    tags = entry.facts.tags if entry.facts else {}
    return 0.5 if "author" in tags and "title" in tags else 0.4


def _rung(folder: Folder, group: list[Entry], sidecar: Tags) -> Rung:
    named = parse(stem_of(group[0].name).removesuffix(".kepub"), below_announcement(folder, FOLDER_NAMES))
    tags = _merged(group, sidecar)
    authors = authors_of([name for name in tags.get("author", []) if name]) or authors_of([named.author])
    title = first_tag(tags, "title") or named.title
    date = iso_date(first_tag(tags, "originaldate", "date")) or named.year
    isbn, asin = first_tag(tags, "isbn"), first_tag(tags, "asin")
    return Rung(
        level="book",
        identity=identity(authors[0] if authors else None, title),
        title=title,
        sort=first_tag(tags, "sorttitle"),
        number=_float(_series(tags, named)),
        year=year_of(date),
        date=date,
        overview=first_tag(tags, "description"),
        fields=_fields(group, tags),
        credits=_credits(authors, tags),
        genres=tags.get("genre", []),
        series=_series(tags, named),
        ids={name: value for name, value in (("isbn", isbn), ("asin", asin)) if value},
        art=_art(folder, group),
    )


def _merged(group: list[Entry], sidecar: Tags) -> Tags:
    """The sidecar's tags, else those of the best format that has them."""
    merged: Tags = {}
    for entry in reversed(group):
        if entry.facts:
            merged |= {tag: values for tag, values in entry.facts.tags.items() if any(values)}
    return merged | {tag: values for tag, values in sidecar.items() if any(values)}


def _credits(authors: list[str], tags: Tags) -> list[Credit]:
    sorts = tags.get("authorsort", [])
    aligned = len(sorts) == len(authors)
    found = [Credit(name, "author", sorts[at] if aligned else "") for at, name in enumerate(authors)]
    return found + [Credit(name, role) for role in ROLES for name in authors_of(tags.get(role, []))]


def _series(tags: Tags, named: Named) -> list[SeriesEntry]:
    names, numbers = tags.get("series", []), tags.get("seriespart", [])
    if names:
        return [SeriesEntry(name, numbers[at] if at < len(numbers) else "") for at, name in enumerate(names)]
    return [SeriesEntry(named.series, named.number)] if named.series else []


def _float(series: list[SeriesEntry]) -> float | None:
    try:
        return float(series[0].number) if series and series[0].number else None
    except ValueError:
        return None


def _fields(group: list[Entry], tags: Tags) -> dict[str, object]:
    pages = max((len(entry.facts.pages) for entry in group if entry.facts), default=0)
    said = {name: first_tag(tags, name) for name in ("subtitle", "publisher", "language", "layout", "rating")}
    said["direction"] = "rtl" if first_tag(tags, "direction") == "rtl" else ""
    return {name: value for name, value in {**said, "pages": pages}.items() if value}


def _art(folder: Folder, group: list[Entry]) -> list[Art]:
    """The picture beside, where it is certainly this book's; the embedded cover; a PDF's first page."""
    alone = len({fold(stem_of(entry.name)) for entry in media_files(folder, BOOKS)}) == 1
    beside = cover_beside(folder, stem_of(group[0].name))
    found = []
    if beside and (alone or fold(stem_of(beside.rpartition("/")[2])) == fold(stem_of(group[0].name))):
        found.append(Art("cover", "beside", beside))
    for entry in group:
        if entry.facts and entry.facts.pictures:
            found.append(Art("cover", "embedded", folder.path(entry.name), entry.facts.pictures[0].index))
        elif extension(entry.name) == "pdf":
            found.append(Art("cover", "page", folder.path(entry.name), 0))
    return found
