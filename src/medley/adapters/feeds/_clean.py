"""HTML of strangers as HTML that can do no harm, and as plain text."""

import html
import re

import nh3

_TAGS = frozenset("p br a b strong i em u s ul ol li blockquote code pre h3 h4 h5 h6 hr".split())
_GONE = frozenset(("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title"))
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_BREAKS = re.compile(r"<(?:br|/p|/li|/h\d|/blockquote)\b[^>]*>", re.IGNORECASE)
_MOST = 200_000  # characters of HTML that are looked at; the longest show notes have a tenth


def notes(text: str) -> str:
    """Show notes as HTML of paragraphs, lists, emphasis and links; plain text becomes paragraphs."""
    text = text.strip()[:_MOST]
    if not _MARKUP.search(text):
        lines = html.escape(text, quote=False).split("\n\n")
        text = "".join(f"<p>{'<br>'.join(each.strip().splitlines())}</p>" for each in lines if each.strip())
    return nh3.clean(
        text,
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def plain(text: str, most: int = 4000) -> str:
    """The words alone, of at most `most` characters; paragraphs are lines."""
    text = text.strip()[:_MOST]
    if _MARKUP.search(text):
        text = html.unescape(nh3.clean(_BREAKS.sub("\n", text), tags=set(), clean_content_tags=set(_GONE)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:most]
