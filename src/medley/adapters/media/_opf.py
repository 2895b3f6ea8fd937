"""OPF, the package document of EPUB 2 (OPF 2.0.1) and EPUB 3 (EPUB 3.3, section 5), and calibre's sidecars."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from medley.adapters.media._xml import Element, attribute, children, every, first, local, parse, text

ROLES = {  # MARC relator codes, https://www.loc.gov/marc/relators/
    "aut": "author",
    "trl": "translator",
    "edt": "editor",
    "ill": "illustrator",
    "nrt": "narrator",
    "clr": "colorist",
    "cov": "coverartist",
}
PLAIN = {
    "title": "title",
    "publisher": "publisher",
    "language": "language",
    "description": "description",
    "subject": "genre",
    "rights": "copyright",
    "source": "source",
}
DATE = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")


@dataclass(slots=True)
class Resource:
    """One line of the manifest; `href` is relative to the package document and still percent-encoded."""

    id: str
    href: str
    media_type: str
    properties: tuple[str, ...] = ()


@dataclass(slots=True)
class Package:
    """What the package document says."""

    tags: dict[str, list[str]] = field(default_factory=dict)
    manifest: dict[str, Resource] = field(default_factory=dict)
    spine: list[tuple[str, bool]] = field(default_factory=list)  # manifest id, and whether it is in the linear order
    direction: str = ""  # rtl, ltr, or empty
    toc: str = ""  # manifest id of the NCX
    cover: str = ""  # manifest id of the cover picture
    guide_cover: str = ""  # href of the cover page, where nothing better is known


def read_package(data: bytes) -> Package:
    """The package in `data`; raises InvalidInput when it is not XML."""
    root = parse(data, "package document")
    package = Package()
    metadata = next(every(root, "metadata"), None)
    metas: list[Element] = list(every(metadata, "meta")) if metadata is not None else []
    if metadata is not None:
        package.tags = _tags(metadata, metas)
    _manifest(root, package)
    package.cover = _cover(metas, package)
    return package


def _tags(metadata: Element, metas: list[Element]) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    refines = _refinements(metas)
    for element in every(metadata, *PLAIN):
        _plain(element, refines, tags)
    for element in every(metadata, "creator", "contributor"):
        _person(element, refines, tags)
    for element in every(metadata, "identifier"):
        _identifier(element, tags)
    _date(metadata, metas, tags)
    _series(metas, refines, tags)
    _named(metas, tags)
    return dict(tags)


def _refinements(metas: list[Element]) -> dict[str, dict[str, str]]:
    """EPUB 3: `<meta refines="#id" property="role">aut</meta>` → {"id": {"role": "aut"}}."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for meta in metas:
        if target := attribute(meta, "refines").removeprefix("#"):
            found[target].setdefault(attribute(meta, "property"), text(meta))
    return found


def _plain(element: Element, refines: dict[str, dict[str, str]], tags: dict[str, list[str]]) -> None:
    value = text(element)
    tag = PLAIN[local(element)]
    if tag == "description":
        value = " ".join(MARKUP.sub(" ", value).split())
    if tag == "title" and refines[attribute(element, "id")].get("title-type") in ("subtitle", "collection", "edition"):
        tag = "subtitle" if refines[attribute(element, "id")]["title-type"] == "subtitle" else "comment"
    if value and value not in tags[tag]:
        tags[tag].append(value)
    if tag == "title" and (sort := refines[attribute(element, "id")].get("file-as") or attribute(element, "file-as")):
        tags.setdefault("sorttitle", [sort])


def _person(element: Element, refines: dict[str, dict[str, str]], tags: dict[str, list[str]]) -> None:
    name, more = text(element), refines[attribute(element, "id")]
    code = attribute(element, "role") or more.get("role", "")
    tag = ROLES.get(code.lower(), "author" if local(element) == "creator" else "")
    if not name or not tag or name in tags[tag]:
        return
    tags[tag].append(name)
    if tag == "author":
        tags["authorsort"].append(attribute(element, "file-as") or more.get("file-as", ""))


