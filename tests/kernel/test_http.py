"""The rules of RFC 9110 for conditions and ranges, without a server."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medley.kernel.http import (
    MAX_RANGES,
    Answer,
    Representation,
    Span,
    decide,
    format_date,
    framing,
    multipart_length,
    parse_date,
    parse_range,
    part_head,
    parts_end,
)

SIZE = 10_000
NOW = 1_700_000_000
FILE = Representation(SIZE, '"strong"', NOW)
WHOLE = Answer(200, (Span(0, SIZE),))


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        ("bytes=0-499", [(0, 500)]),
        ("bytes=500-", [(500, SIZE)]),
        ("bytes=-500", [(SIZE - 500, SIZE)]),
        ("bytes=-99999", [(0, SIZE)]),
        ("bytes=9999-99999", [(9999, SIZE)]),
        ("BYTES = 0-0", [(0, 1)]),
        ("bytes=0-0, 9000-9009", [(0, 1), (9000, 9010)]),
        ("bytes=,, 0-0 ,", [(0, 1)]),
        ("bytes=5000-5999,0-999", [(0, 1000), (5000, 6000)]),
        ("bytes=0-10,5-20,21-30", [(0, 31)]),
        ("bytes=0-1,20000-", [(0, 2)]),
        (f"bytes={SIZE}-", []),
        ("bytes=-0", []),
    ],
)
def test_the_spans_of_a_range(header: str, spans: list[tuple[int, int]]) -> None:
    assert parse_range(header, SIZE) == tuple(Span(*each) for each in spans)


@pytest.mark.parametrize(
    "header",
    ["items=0-1", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1-2", "bytes=0x1-2", "bytes=--1",
     "bytes=+1-2", "bytes=1.5-2", "bytes=0-" + "9" * 60, "bytes=٣-٤"],
)  # fmt: skip
def test_what_is_no_range_is_ignored(header: str) -> None:
    assert parse_range(header, SIZE) is None
    assert decide("GET", {"range": header}, FILE) == WHOLE


def test_too_many_ranges_are_ignored() -> None:
    def ranges(count: int) -> str:
        return "bytes=" + ",".join(f"{each * 500}-{each * 500}" for each in range(count))

    assert len(parse_range(ranges(MAX_RANGES), SIZE) or ()) == MAX_RANGES
    assert parse_range(ranges(MAX_RANGES + 1), SIZE) is None
    assert parse_range("bytes=" + "0-0," * 100_000, SIZE) is None


def test_an_empty_file_has_no_range() -> None:
    assert decide("GET", {"range": "bytes=0-"}, Representation(0)) == Answer(416)
    assert decide("GET", {}, Representation(0)) == Answer(200, (Span(0, 0),))


def test_beyond_four_gibibytes() -> None:
    size = 5 * 2**30
    answer = decide("GET", {"range": f"bytes={2**32 + 1}-{2**32 + 10}"}, Representation(size))
    assert answer == Answer(206, (Span(2**32 + 1, 2**32 + 11),))
    assert answer.spans[0].content_range(size) == f"bytes 4294967297-4294967306/{size}"


def test_a_range_means_nothing_to_head() -> None:
    assert decide("HEAD", {"range": "bytes=0-0"}, FILE) == WHOLE


@pytest.mark.parametrize(
    ("condition", "etag", "status"),
    [
        ('"strong"', '"strong"', 206),
        ('"other"', '"strong"', 200),
        ('W/"strong"', '"strong"', 200),
        ('W/"strong"', 'W/"strong"', 200),
        (format_date(NOW), '"strong"', 206),
        (format_date(NOW - 1), '"strong"', 200),
        (format_date(NOW + 1), '"strong"', 200),
        ("nonsense", '"strong"', 200),
    ],
)
def test_if_range(condition: str, etag: str, status: int) -> None:
    headers = {"range": "bytes=0-0", "if-range": condition}
    assert decide("GET", headers, Representation(SIZE, etag, NOW)).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": '"strong"'}, 304),
        ({"if-none-match": 'W/"strong"'}, 304),
        ({"if-none-match": '"a", "strong"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"a"'}, 200),
        ({"if-none-match": '"a"', "if-modified-since": format_date(NOW)}, 200),
        ({"if-modified-since": format_date(NOW)}, 304),
        ({"if-modified-since": format_date(NOW - 1)}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-match": '"strong"'}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": 'W/"strong"'}, 412),
        ({"if-match": '"a"'}, 412),
        ({"if-unmodified-since": format_date(NOW)}, 200),
        ({"if-unmodified-since": format_date(NOW - 1)}, 412),
        ({"if-match": '"strong"', "if-unmodified-since": format_date(NOW - 1)}, 200),
        ({"range": "bytes=0-0", "if-none-match": '"strong"'}, 304),
    ],
)
def test_conditions(headers: dict[str, str], status: int) -> None:
    assert decide("GET", headers, FILE).status == status


def test_without_validators_only_a_star_matches() -> None:
    bare = Representation(SIZE)
    assert decide("GET", {"if-none-match": '"a"', "if-modified-since": format_date(NOW)}, bare) == WHOLE
    assert decide("GET", {"if-none-match": "*"}, bare).status == 304


def test_dates_go_there_and_back() -> None:
    assert format_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert parse_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777
    assert parse_date("Sun, 06 Nov 99999 08:49:37 GMT") is None


def test_the_length_of_a_multipart_body_is_that_of_its_pieces() -> None:
    spans = (Span(0, 5), Span(200, 300))
    body = b"".join(part_head("b", "video/mp4", span, SIZE) + b"x" * span.length + b"\r\n" for span in spans)
    assert multipart_length("b", "video/mp4", spans, SIZE) == len(body + parts_end("b"))


@given(st.text(alphabet="bytes=-,0123456789 ", max_size=60), st.integers(0, 2**40))
def test_any_header_gives_spans_inside_the_file(header: str, size: int) -> None:
    spans = parse_range(header, size) or ()
    assert all(0 <= span.start < span.stop <= size for span in spans)
    assert all(before.stop < after.start for before, after in pairwise(spans))


@given(
    st.dictionaries(st.sampled_from(["range", "if-range", "if-none-match", "if-match", "if-modified-since"]), st.text())
)
def test_no_header_can_make_it_fail(headers: dict[str, str]) -> None:
    assert decide("GET", headers, FILE).status in (200, 206, 304, 412, 416)


@pytest.mark.parametrize(
    ("answer", "headers"),
    [
        (WHOLE, {"content-length": "10000"}),
        (Answer(206, (Span(10, 20),)), {"content-length": "10", "content-range": "bytes 10-19/10000"}),
        (Answer(416), {"content-length": "0", "content-range": "bytes */10000"}),
        (Answer(304), {}),
        (Answer(412), {"content-length": "0"}),
    ],
)
def test_an_answer_tells_which_bytes_it_carries(answer: Answer, headers: dict[str, str]) -> None:
    assert framing(answer, SIZE) == headers
