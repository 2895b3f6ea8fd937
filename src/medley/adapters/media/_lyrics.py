"""Lyrics that are no text, as LRC with a time before each line and, where they are told, before each word."""

from collections.abc import Iterable, Iterator

from medley.adapters.media import _xml
from medley.adapters.media._tag_values import clock_ms

_SIDE_TEXTS = frozenset(("x-translation", "x-roman"))


def from_pieces(pieces: Iterable[tuple[str, int]]) -> str:
    """ID3's SYLT: (text, ms). A piece that begins with a new line begins a line; where none does, each is one."""
    found = list(pieces)
    whole_lines = not any(text.strip("\r\n") != text for text, _ in found)
    lines: list[str] = []
    begin = True
    for text, ms in found:
        words = text.strip("\r\n")
        if begin or whole_lines or text[:1] in "\r\n":
            lines.append(f"[{clock(ms)}]")
        lines[-1] += words.strip() if whole_lines else f"<{clock(ms)}>{words}"
        begin = text[-1:] in ("\r", "\n") and bool(words)
    return "\n".join(lines)


def from_ttml(data: bytes) -> tuple[str, str]:
    """(lyrics, language) of Timed Text (https://www.w3.org/TR/ttml2/): a paragraph is a line, a timed span a word.

    Translations and what voices in the background sing are left out: they are no words of the line.
    """
    root = _xml.parse(data, "lyrics")
    lines = []
    for paragraph in _xml.every(root, "p"):
        start = _start(paragraph)
        words = "".join(_words(paragraph))
        text = " ".join(words.split())
        lines.append(text if start is None else f"[{clock(start)}]{text}")
    return "\n".join(lines), _xml.attribute(root, "lang").partition("-")[0]


def clock(ms: int) -> str:
    """`mm:ss.xxx`."""
    return f"{ms // 60000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def _words(element: _xml.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _xml.local(child)
        if name == "br":
            yield " "
        elif name and not (_SIDE_TEXTS | {"x-bg"}) & {_xml.attribute(child, "role")}:
            start = _start(child)
            yield "" if start is None else f"<{clock(start)}>"
            yield from _words(child)
        yield child.tail or ""


def _start(element: _xml.Element) -> int | None:
    """When it begins: a clock time, or seconds with an "s" behind them."""
    return clock_ms(_xml.attribute(element, "begin").removesuffix("s"))
