"""FictionBook 2.x: its description, its pictures, and its text as harmless HTML."""

import base64
import binascii
from html import escape
from typing import BinaryIO, NamedTuple

from medley.adapters.media._image_size import image_type
from medley.adapters.media._xml import LIMIT, Element, attribute, children, every, first, local, parse, text
from medley.adapters.media.archives import open_archive
from medley.core.kinds import Section
from medley.kernel.errors import InvalidInput

PICTURE = 5 * 1024 * 1024
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
AS_HTML = {
    "p": "p",
    "strong": "strong",
    "emphasis": "em",
    "strikethrough": "s",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "cite": "blockquote",
    "epigraph": "blockquote",
    "poem": "div",
    "stanza": "div",
    "v": "p",
    "subtitle": "h3",
    "title": "h2",
    "text-author": "p",
    "annotation": "div",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
DEPTH = 60


class HtmlSection(NamedTuple):
    """A chapter: plain HTML without scripts, styles or links out; pictures are inside it as data URLs."""

    title: str
    html: str
    depth: int


def fb2_root(file: BinaryIO, name: str) -> Element:
    """The root of a FictionBook, plain or in a ZIP."""
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    if head == b"PK\x03\x04":
        with open_archive(file, name) as archive:
            inner = next((n for n in archive.names() if n.lower().endswith(".fb2")), "")
            data = archive.read(inner, LIMIT) if inner else b""
    else:
        data = file.read(LIMIT + 1)
    root = parse(data, "FictionBook")
    if local(root) != "FictionBook":
        raise InvalidInput(f"“{name}” is not a FictionBook.")
    return root


def fb2_tags(root: Element) -> dict[str, list[str]]:
    """Canonical tags of the description."""
    info = first(root, "description", "title-info")
    published = first(root, "description", "publish-info")
    found: dict[str, list[str]] = {}
    if info is not None:
        found["title"] = [text(first(info, "book-title"))]
        found["author"] = [_person(author) for author in children(info, "author")]
        found["translator"] = [_person(person) for person in children(info, "translator")]
        found["genre"] = [text(genre) for genre in children(info, "genre")]
        found["language"] = [text(first(info, "lang"))]
        found["description"] = [text(first(info, "annotation"))]
        date = first(info, "date")
        found["originaldate"] = [(attribute(date, "value") or text(date)) if date is not None else ""]
        sequences = list(children(info, "sequence"))
        found["series"] = [attribute(s, "name") for s in sequences if attribute(s, "name")]
        found["seriespart"] = [attribute(s, "number") for s in sequences if attribute(s, "name")]
    if published is not None:
        for element, tag in (("publisher", "publisher"), ("isbn", "isbn"), ("year", "date")):
            found[tag] = [text(first(published, element))]
    return {tag: values for tag, values in found.items() if any(values)}


def fb2_cover(root: Element) -> tuple[bytes, str] | None:
    """The cover's bytes and media type."""
    page = first(root, "description", "title-info", "coverpage")
    picture = None if page is None else next(every(page, "image"), None)
    return None if picture is None else _picture(root, attribute(picture, "href"))


def fb2_contents(root: Element) -> list[Section]:
    """The table of contents; an href is the number of the section that `fb2_sections` gives."""
    return [Section(s.title, str(number), s.depth) for number, s in enumerate(_walk(root)) if s.title]


def fb2_sections(root: Element) -> list[HtmlSection]:
    """The whole text, one section per leaf chapter."""
    return [HtmlSection(s.title, _html(root, s.elements), s.depth) for s in _walk(root)]


class _Chapter(NamedTuple):
    title: str
    depth: int
    elements: list[Element]


def _walk(root: Element) -> list[_Chapter]:
    found: list[_Chapter] = []
    for body in children(root, "body"):
        _chapter(body, 0, found)
    return found


def _chapter(element: Element, depth: int, found: list[_Chapter]) -> None:
    own = [child for child in children(element) if local(child) != "section"]
    if own:
        found.append(_Chapter(text(first(element, "title")), depth, own))
    if depth < DEPTH:
        for child in children(element, "section"):
            _chapter(child, depth + 1, found)


def _html(root: Element, elements: list[Element]) -> str:
    return "".join(_node(root, element, 0) for element in elements)


def _node(root: Element, element: Element, depth: int) -> str:
    name = local(element)
    if name == "image":
        found = _picture(root, attribute(element, "href"))
        return f'<img alt="" src="data:{found[1]};base64,{base64.b64encode(found[0]).decode()}">' if found else ""
    if name == "empty-line":
        return "<br>"
    inner = escape(element.text or "", quote=False)
    if depth < DEPTH:
        for child in element:
            inner += (_node(root, child, depth + 1) if local(child) else "") + escape(child.tail or "", quote=False)
    tag = AS_HTML.get(name)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _picture(root: Element, href: str) -> tuple[bytes, str] | None:
    wanted = href.removeprefix("#")
    element = next((b for b in children(root, "binary") if attribute(b, "id") == wanted), None)
    if element is None or len(element.text or "") > PICTURE * 4 // 3:
        return None
    try:
        data = base64.b64decode(element.text or "")
    except (binascii.Error, ValueError):
        return None
    kind = image_type(data[:64])
    return (data, kind) if kind in SHOWN else None


def _person(element: Element) -> str:
    parts = [text(first(element, name)) for name in ("first-name", "middle-name", "last-name")]
    return " ".join(part for part in parts if part) or text(first(element, "nickname"))
