"""Cursors carry sort values there and back, and nothing else gets through."""

import base64

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medley.kernel.errors import InvalidInput
from medley.kernel.pages import MAX_LIMIT, check_limit, decode_cursor, encode_cursor

_SCALARS = st.none() | st.text() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.lists(_SCALARS)


@given(_VALUES)
def test_a_cursor_comes_back_as_it_went(values: list[str | int | float | None]) -> None:
    text = encode_cursor(values)
    assert decode_cursor(text, len(values)) == values
    assert text.replace("-", "").replace("_", "").isalnum() or not values


@given(st.text() | st.binary().map(lambda data: base64.urlsafe_b64encode(data).decode()))
def test_strangers_cursors_are_refused(text: str) -> None:
    try:
        values = decode_cursor(text, 2)
    except InvalidInput:
        return
    assert len(values) == 2  # only what could have been ours


@pytest.mark.parametrize("inner", [[1], [1, 2, 3], [1, {}], [1, [2]], {"a": 1}, "ab"])
def test_a_cursor_of_another_list_is_refused(inner: object) -> None:
    with pytest.raises(InvalidInput, match="not one of ours"):
        decode_cursor(base64.urlsafe_b64encode(msgspec.json.encode(inner)).decode(), 2)


@pytest.mark.parametrize("limit", [1, MAX_LIMIT])
def test_a_sensible_limit(limit: int) -> None:
    assert check_limit(limit) == limit


@pytest.mark.parametrize("limit", [0, -1, MAX_LIMIT + 1])
def test_a_senseless_limit(limit: int) -> None:
    with pytest.raises(InvalidInput):
        check_limit(limit)
