"""Subtitles of videos."""

import pytest
from tests.support.house import House
from tests.support.subsonic import App, app_of

from medley.protocols.subsonic.captions import to_srt


def film(house: House) -> str:
    return f"so-{house.item(kind='film', sort='title')['id']}"


def test_subtitles_in_both_forms(house: House, app: App) -> None:
    vtt = app.get("getCaptions", id=film(house))
    assert vtt.headers["content-type"].startswith("text/vtt")
    assert vtt.text.startswith("WEBVTT")
    srt = app.get("getCaptions", id=film(house), format="srt")
    assert srt.text == "1\n00:00:00,100 --> 00:00:00,900\nHello\n"


def test_what_has_none(house: House, app: App) -> None:
    other = house.item(kind="film", sort="title", order="desc")
    assert app.fail("getCaptions", id=f"so-{other['id']}")["code"] == 70
    assert app.fail("getCaptions", id=film(house), format="ass")["code"] == 0
    assert app.fail("getCaptions")["code"] == 10
    music = house.item(kind="music", level="track")["id"]
    assert app_of(house, "limited").fail("getCaptions", id=f"so-{music}")["code"] == 70


@pytest.mark.parametrize(
    ("vtt", "srt"),
    [
        ("WEBVTT\n", ""),
        ("WEBVTT\n\n01:02.003 --> 01:04.005 align:left\na\nb\n", "1\n00:01:02,003 --> 00:01:04,005\na\nb\n"),
        (
            "WEBVTT\r\n\r\nid\r\n1:00:00.000 --> 1:00:01.000\r\nx\r\n\r\n00:01.000 --> 00:02.000\r\ny",
            "1\n1:00:00,000 --> 1:00:01,000\nx\n\n2\n00:00:01,000 --> 00:00:02,000\ny\n",
        ),
    ],
)
def test_webvtt_as_subrip(vtt: str, srt: str) -> None:
    assert to_srt(vtt) == srt
