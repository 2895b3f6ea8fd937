"""Comics by ComicInfo.xml, else by the names of folders and files."""

import re
from collections.abc import Iterator

from medley.core.kinds._names import fold, identity, iso_date, split_values, year_of
from medley.core.kinds._names.hints import extension, stem_of
from medley.core.kinds._reading_names import (
    COMICS,
    announced,
    below_announcement,
    cover_beside,
    first_tag,
    media_files,
)
from medley.core.kinds.comic._filename import Named, parse
from medley.core.kinds.guess import Art, Credit, Entry, Folder, Guess, Rung, SeriesEntry

FOLDER_NAMES = frozenset(
    """comics|comic|comic books|manga|mangas|manhwa|manhua|webtoon|webtoons|graphic novels|bd|bandes dessinees|fumetti|
    tebeos|komiksy|комиксы""".replace("\n    ", "").split("|")
)
RIGHT_TO_LEFT = frozenset({"manga", "mangas"})
STRIPS = frozenset({"webtoon", "webtoons", "manhwa"})
ROLES = {
    "writer": "writer",
    "author": "author",
    "penciller": "penciller",
    "inker": "inker",
    "colorist": "colorist",
    "letterer": "letterer",
    "coverartist": "cover_artist",
    "editor": "editor",
    "translator": "translator",
}
_YEAR_SUFFIX = re.compile(r"\s*[(\[]((?:19|20)\d\d)(?:\s*-\s*(?:(?:19|20)\d\d)?)?[)\]].*$")


def recognise(folder: Folder) -> Iterator[Guess]:
    """A guess per comic; a PDF only where the folder is announced, or comics lie beside it."""
    entries = media_files(folder, COMICS)
    sure = announced(folder, FOLDER_NAMES)
    documents = media_files(folder, frozenset({"pdf"}))
    if sure or entries:
        entries = sorted(entries + documents, key=lambda entry: entry.name)
    else:
        # In a source declared as comics this is all there is; anywhere else another kind is surer.
        yield from (_guess(folder, entry, 0.1, "") for entry in documents)
    taken: set[tuple[str, str]] = set()
    for entry in entries:
        confidence = 0.95 if sure or "series" in _tags(entry) else 0.8
        guess = _guess(folder, entry, confidence if extension(entry.name) in COMICS or sure else 0.5, "")
        leaf = guess.ladder[-1].identity
        if (leaf, guess.edition) in taken:
            guess = _guess(folder, entry, guess.confidence, extension(entry.name).upper())
        if (leaf, guess.edition) in taken:
            guess = _guess(folder, entry, guess.confidence, stem_of(entry.name))
        taken.add((leaf, guess.edition))
        yield guess


def _guess(folder: Folder, entry: Entry, confidence: float, edition: str) -> Guess:
    name, year = _folder_series(folder)
    named, tags = parse(stem_of(entry.name), name), _tags(entry)
    series = _series_rung(folder, named, tags, (name, year))
    return Guess(
        kind="comic",
        confidence=confidence,
        ladder=(series, _issue_rung(folder, entry, named, series)),
        path=folder.path(entry.name),
        edition=edition or ", ".join(named.labels),
    )


def _tags(entry: Entry) -> dict[str, list[str]]:
    return entry.facts.tags if entry.facts else {}


def _folder_series(folder: Folder) -> tuple[str, int | None]:
    """Series and its year by the folder: "Batman (2016)"; a folder "v01" or "Volume 2" leaves it to its parent."""
    parts = below_announcement(folder, FOLDER_NAMES)
    for part in reversed(parts):
        if re.fullmatch(r"(?:v|vol\.?|volume|tome|season)\s*\d+.*", part, re.IGNORECASE):
            continue
        match = _YEAR_SUFFIX.search(part)
        clean = re.sub(r"\s*[(\[{][^()\[\]{}]*[)\]}]", "", part).strip()
        return clean or part, int(match[1]) if match else None
    return "", None


def _series_rung(folder: Folder, named: Named, tags: dict[str, list[str]], place: tuple[str, int | None]) -> Rung:
    """ComicInfo's series; else the folder's where the file agrees or says nothing; else the file's."""
    told, volume = first_tag(tags, "series"), first_tag(tags, "volume") or named.volume
    by_folder, year = place
    agrees = by_folder and (fold(named.series).startswith(fold(by_folder)) or not named.series)
    title = told or (by_folder if agrees else "") or named.series or by_folder or "Unknown"
    if told and fold(told) != fold(by_folder):
        year = None
    if re.fullmatch(r"(?:19|20)\d\d", volume):  # western volumes are called by the year of their first issue
        year = int(volume)
    cover = cover_beside(folder) if agrees else ""
    return Rung(
        level="series",
        identity=identity(title, year),
        title=title,
        year=year,
        fields={name: value for name in ("publisher", "count") if (value := first_tag(tags, name))},
        genres=_several(tags, "genre"),
        art=[Art("cover", "beside", cover)] if cover else [],
    )


