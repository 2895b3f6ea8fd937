"""What a file is called on the wire."""

import pytest

from medley.protocols.plumbing.media import media_type_of


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("a.MP3", "audio/mpeg"),
        ("a.flac", "audio/flac"),
        ("a.opus", "audio/ogg"),
        ("a.m4b", "audio/mp4"),
        ("a.mkv", "video/x-matroska"),
        ("a.aac", "audio/aac"),
        ("a.html", "application/octet-stream"),
        ("a.svg", "application/octet-stream"),
        ("no ending", "application/octet-stream"),
    ],
)
def test_types_that_a_browser_cannot_run(name: str, type_: str) -> None:
    assert media_type_of(name) == type_
