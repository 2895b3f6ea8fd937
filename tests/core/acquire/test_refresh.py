"""Feeds as they change, move, fail and come back."""

import pytest
from tests.support.feeds import Told, episodes, libsyn, patreon
from tests.support.hosts import answer, host
from tests.support.podcasts import Studio, picture

from medley.core.acquire import Rules
from medley.kernel.errors import Conflict, MedleyError

DAY_MS = 24 * 3_600_000


def ids(studio: Studio) -> dict[str, str]:
    return {each.title: each.id for each in studio.episodes()}


def test_a_feed_that_is_the_same_is_not_read_again(lite_studio: Studio):
    lite_studio.publisher.etag = '"1"'
    lite_studio.follow()
    asked = lite_studio.publisher.asked_for("/feed.xml")
    assert lite_studio.refresh().changed == 0
    assert "if-none-match" not in asked[0].headers
    assert lite_studio.publisher.asked_for("/feed.xml")[1].headers["if-none-match"] == '"1"'
    assert lite_studio.one().failing == ""


def test_nothing_is_asked_for_before_its_time(lite_studio: Studio):
    assert lite_studio.podcasts.refresh_due() is None
    lite_studio.follow()
    assert lite_studio.podcasts.refresh_due() is None
    lite_studio.clock.advance(120 * 60_000)
    job_id = lite_studio.podcasts.refresh_due()
    assert job_id is not None
    assert lite_studio.podcasts.refresh_due() == job_id


def test_only_what_is_due_is_asked_for(lite_studio: Studio):
    lite_studio.follow()
    assert lite_studio.refresh(later_minutes=10).feeds == 0
    assert lite_studio.refresh(later_minutes=60).feeds == 1
    assert lite_studio.refresh(later_minutes=0, feed_id=lite_studio.one().id).feeds == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda told: [Told(each.number, guid=f"new-{each.number}") for each in told],
        lambda told: [Told(each.number, media=f"https://new.example/{each.number}.mp3") for each in told],
        lambda told: [Told(each.number, title=f"Renamed {each.number}") for each in told],
    ],
    ids=["guids", "addresses", "titles"],
)
def test_an_episode_survives_what_feeds_do_to_it(studio: Studio, change):
    studio.follow()
    before = [each.id for each in studio.episodes()]
    studio.publisher.told = change(studio.publisher.told)
    studio.refresh()
    assert [each.id for each in studio.episodes()] == before


def test_keys_that_all_episodes_share_say_nothing(studio: Studio):
    studio.publisher.told = episodes(1, 2, 3, guid="the same", media="https://h.example/play.mp3")
    studio.follow()
    before = ids(studio)
    assert len(before) == 3
    studio.publisher.told = episodes(1, 2, 3, 4, guid="the same", media="https://h.example/play.mp3")
    studio.refresh()
    assert before.items() <= ids(studio).items()


def test_private_feeds_whose_sound_has_one_path(lite_studio: Studio):
    lite_studio.publisher.shape = patreon
    lite_studio.follow()
    before = ids(lite_studio)
    lite_studio.refresh()
    assert len(before) == 3
    assert ids(lite_studio) == before


def test_what_leaves_the_feed_stays_and_comes_back(studio: Studio):
    studio.follow()
    before = ids(studio)
    studio.publisher.told = episodes(3)
    studio.refresh()
    assert ids(studio) == before
    assert [each.gone for each in studio.episodes()] == [False, True, True]
    studio.publisher.told = episodes(1, 2, 3)
    studio.refresh()
    assert [each.gone for each in studio.episodes()] == [False, False, False]


def test_an_empty_feed_is_a_broken_one(lite_studio: Studio):
    lite_studio.follow()
    lite_studio.publisher.told = []
    lite_studio.refresh()
    assert [each.gone for each in lite_studio.episodes()] == [False, False, False]


