"""XML from strangers: no entities, no network, no huge trees, and as much as can be saved of what is broken.

Everything is matched by local name, because half of the files in the wild have the wrong namespace or none.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from medley.kernel.errors import InvalidInput, TooLarge

LIMIT = 32 * 1024 * 1024  # bytes of one document; the largest FB2 books with pictures stay below

Element = Any  # lxml.etree._Element: the library does not export its own class


def parse(data: bytes, what: str) -> Element:
    """The root element of `data`; raises InvalidInput naming `what` when there is none, TooLarge above `LIMIT`."""
    if len(data) > LIMIT:
        raise TooLarge(f"The {what} is larger than {LIMIT // 2**20} MiB, so it is not read.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.lstrip(b"\r\n\t "), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidInput(f"The {what} is not XML: {error}.") from error
    if root is None:
        raise InvalidInput(f"The {what} holds no XML element.")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; empty for what is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements, only those called one of `names` where any are given."""
    for child in element:
        called = local(child)
        if called and (not names or called in names):
            yield child


def first(element: Element, *path: str) -> Element | None:
    """The first element at the end of `path`, one name per level."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def every(element: Element, *names: str) -> Iterator[Element]:
    """All descendants called one of `names`, in document order."""
    return (found for found in element.iter() if local(found) in names)


def attribute(element: Element, name: str) -> str:
    """The attribute called `name` in whatever namespace; empty when absent."""
    value = element.get(name)
    if value is not None:
        return value.strip()
    return next((v.strip() for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def text(element: Element | None) -> str:
    """All text below the element, with runs of white space as one space."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
