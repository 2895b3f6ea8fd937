"""Chapters in files of their own, wherever their address leads."""

import json

import pytest
from tests.support.feeds import buzzsprout, podlove
from tests.support.hosts import Behaviour, answer, host
from tests.support.podcasts import Studio

from medley.kernel.errors import MedleyError


def chapters(studio: Studio, behaviour: Behaviour) -> list[tuple[int, str, str]]:
    studio.publisher.shape = buzzsprout
    studio.publisher.paths["/3/chapters.json"] = behaviour
    studio.follow()
    found = studio.podcasts.episodes.chapters(studio.me, studio.episodes()[0].id)
    return [(each.start_ms, each.title, each.link) for each in found]


def test_a_file_of_chapters(lite_studio: Studio):
    said = [
        {"startTime": 90.5, "title": "Two", "url": "https://x.example/"},
        {"startTime": 0, "title": "One", "url": "javascript:alert(1)"},
        {"startTime": 60, "toc": False},
        {"startTime": "NaN"},
        {"title": "When?"},
        7,
    ]
    body = json.dumps({"version": "1.2.0", "chapters": said}).encode()
    assert chapters(lite_studio, answer(200, body)) == [(0, "One", ""), (90_500, "Two", "https://x.example/")]


def test_chapters_of_the_feed_are_not_fetched(lite_studio: Studio):
    lite_studio.publisher.shape = podlove
    lite_studio.follow()
    before = len(lite_studio.publisher.host.asked)
    found = lite_studio.podcasts.episodes.chapters(lite_studio.me, lite_studio.episodes()[0].id)
    assert [each.title for each in found] == ["Intro", "Thema"]
    assert len(lite_studio.publisher.host.asked) == before


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(404),
        answer(200, b"<html>"),
        answer(200, b'{"chapters":' + b"[" * 100_000),
        answer(200, b" " * (2 << 20)),
        answer(302, location="http://169.254.169.254/latest/meta-data/"),
    ],
    ids=["404", "page", "deep", "huge", "inside"],
)
def test_what_is_no_file_of_chapters(lite_studio: Studio, behaviour: Behaviour):
    with pytest.raises(MedleyError):
        chapters(lite_studio, behaviour)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"chapters": 7}', b'{"chapters": {"a": 1}}'])
def test_a_file_without_chapters(lite_studio: Studio, body: bytes):
    assert chapters(lite_studio, answer(200, body)) == []


def test_the_second_hop_of_a_picture_and_of_chapters_may_not_lead_inside(lite_studio: Studio):
    inside = answer(200, b'{"chapters": []}')
    with host(inside, "127.0.0.1") as secret:
        lite_studio.publisher.paths["/hop"] = answer(302, location=secret.url.replace("127.0.0.1", "[::1]"))
        with pytest.raises(MedleyError, match="does not connect"):
            chapters(lite_studio, answer(302, location="/hop"))
    assert not secret.asked