@pytest.mark.parametrize("status", [301, 308])
def test_a_lasting_move_is_followed(studio: Studio, status: int):
    feed_id = studio.follow().id
    there = studio.publisher.host.url
    body = studio.publisher.shape(there, studio.publisher.told)
    studio.publisher.paths |= {"/feed.xml": answer(status, location="/moved.xml"), "/moved.xml": answer(200, body)}
    studio.refresh()
    assert (studio.one().id, studio.one().url) == (feed_id, f"{there}/moved.xml")
    assert studio.one().episodes == 3


def test_a_passing_redirect_moves_nothing(lite_studio: Studio):
    url = lite_studio.follow().url
    body = lite_studio.publisher.shape(lite_studio.publisher.host.url, lite_studio.publisher.told)
    lite_studio.publisher.paths |= {"/feed.xml": answer(302, location="/x.xml"), "/x.xml": answer(200, body)}
    lite_studio.refresh()
    assert lite_studio.one().url == url


def test_a_new_address_in_the_feed_counts_once_it_is_there(lite_studio: Studio):
    url = lite_studio.follow().url
    there = lite_studio.publisher.host.url
    lite_studio.publisher.extra = {"extra": f"<itunes:new-feed-url>{there}/new.xml</itunes:new-feed-url>"}
    lite_studio.refresh()
    assert lite_studio.one().url == url
    assert lite_studio.one().failing == ""
    body = lite_studio.publisher.shape(there, lite_studio.publisher.told, title="Plain Talk Anew")
    lite_studio.publisher.paths["/new.xml"] = answer(200, body)
    lite_studio.publisher.told = episodes(1, 2, 3, 4)
    lite_studio.refresh()
    assert (lite_studio.one().url, lite_studio.one().title) == (f"{there}/new.xml", "Plain Talk Anew")


def test_a_password_does_not_move_to_another_host(lite_studio: Studio):
    lite_studio.follow(login="ann", password="hunter2")
    assert lite_studio.one().private
    body = lite_studio.publisher.shape(lite_studio.publisher.host.url, lite_studio.publisher.told)
    with host(answer(200, body), "127.0.0.9") as elsewhere:
        lite_studio.publisher.paths["/feed.xml"] = answer(301, location=f"{elsewhere.url}/feed.xml")
        lite_studio.refresh()
        assert lite_studio.one().url == f"{elsewhere.url}/feed.xml"
        assert not lite_studio.one().private
        lite_studio.refresh()
        assert len(elsewhere.asked) == 2
        assert not any("authorization" in each.headers for each in elsewhere.asked)


def test_a_failing_feed_is_tried_again_and_told(studio: Studio):
    studio.follow()
    studio.publisher.paths["/feed.xml"] = answer(500)
    pauses = []
    for _ in range(4):
        studio.refresh()
        failing = studio.one()
        pauses.append(failing.next_check_at_ms - studio.clock.now_ms())
    assert failing.failures == 4
    assert "status 500" in failing.failing
    assert pauses == sorted(pauses)
    assert max(pauses) <= 1.1 * DAY_MS
    ((path, message),) = studio.room.notices()
    assert path == "Plain Talk"
    assert "“Plain Talk” fails" in message
    del studio.publisher.paths["/feed.xml"]
    assert studio.refresh(later_minutes=48 * 60).failed == 0
    assert (studio.one().failing, studio.one().failures) == ("", 0)
    assert studio.room.notices() == []


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        (answer(401), "name and password"),
        (answer(403), "refuses"),
        (answer(404), "nothing at this address"),
        (answer(410), "gone for good"),
        (answer(200, b"<html>Sign in</html>"), "no feed"),
        (answer(200, b""), "no feed"),
        (answer(302, location="http://10.0.0.1/"), "does not connect"),
        (answer(200, b"<rss>" + bytes(33 << 20)), "larger"),
    ],
    ids=["401", "403", "404", "410", "page", "empty", "inside", "huge"],
)
def test_why_a_feed_fails(lite_studio: Studio, answered, told: str):
    lite_studio.follow()
    lite_studio.publisher.paths["/feed.xml"] = answered
    assert lite_studio.refresh().failed == 1
    assert told in lite_studio.one().failing
    assert lite_studio.one().episodes == 3