def _issue_rung(folder: Folder, entry: Entry, named: Named, series: Rung) -> Rung:
    tags = _tags(entry)
    number, volume = first_tag(tags, "number") or named.number, first_tag(tags, "volume") or named.volume
    volume = "" if re.fullmatch(r"(?:19|20)\d\d", volume) else volume
    form = first_tag(tags, "format") or named.format
    date = iso_date(first_tag(tags, "date")) or (str(named.year) if named.year else "")
    only = not number and not volume
    special = fold(form) if fold(form) in ("annual", "special", "fcbd", "preview", "extra", "omake") else ""
    work = identity(series.identity, f"v{volume}" if volume else "", f"n{number}" if number else "", special)
    if only:
        work = identity(work, first_tag(tags, "title") or named.title or named.year or "one shot")
    front = int(first_tag(tags, "frontcover") or 0)
    return Rung(
        level="issue",
        identity=work,
        title=first_tag(tags, "title") or named.title or _called(series.title, volume, number, form),
        number=_float(number) if number else _float(volume),
        group=_whole(volume) if number else None,
        year=year_of(date),
        date=date,
        overview=first_tag(tags, "description"),
        fields=_fields(folder, entry, named, volume, form),
        credits=[Credit(name, role) for tag, role in ROLES.items() for name in tags.get(tag, ())],
        genres=_several(tags, "genre"),
        tags=_several(tags, "keywords"),
        series=_arcs(tags),
        ids={"isbn": isbn} if (isbn := first_tag(tags, "isbn")) else {},
        art=[Art("cover", "page", folder.path(entry.name), front)],
    )


def _called(series: str, volume: str, number: str, form: str) -> str:
    """ "Saga 3", "Berserk, volume 2", "Batman Annual 1"; the bare series for a one-shot."""
    special = f" {form.title()}" if form and fold(form) not in ("one shot", "oneshot") else ""
    return f"{series}{special}" + (f" {number}" if number else f", volume {volume}" if volume else "")


def _fields(folder: Folder, entry: Entry, named: Named, volume: str, form: str) -> dict[str, object]:
    tags = _tags(entry)
    pages = entry.facts.pages if entry.facts else []
    said = {
        "direction": _direction(folder, entry),
        "pages": len(pages),
        "double_pages": [int(number) for number in tags.get("doublepages", ())],
        "volume": volume,
        "count": first_tag(tags, "count") or named.count,
        "format": form.lower(),
        "characters": tags.get("characters", []),
    }
    said |= {name: first_tag(tags, name) for name in ("publisher", "imprint", "agerating", "language", "rating", "web")}
    return {name: value for name, value in said.items() if value}


def _direction(folder: Folder, entry: Entry) -> str:
    """ComicInfo's word, else the announced folder's, else the shape of the pages."""
    said = first_tag(_tags(entry), "manga").lower()
    if said in ("yes", "no", "yesandrighttoleft"):
        return {"yesandrighttoleft": "rtl", "yes": "rtl", "no": "ltr"}[said]
    names = {fold(part) for part in (*folder.parts, folder.source_name)}
    if names & STRIPS or _is_strip(entry):
        return "vertical"
    return "rtl" if names & RIGHT_TO_LEFT else "ltr"


def _is_strip(entry: Entry) -> bool:
    """Whether most pages are more than two and a half times as high as wide."""
    pages = [page for page in (entry.facts.pages if entry.facts else []) if page.width]
    return sum(page.height > 2.5 * page.width for page in pages) * 2 > len(pages)


def _arcs(tags: dict[str, list[str]]) -> list[SeriesEntry]:
    names = [name.strip() for name in first_tag(tags, "storyarc").split(",") if name.strip()]
    numbers = [number.strip() for number in first_tag(tags, "storyarcnumber").split(",")]
    return [SeriesEntry(name, numbers[at] if at < len(numbers) else "") for at, name in enumerate(names)]


def _several(tags: dict[str, list[str]], name: str) -> list[str]:
    return list(dict.fromkeys(part for value in tags.get(name, ()) for part in split_values(value)))


def _float(text: str) -> float | None:
    match = re.match(r"-?\d+(?:\.\d+)?", text)
    return float(match[0]) if match else None


def _whole(text: str) -> int | None:
    number = _float(text)
    return None if number is None else int(number)
