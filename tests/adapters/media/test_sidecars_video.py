"""What yt-dlp writes beside a video."""

import io
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medley.adapters.media.sidecars_video import READER
from medley.core.kinds import Chapter
from medley.kernel.errors import InvalidInput, MedleyError, Unsupported

INFO = {
    "id": "dQw4w9WgXcQ", "title": "A Title", "description": "Words", "uploader": "Somebody", "channel": "A Channel",
    "channel_id": "UC1", "upload_date": "20240131", "webpage_url": "https://example.org/v", "duration": 12.5,
    "tags": ["a", "b"], "categories": ["Music"], "extractor_key": "Youtube", "_type": "video",
    "chapters": [{"start_time": 0, "end_time": 5.5, "title": "One"}, {"start_time": 5.5, "end_time": 12.5}],
}  # fmt: skip


def test_info_json() -> None:
    facts = READER.read(io.BytesIO(json.dumps(INFO).encode()), "v.info.json")
    assert (facts.media, facts.format, facts.duration_ms) == ("sidecar", "info-json", 12_500)
    assert (facts.tags["title"], facts.tags["upload_date"]) == (["A Title"], ["2024-01-31"])
    assert (facts.tags["keywords"], facts.tags["channel_id"]) == (["a", "b"], ["UC1"])
    assert facts.chapters == [Chapter(0, 5500, "One"), Chapter(5500, 12_500, "")]


@pytest.mark.parametrize(("content", "error"), [(b"{", InvalidInput), (b"[]", Unsupported), (b'{"a": 1}', Unsupported)])
def test_other_files(content: bytes, error: type[MedleyError]) -> None:
    with pytest.raises(error, match=r"v\.info\.json"):
        READER.read(io.BytesIO(content), "v.info.json")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(INFO)), _VALUES))
@example({"duration": float("nan"), "view_count": float("inf")})
def test_values_of_any_type_do_no_harm(info: dict) -> None:
    facts = READER.read(io.BytesIO(json.dumps({**info, "extractor": "x"}).encode()), "v.info.json")
    assert all(isinstance(value, str) for values in facts.tags.values() for value in values)
