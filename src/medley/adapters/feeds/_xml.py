"""XML from strangers, one element of many at a time: no entities, no DTD, no network, nothing huge."""

import codecs
import html.entities
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from medley.kernel.errors import InvalidInput

Element = Any  # lxml.etree._Element: the library does not export its own class

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_BAD = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# A part of each namespace's address that all its spellings share, and the prefix that everybody uses for it.
_NAMESPACES = (
    ("itunes.com/dtds", "itunes:"),
    ("podcastindex", "podcast:"),
    ("podcast-namespace", "podcast:"),
    ("search.yahoo.com/mrss", "media:"),
    ("podlove.org/simple-chapters", "psc:"),
    ("w3.org/2005/atom", "atom:"),
    ("purl.org/atom", "atom:"),
    ("rss/1.0/modules/content", "content:"),
    ("purl.org/dc/", "dc:"),
    ("purl.org/rss/1.0", ""),
    ("backend.userland.com", ""),
    ("w3.org/1999/02/22-rdf", "rdf:"),
)


def elements(data: bytes, charset: str = "") -> Iterator[Element]:
    """Every element as it ends. Whoever is done with one calls `clear` on it."""
    text = decoded(data, charset)
    if "<" not in text[:4096]:
        raise InvalidInput("This is no feed: it is not XML.", hint="Is it the address of the feed, or of a web page?")
    text = _DECLARATION.sub("", _ENTITY.sub(_character, text), count=1).lstrip()
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    source = io.BytesIO(text.encode("utf-8", "replace"))
    del text
    try:
        parsing = etree.iterparse(
            source, ("end",), recover=True, encoding="utf-8", remove_comments=True, remove_pis=True, **options
        )
        for _, element in parsing:
            yield element
    except (etree.LxmlError, ValueError) as error:
        raise InvalidInput(f"This is no feed: {str(error)[:200]}.", hint="Is it the address of the feed?") from error


def decoded(data: bytes, charset: str = "") -> str:
    """The text, by its mark, its declaration, what HTTP said, or what it must be."""
    declared = _DECLARED.match(data[:400])
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for name in (marked, declared[1].decode() if declared else "", charset, "utf-8"):
        try:
            if name:
                return data.decode(name).translate(_BAD)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace").translate(_BAD)


def name_of(element: Element) -> str:
    """The name with the usual prefix of its namespace; “title”, “itunes:title”. Empty for what is no element."""
    return _named(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _named(tag: str) -> str:
    if not tag.startswith("{"):
        return tag  # no namespace, or a prefix that was never declared and is part of the name
    namespace, _, local = tag[1:].partition("}")
    lowered = namespace.lower()
    return next((prefix for part, prefix in _NAMESPACES if part in lowered), "other:") + local


def by_name(element: Element) -> dict[str, list[Element]]:
    """The children by their names."""
    found: dict[str, list[Element]] = {}
    for child in element:
        if name := name_of(child):
            found.setdefault(name, []).append(child)
    return found


def text_of(element: Element | None) -> str:
    """All text of the element, trimmed."""
    return "" if element is None else "".join(element.itertext()).strip()


def inside(element: Element) -> str:
    """The content of an element that may hold markup as text, as CDATA or as elements (Atom's xhtml)."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in element if isinstance(child.tag, str)]
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    """XML has five entities and feeds use all those of HTML; without a DTD they would be lost."""
    name = match[1]
    return match[0] if name in _XML_ENTITIES else html.entities.html5.get(f"{name};", match[0])
