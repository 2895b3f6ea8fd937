"""Which bytes a request for a file gets: conditional and range requests, decided without touching a socket.

RFC 9110 throughout: section 8.8 (validators), 13 (conditions and their precedence), 14 (ranges), 15.3.7 (206).
Times are whole seconds since 1970 UTC, because HTTP dates have no finer grain.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime

MAX_RANGES = 16
# Two ranges closer than this cost more as two parts (their headers) than as one.
_GAP = 128

_RANGE = re.compile(r"(\d*)-(\d*)")
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` up to and without `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        return self.stop - self.start

    def content_range(self, size: int) -> str:
        """The value of `Content-Range` for this part of `size` bytes (its end is inclusive)."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


@dataclass(frozen=True, slots=True)
class Representation:
    """What is being asked for: its size in bytes, and the validators that say whether it is still the same."""

    size: int
    etag: str | None = None  # quoted, `W/` in front when weak
    modified_s: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The status, and the bytes to send: none (304, 412, 416), all of them (200), one span or several (206)."""

    status: int
    spans: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """The first of them, or none of the bytes."""
        return self.spans[0] if self.spans else Span(0, 0)


def decide(method: str, headers: Mapping[str, str], it: Representation) -> Answer:
    """The answer to a GET or HEAD; `headers` has lower-case names. Precedence: RFC 9110 section 13.2.2."""
    if not _preconditions_hold(headers, it):
        return Answer(412)
    if _unchanged(headers, it):
        return Answer(304)
    whole = Answer(200, (Span(0, it.size),))
    wanted = headers.get("range")
    # Range means something for GET only (section 14.2); HEAD tells what a plain GET would.
    if wanted is None or method != "GET" or not _range_applies(headers, it):
        return whole
    spans = parse_range(wanted, it.size)
    if spans is None:
        return whole
    return Answer(206, spans) if spans else Answer(416)


def parse_range(header: str, size: int) -> tuple[Span, ...] | None:
    """The wanted spans of `size` bytes, merged where they touch and in the order of the file.

    An empty tuple when nothing of it exists (416); None when the header is to be ignored: another unit, not
    well-formed, or more ranges than anybody needs.
    """
    unit, equals, ranges = header.partition("=")
    if not equals or unit.strip().lower() != "bytes":
        return None
    pieces = [piece.strip() for piece in ranges.split(",", MAX_RANGES + 1)]
    pieces = [piece for piece in pieces if piece]  # empty list elements are legal, section 5.6.1.2
    if not pieces or len(pieces) > MAX_RANGES:
        return None
    spans: list[Span] = []
    for piece in pieces:
        bounds = _bounds(piece)
        if bounds is None:
            return None
        span = _span(*bounds, size)
        if span is not None:
            spans.append(span)
    return _merge(spans)


def _bounds(piece: str) -> tuple[int | None, int | None] | None:
    match = _RANGE.fullmatch(piece)
    # A file offset has at most 19 digits; longer numbers are an attack on `int`, not a request.
    if match is None or len(piece) > 40 or not piece.isascii():
        return None
    first, last = (int(text) if text else None for text in match.groups())
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        return None
    return first, last


def _span(first: int | None, last: int | None, size: int) -> Span | None:
    if first is None:
        assert last is not None
        return Span(max(0, size - last), size) if last and size else None
    if first >= size:
        return None
    return Span(first, size if last is None else min(last + 1, size))


def _merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].stop + _GAP:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return tuple(merged)


def _preconditions_hold(headers: Mapping[str, str], it: Representation) -> bool:
    if (wanted := headers.get("if-match")) is not None:
        return _lists(wanted, it.etag, weak=False)
    since = parse_date(headers.get("if-unmodified-since"))
    return since is None or it.modified_s is None or it.modified_s <= since


def _unchanged(headers: Mapping[str, str], it: Representation) -> bool:
    if (known := headers.get("if-none-match")) is not None:
        return etag_matches(known, it.etag)
    since = parse_date(headers.get("if-modified-since"))
    return since is not None and it.modified_s is not None and it.modified_s <= since


def _range_applies(headers: Mapping[str, str], it: Representation) -> bool:
    """Section 13.1.5: only a strong validator proves that the parts will fit together."""
    condition = headers.get("if-range")
    if condition is None:
        return True
    condition = condition.strip()
    if _ETAG.fullmatch(condition):
        return it.etag is not None and condition == it.etag and not condition.startswith("W/")
    date = parse_date(condition)
    return date is not None and date == it.modified_s


def etag_matches(header: str, etag: str | None) -> bool:
    """Whether `If-None-Match: header` names `etag`, by weak comparison (section 8.8.3.2); `*` names anything."""
    return _lists(header, etag, weak=True)


def _lists(header: str, etag: str | None, *, weak: bool) -> bool:
    if header.strip() == "*":
        return True
    if etag is None:
        return False
    known = _ETAG.findall(header)
    if weak:
        return etag.removeprefix("W/") in (each.removeprefix("W/") for each in known)
    return not etag.startswith("W/") and etag in known


def format_date(seconds: float) -> str:
    """An HTTP date, section 5.6.7."""
    return formatdate(int(seconds), usegmt=True)


def parse_date(text: str | None) -> int | None:
    """Seconds since 1970 UTC of an HTTP date; None for anything that is not one (it is then ignored, section 13.1)."""
    if not text:
        return None
    try:
        return int(parsedate_to_datetime(text).timestamp())
    except (TypeError, ValueError, OverflowError):
        return None


def framing(answer: Answer, size: int) -> dict[str, str]:
    """The headers that tell which of `size` bytes an answer of at most one span carries."""
    headers: dict[str, str] = {}
    if answer.status == 416:
        headers["content-range"] = f"bytes */{size}"
    elif answer.status == 206:
        headers["content-range"] = answer.span.content_range(size)
    if answer.status != 304:
        headers["content-length"] = str(answer.span.length)
    return headers


def part_head(boundary: str, media_type: str, span: Span, size: int) -> bytes:
    """What stands before a part of a `multipart/byteranges` body, section 14.6."""
    lines = (f"--{boundary}", f"Content-Type: {media_type}", f"Content-Range: {span.content_range(size)}", "", "")
    return ("\r\n".join(lines)).encode("latin-1")


def parts_end(boundary: str) -> bytes:
    """What stands after the last part."""
    return f"--{boundary}--\r\n".encode("latin-1")


def multipart_length(boundary: str, media_type: str, spans: Sequence[Span], size: int) -> int:
    """Bytes of the whole `multipart/byteranges` body; each part is followed by CRLF."""
    parts = sum(len(part_head(boundary, media_type, span, size)) + span.length + 2 for span in spans)
    return parts + len(parts_end(boundary))
