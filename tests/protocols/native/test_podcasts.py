"""Podcasts over HTTP: followed, listed, downloaded, heard."""

import contextlib
from collections.abc import Iterator

import pytest
from tests.support.asking import costs_the_same, refused, walk
from tests.support.hosts import answer, host
from tests.support.house import House
from tests.support.podcasts import Publisher, picture, sound

from medley.app.worker import stand_in

ONE = {"download": "newest", "download_count": 1}


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    with host(made) as made.host:
        yield made


@pytest.fixture
def followed(house: House, publisher: Publisher) -> Iterator[str]:
    """The id of a podcast that is followed, with one episode wanted."""
    made = house.clients["power_user"].post("/podcasts", json={"url": publisher.feed_url, "rules": ONE})
    assert made.status_code == 201, made.text
    yield made.json()["id"]
    with contextlib.suppress(AssertionError):
        assert house.clients["admin"].delete(f"/podcasts/{made.json()['id']}").status_code == 204
    _leave_as_it_was(house)


def _leave_as_it_was(house: House) -> None:
    """The first podcast makes a source for itself; other tests of this house count its sources."""
    admin = house.clients["admin"]
    for source in admin.get("/sources").json():
        if source["id"] not in house.sources.values():
            assert admin.delete(f"/sources/{source['id']}").status_code == 204


def episodes(house: House, feed_id: str) -> list[dict]:
    return house.clients["user"].get(f"/podcasts/{feed_id}/episodes").raise_for_status().json()["items"]


def _unfinished(house: House) -> list[str]:
    return [job.id for job in house.parts.jobs.list(("queued", "running")).items]


def test_from_an_address_to_an_item(house: House, publisher: Publisher, followed: str):
    user = house.clients["user"]
    shown = user.get(f"/podcasts/{followed}").json()
    assert (shown["title"], shown["episodes"], shown["rules"]["download"]) == ("Plain Talk", 3, "newest")
    with stand_in(house.parts):
        while unfinished := _unfinished(house):  # the download asks for a scan
            assert {house.parts.jobs.wait(job, 60).state for job in unfinished} == {"done"}
    while house.parts.postman.deliver():
        pass
    here = episodes(house, followed)[0]
    assert here["state"] == "here"
    assert user.get(f"/items/{here['item_id']}").json()["title"] == "Part 3"
    assert user.get(f"/podcasts/{followed}/episodes", params={"downloaded": True}).json()["items"] == [here]
    assert user.get(f"/podcasts/episodes/{here['id']}").json() == here
    removed = house.clients["power_user"].delete(f"/podcasts/episodes/{here['id']}/download")
    assert removed.json()["state"] == "removed"


def test_addresses_are_for_those_who_may_change_them(house: House, publisher: Publisher, followed: str):
    for name in ("admin", "power_user"):
        assert house.clients[name].get(f"/podcasts/{followed}").json()["url"] == publisher.feed_url
    for name in ("user", "guest"):
        shown = house.clients[name].get(f"/podcasts/{followed}")
        assert str(publisher.host.port) not in shown.json()["url"]
        refused(house.clients[name].get("/podcasts/opml"), 403)
        refused(house.clients[name].post("/podcasts", json={"url": publisher.feed_url}), 403)
    refused(house.clients["limited"].get(f"/podcasts/{followed}"), 404)
    assert house.clients["limited"].get("/podcasts").json()["items"] == []
    assert house.clients["limited"].get("/podcasts/episodes").json()["items"] == []


def test_a_preview_follows_nothing(house: House, publisher: Publisher):
    shown = house.clients["power_user"].post("/podcasts/preview", json={"url": publisher.feed_url}).json()
    assert (shown["title"], shown["episodes"], shown["subscribed"]) == ("Plain Talk", 3, "")
    assert [each["title"] for each in shown["newest"]] == ["Part 3", "Part 2", "Part 1"]
    assert house.clients["admin"].get("/podcasts").json()["items"] == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "file:///etc/passwd",
        "http://10.0.0.1/feed",
        "http://[::1]/",
        "http://u:p@h:x/",
        "ht tp://x",
        "http://x/\u0001",
    ],
)
def test_addresses_that_lead_nowhere(house: House, url: str):
    for path in ("/podcasts", "/podcasts/preview"):
        refused(house.clients["admin"].post(path, json={"url": url}), 422)


def test_a_host_that_fails_is_told(house: House, publisher: Publisher):
    publisher.paths["/feed.xml"] = answer(500)
    told = refused(house.clients["admin"].post("/podcasts", json={"url": publisher.feed_url}), 422)
    assert "status 500" in told["detail"]


def test_rules_and_lists(house: House, publisher: Publisher, followed: str):
    admin = house.clients["admin"]
    changed = admin.patch(f"/podcasts/{followed}", json={"rules": {"download": "none", "keep": 7}}).json()
    assert (changed["rules"]["download"], changed["rules"]["keep"]) == ("none", 7)
    exported = admin.get("/podcasts/opml")
    assert exported.headers["content-type"].startswith("text/x-opml")
    assert admin.post("/podcasts/opml", json={"opml": exported.text}).json() == {"added": 0, "known": 1, "refused": 0}
    refused(admin.post("/podcasts/opml", json={"opml": "no list"}), 422)
    assert admin.post(f"/podcasts/{followed}/refresh").status_code == 202


def test_the_cover_is_drawn_anew(house: House, followed: str):
    drawn = house.clients["user"].get(f"/podcasts/{followed}/cover", params={"width": 100})
    assert drawn.status_code == 200
    assert drawn.headers["content-type"].startswith("image/")
    assert drawn.content != picture()


def test_an_episode_is_heard_through_us(house: House, publisher: Publisher, followed: str):
    episode = episodes(house, followed)[1]
    user = house.clients["user"]
    whole = user.get(f"/podcasts/episodes/{episode['id']}/bytes")
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, sound(), "audio/mpeg")
    publisher.media = answer(206, sound()[5:9], content_range=f"bytes 5-8/{len(sound())}", content_type="text/html")
    part = user.get(f"/podcasts/episodes/{episode['id']}/bytes", headers={"range": "bytes=5-8"})
    assert (part.status_code, part.content) == (206, sound()[5:9])
    assert part.headers["content-type"] == "application/octet-stream"
    assert publisher.host.asked[-1].headers["range"] == "bytes=5-8"
    publisher.media = answer(403)
    refused(user.get(f"/podcasts/episodes/{episode['id']}/bytes"), 503)


def test_lists_are_paged_and_cost_the_same_at_any_length(house: House, publisher: Publisher, followed: str):
    admin = house.clients["admin"]
    lines = "".join(f'<outline text="P{n:02}" xmlUrl="https://h{n}.example/"/>' for n in range(12))
    assert admin.post("/podcasts/opml", json={"opml": f"<opml>{lines}</opml>"}).json()["added"] == 12
    try:
        titles = [each["title"] for each in walk(admin, "/podcasts", 5)]
        assert titles == sorted(titles)
        assert len(titles) == 13
        assert costs_the_same(admin, "/podcasts")
        assert costs_the_same(admin, f"/podcasts/{followed}/episodes")
        assert costs_the_same(admin, "/podcasts/episodes")
        assert [each["title"] for each in walk(admin, f"/podcasts/{followed}/episodes", 1)][:2] == ["Part 3", "Part 2"]
    finally:
        for each in admin.get("/podcasts").json()["items"]:
            if each["title"].startswith("P0") or each["title"].startswith("P1"):
                admin.delete(f"/podcasts/{each['id']}")
