"""ComicInfo.xml (schemas 1.0, 2.0 and 2.1 draft of the Anansi Project) → canonical tags."""

import re

from medley.adapters.media._xml import Element, attribute, children, every, local, parse, text

PLAIN = {
    "Title": "title",
    "Series": "series",
    "LocalizedSeries": "localizedseries",
    "Number": "number",
    "Count": "count",
    "Volume": "volume",
    "Summary": "description",
    "Notes": "comment",
    "Publisher": "publisher",
    "Imprint": "imprint",
    "StoryArc": "storyarc",
    "StoryArcNumber": "storyarcnumber",
    "SeriesGroup": "set",
    "PageCount": "pagecount",
    "LanguageISO": "language",
    "Format": "format",
    "Manga": "manga",
    "AgeRating": "agerating",
    "CommunityRating": "rating",
    "Web": "web",
    "GTIN": "isbn",
}
LISTS = {
    "Writer": "writer",
    "Penciller": "penciller",
    "Inker": "inker",
    "Colorist": "colorist",
    "Letterer": "letterer",
    "CoverArtist": "coverartist",
    "Editor": "editor",
    "Translator": "translator",
    "Genre": "genre",
    "Tags": "keywords",
    "Characters": "characters",
    "Teams": "teams",
    "Locations": "locations",
}


def comic_tags(data: bytes) -> dict[str, list[str]]:
    """The tags of a ComicInfo.xml; raises InvalidInput when it is not XML."""
    root = parse(data, "ComicInfo.xml")
    tags: dict[str, list[str]] = {}
    for element in children(root):
        name, value = local(element), text(element)
        if not value or value == "-1":  # the schema's default for a number that is not known
            continue
        if name in LISTS:
            tags[LISTS[name]] = [part.strip() for part in value.split(",") if part.strip()]
        elif name in PLAIN:
            tags[PLAIN[name]] = [value]
    if date := _date(root):
        tags["date"] = [date]
    _pages(root, tags)
    return tags


def _date(root: Element) -> str:
    """Year, Month and Day as far as they are known in that order."""
    date = ""
    for name, width in (("Year", 4), ("Month", 2), ("Day", 2)):
        value = next((text(found) for found in children(root, name)), "")
        if not re.fullmatch(r"[0-9]{1,4}", value) or int(value) < 1:
            break
        date += f"{'-' if date else ''}{int(value):0{width}}"
    return date


def _pages(root: Element, tags: dict[str, list[str]]) -> None:
    """What the pages' list says beyond their sizes: which is the cover, which are spreads."""
    for page in every(root, "Page"):
        number = attribute(page, "Image")
        if not number.isdecimal() or len(number) > 6:
            continue
        if attribute(page, "DoublePage").lower() == "true":
            tags.setdefault("doublepages", []).append(number)
        if attribute(page, "Type") == "FrontCover":
            tags.setdefault("frontcover", [number])