def test_one_bad_feed_does_not_hold_up_the_others(lite_studio: Studio):
    with host(
        {"/feed.xml": answer(200, lite_studio.publisher.shape("http://x.example", episodes(1), title="Other"))}
    ) as other:
        lite_studio.follow()
        lite_studio.follow(f"{other.url}/feed.xml")
        lite_studio.publisher.paths["/feed.xml"] = answer(200, b"<<<<")
        result = lite_studio.refresh()
        assert (result.feeds, result.failed) == (2, 1)
        assert [each.failing == "" for each in lite_studio.all()] == [True, False]


def test_a_feed_that_cannot_be_read_is_not_followed(lite_studio: Studio):
    lite_studio.publisher.paths["/feed.xml"] = answer(404)
    with pytest.raises(MedleyError, match="nothing at this address"):
        lite_studio.follow()
    assert lite_studio.all() == []


def test_one_feed_is_followed_once(lite_studio: Studio):
    lite_studio.follow()
    with pytest.raises(Conflict, match="Plain Talk"):
        lite_studio.follow(lite_studio.publisher.feed_url + "/")
    preview = lite_studio.podcasts.subscriptions.preview(lite_studio.publisher.feed_url)
    assert preview.subscribed == lite_studio.one().id
    assert [each.title for each in preview.newest] == ["Part 3", "Part 2", "Part 1"]


def test_two_podcasts_of_one_name_have_two_folders(lite_studio: Studio):
    with host({"/feed.xml": answer(200, lite_studio.publisher.shape("http://x.example", episodes(1)))}) as other:
        lite_studio.follow()
        lite_studio.follow(f"{other.url}/feed.xml")
    assert {each.split("/")[0] for each in lite_studio.files()} == {"Plain Talk", "Plain Talk (2)"}


def test_pictures_of_strangers(lite_studio: Studio):
    paths = lite_studio.publisher.paths
    paths["/cover.png"] = answer(200, b"<svg onload=alert(1)>", content_type="image/svg+xml")
    assert not lite_studio.follow().has_cover
    paths["/cover.png"] = answer(302, location="http://169.254.169.254/latest/meta-data/")
    lite_studio.publisher.told = episodes(1, 2, 3, 4)
    lite_studio.refresh()
    assert not lite_studio.one().has_cover
    paths["/cover.png"] = answer(200, picture("plum"), content_type="text/plain")
    lite_studio.publisher.told = episodes(1, 2, 3, 4, 5)
    lite_studio.refresh()
    drawn = lite_studio.podcasts.cover(lite_studio.me, lite_studio.one().id, 320)
    assert drawn.media_type.startswith("image/")
    assert lite_studio.one().failing == ""


def test_folders_that_lay_there_before_are_respected(lite_studio: Studio):
    lite_studio.home.mkdir()
    folder = lite_studio.home / "Plain Talk"
    folder.mkdir()
    (folder / "cover.jpg").write_bytes(b"mine")
    (folder / "metadata.json").write_text('{"title": "Mine"}')
    lite_studio.follow()
    assert (folder / "cover.jpg").read_bytes() == b"mine"
    assert (folder / "metadata.json").read_text() == '{"title": "Mine"}'
    assert sorted(each.name for each in folder.iterdir()) == ["cover.jpg", "metadata.json"]


def test_rules_that_change_reach_what_is_listed(lite_studio: Studio):
    feed_id = lite_studio.follow().id
    assert lite_studio.states() == ["listed"] * 3
    lite_studio.podcasts.subscriptions.change(lite_studio.me, feed_id, rules=Rules(download="all"))
    lite_studio.refresh()
    assert lite_studio.states() == ["wanted"] * 3


def test_since(lite_studio: Studio):
    since = episodes(2)[0].when.timestamp() * 1000
    lite_studio.follow(rules=Rules(download="since", download_since_ms=int(since)))
    assert lite_studio.states() == ["wanted", "wanted", "listed"]


def test_old_letters_in_names(lite_studio: Studio):
    lite_studio.publisher.shape = libsyn
    lite_studio.follow(rules=Rules(download="newest", download_count=1))
    assert lite_studio.work() == []
    assert "Café/2024-02-21 - Part 3 café – fin.mp3" in lite_studio.files()