def _identifier(element: Element, tags: dict[str, list[str]]) -> None:
    value = text(element)
    scheme = attribute(element, "scheme").lower()
    digits = re.sub(r"[\s-]|urn:isbn:|isbn:?", "", value, flags=re.IGNORECASE)
    if re.fullmatch(r"97[89][0-9]{10}|[0-9]{9}[0-9Xx]", digits) and scheme in ("", "isbn"):
        tags.setdefault("isbn", [digits.upper()])
    elif "asin" in scheme or scheme in ("amazon", "mobi-asin"):
        tags.setdefault("asin", [value])
    elif value:
        tags["id"].append(value)


def _date(metadata: Element, metas: list[Element], tags: dict[str, list[str]]) -> None:
    """The publication; a modification date only says when a program last touched the file."""
    for element in every(metadata, "date"):
        found = DATE.match(text(element))
        event = attribute(element, "event").lower()
        # calibre writes the year 101 where it knows none.
        if found and event not in ("modification", "creation") and not found.group().startswith("0101"):
            tags.setdefault("originaldate" if event == "original-publication" else "date", [found.group()])
    for meta in metas:
        if attribute(meta, "property") == "dcterms:issued" and (found := DATE.match(text(meta))):
            tags.setdefault("date", [found.group()])


def _series(metas: list[Element], refines: dict[str, dict[str, str]], tags: dict[str, list[str]]) -> None:
    for meta in metas:
        if attribute(meta, "property") != "belongs-to-collection" or attribute(meta, "refines"):
            continue
        more = refines[attribute(meta, "id")]
        if text(meta) and more.get("collection-type", "series") == "series":
            tags["series"].append(text(meta))
            tags["seriespart"].append(more.get("group-position", ""))


def _named(metas: list[Element], tags: dict[str, list[str]]) -> None:
    """EPUB 2 and calibre: `<meta name="…" content="…">`, and the plain EPUB 3 properties."""
    named = {attribute(meta, "name"): attribute(meta, "content") for meta in metas if attribute(meta, "name")}
    if (series := named.get("calibre:series", "")) and not tags.get("series"):
        tags["series"] = [series]
        tags["seriespart"] = [_number(named.get("calibre:series_index", ""))]
    if sort := named.get("calibre:title_sort"):
        tags.setdefault("sorttitle", [sort])
    rating = named.get("calibre:rating", "")
    if rating.replace(".", "", 1).isdecimal():
        tags["rating"] = [_number(rating)]
    for meta in metas:
        known = {"rendition:layout": "layout", "media:narrator": "narrator"}.get(attribute(meta, "property"))
        if known and text(meta):
            tags[known].append(text(meta))
    if named.get("fixed-layout", "").lower() == "true":
        tags.setdefault("layout", ["pre-paginated"])


def _number(value: str) -> str:
    """calibre writes "3.0" for 3."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def _manifest(root: Element, package: Package) -> None:
    for item in every(root, "item"):
        identifier, href = attribute(item, "id"), attribute(item, "href")
        if href:
            properties = tuple(attribute(item, "properties").split())
            resource = Resource(identifier, href, attribute(item, "media-type"), properties)
            package.manifest.setdefault(identifier or href, resource)
    spine = first(root, "spine")
    if spine is not None:
        package.direction = attribute(spine, "page-progression-direction").lower()
        package.toc = attribute(spine, "toc")
        package.spine = [
            (attribute(ref, "idref"), attribute(ref, "linear").lower() != "no") for ref in children(spine, "itemref")
        ]
    for reference in every(root, "reference"):
        if attribute(reference, "type").lower() == "cover":
            package.guide_cover = package.guide_cover or attribute(reference, "href")


def _cover(metas: list[Element], package: Package) -> str:
    """The cover picture: EPUB 3's property, EPUB 2's meta (an id, or wrongly an href), then an item called cover."""
    pictures = {k: r for k, r in package.manifest.items() if r.media_type.startswith("image/")}
    declared = next((key for key, r in pictures.items() if "cover-image" in r.properties), "")
    if declared:
        return declared
    wanted = next((attribute(meta, "content") for meta in metas if attribute(meta, "name") == "cover"), "")
    if wanted in pictures:
        return wanted
    by_href = next((key for key, r in pictures.items() if wanted and r.href == wanted), "")
    return by_href or next((key for key, r in pictures.items() if "cover" in f"{key} {r.href}".lower()), "")
