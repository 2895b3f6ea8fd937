"""Podcasts in music apps: what is followed, and what merely lies in the library."""

from collections.abc import Iterator

import pytest
from tests.support.hosts import host
from tests.support.house import House
from tests.support.podcasts import Publisher, sound
from tests.support.subsonic import App, app_of

from medley.app.worker import stand_in


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    with host(made) as made.host:
        yield made


@pytest.fixture
def followed(house: House, app: App, publisher: Publisher) -> Iterator[str]:
    """The id of a channel that is followed."""
    assert app.ask("createPodcastChannel", url=publisher.feed_url) == {}
    channel = next(each for each in channels(app) if each["url"] == publisher.feed_url)
    yield channel["id"]
    assert app.ask("deletePodcastChannel", id=channel["id"]) == {}


def channels(app: App, **more: str) -> list[dict]:
    return app.ask("getPodcasts", **more)["podcasts"]["channel"]


def work(house: House) -> None:
    """Until nothing waits: downloads, the scans that they ask for, and what those tell."""
    with stand_in(house.parts):
        while open_ := house.parts.jobs.list(("queued", "running")).items:
            for job in open_:
                house.parts.jobs.wait(job.id, 60)
    while house.parts.postman.deliver():
        pass


def test_what_lies_in_the_library(app: App):
    (channel,) = channels(app)
    assert (channel["title"], channel["status"]) == ("Small Talk", "completed")
    (episode,) = channel["episode"]
    assert (episode["title"], episode["status"], episode["publishDate"][:10]) == ("Hello", "completed", "2021-01-31")
    assert episode["channelId"] == episode["parent"] == channel["id"]
    assert app.ask("getPodcastEpisode", id=episode["id"]) == {"podcastEpisode": episode}
    assert channels(app, id=channel["id"]) == [channel]
    assert app.get("stream", id=episode["streamId"], format="raw").content[:4] == b"fLaC" or episode["suffix"] == "mp3"


def test_from_an_address_to_the_sound(house: House, app: App, followed: str):
    (channel,) = channels(app, id=followed)
    assert (channel["title"], channel["description"], channel["status"]) == (
        "Plain Talk",
        "Talk, plainly.",
        "completed",
    )
    assert [(each["title"], each["status"]) for each in channel["episode"]] == [
        ("Part 3", "skipped"),
        ("Part 2", "skipped"),
        ("Part 1", "skipped"),
    ]
    first = channel["episode"][0]
    assert "streamId" not in first
    assert app.fail("stream", id=first["id"])["code"] == 70
    assert (first["duration"], first["publishDate"]) == (180, "2024-02-21T06:00:00.000Z")
    assert app.get("getCoverArt", id=channel["coverArt"], size=100).headers["content-type"].startswith("image/")
    assert app.ask("downloadPodcastEpisode", id=first["id"]) == {}
    assert channels(app, id=followed)[0]["episode"][0]["status"] == "downloading"
    work(house)
    here = channels(app, id=followed)[0]["episode"][0]
    assert (here["id"], here["status"], here["suffix"], here["size"]) == (first["id"], "completed", "mp3", len(sound()))
    for id_ in (here["streamId"], here["id"]):  # some apps use the one for the other
        assert app.get("stream", id=id_, format="raw").content == sound()
    assert app.ask("getPodcastEpisode", id=here["id"]) == {"podcastEpisode": here}
    assert {each["title"] for each in channels(app)} == {"Plain Talk", "Small Talk"}, "no podcast is there twice"
    assert app.ask("deletePodcastEpisode", id=here["id"]) == {}
    work(house)
    assert channels(app, id=followed)[0]["episode"][0]["status"] == "skipped"


def test_the_newest(app: App, followed: str):
    newest = app.ask("getNewestPodcasts", count=3)["newestPodcasts"]["episode"]
    assert [each["title"] for each in newest] == ["Part 3", "Part 2", "Part 1"]
    every = app.ask("getNewestPodcasts")["newestPodcasts"]["episode"]
    assert [each["title"] for each in every] == ["Part 3", "Part 2", "Part 1", "Hello"]


def test_episodes_may_be_left_out(app: App, followed: str):
    assert not any(each.get("episode") for each in channels(app, includeEpisodes="false"))
    assert app.ask("refreshPodcasts") == {}


def test_what_is_none_and_what_is_not_allowed(house: House, app: App, followed: str):
    assert app.fail("getPodcasts", id="po-00000000000000000000000000")["code"] == 70
    assert app.fail("getPodcastEpisode", id="ep-00000000000000000000000000")["code"] == 70
    assert app.fail("createPodcastChannel")["code"] == 10
    assert app.fail("createPodcastChannel", url="http://10.0.0.1/")["code"] == 0
    user, limited = app_of(house, "user"), app_of(house, "limited")
    for method in ("refreshPodcasts", "createPodcastChannel", "deletePodcastChannel", "downloadPodcastEpisode"):
        assert user.fail(method, id=followed, url="https://x.example")["code"] == 50
    assert channels(limited) == []
    assert limited.fail("getPodcasts", id=followed)["code"] == 70
    assert not any("127.0.0.1" in each["url"] for each in channels(user))


def test_xml_says_the_same(app: App, followed: str):
    text = app.get("getPodcasts", id=followed, f="xml").text
    assert '<channel id="' in text
    assert text.count("<episode ") == 3
    assert 'title="Part 3"' in text
