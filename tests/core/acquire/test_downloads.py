"""Sound from elsewhere: whole, resumed, refused, and taken away again."""

import socket
from pathlib import Path

import pytest
from tests.support.feeds import Told, episodes
from tests.support.hosts import Asked, answer, host
from tests.support.library_room import Following
from tests.support.podcasts import Studio, sound

from medley.core.acquire import Rules
from medley.core.library import ProgressReport
from medley.kernel.errors import Forbidden, InvalidInput, NotFound

ONE = Rules(download="newest", download_count=1)
ALL = Rules(download="all")


def sound_files(studio: Studio) -> list[str]:
    return [each for each in studio.files() if each.endswith((".mp3", ".m4a", ".opus")) and "trash" not in each]


def test_a_download_that_broke_off_goes_on(studio: Studio):
    data = sound(20)
    half = len(data) // 2
    studio.publisher.media = answer(200, data[:half], says=len(data), etag='"v1"', content_type="audio/mpeg")
    studio.follow(rules=ONE)
    assert "broke off" in studio.work()[0]
    assert (studio.states()[0], sound_files(studio)) == ("failed", [])
    assert studio.room.notices() == []

    def rest(asked: Asked, connection: socket.socket) -> None:
        assert asked.headers["range"] == f"bytes={half}-"
        assert asked.headers["if-range"] == '"v1"'
        span = f"bytes {half}-{len(data) - 1}/{len(data)}"
        answer(206, data[half:], etag='"v1"', content_type="audio/mpeg", content_range=span)(asked, connection)

    studio.publisher.media = rest
    studio.refresh()
    assert studio.work() == []
    (path,) = sound_files(studio)
    assert (studio.home / path).read_bytes() == data


def test_what_changed_meanwhile_is_loaded_anew(lite_studio: Studio):
    data = sound(20)
    lite_studio.publisher.media = answer(200, data[:900], says=len(data), etag='"v1"', content_type="audio/mpeg")
    lite_studio.follow(rules=ONE)
    lite_studio.work()
    lite_studio.publisher.media = answer(200, sound(5), etag='"v2"', content_type="audio/mpeg")
    lite_studio.refresh()
    assert lite_studio.work() == []
    (path,) = sound_files(lite_studio)
    assert (lite_studio.home / path).read_bytes() == sound(5)


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        (answer(404), "nothing at this address"),
        (answer(200, b"<!doctype html>Gone", content_type="text/html"), "web page"),
        (answer(200, b"<!doctype html>Gone", content_type="audio/mpeg"), "web page"),
        (answer(200, b'{"error": 1}', content_type="application/json"), "web page"),
        (answer(200, b"", content_type="audio/mpeg"), "empty"),
        (answer(302, location="http://127.0.0.1.nip.invalid/"), "no host"),
        (answer(302, location="http://192.168.0.1/a.mp3"), "does not connect"),
        (answer(200, b"x", says=1 << 49, content_type="audio/mpeg"), "MiB left"),
    ],
    ids=["404", "html", "html as sound", "json", "empty", "nowhere", "inside", "too large for the disk"],
)
def test_what_is_no_sound_is_not_kept(lite_studio: Studio, answered, told: str):
    lite_studio.publisher.media = answered
    lite_studio.follow(rules=ONE)
    assert told in lite_studio.work()[0]
    failed = lite_studio.episodes()[0]
    assert failed.state == "failed"
    assert told in failed.error
    assert sound_files(lite_studio) == []


def test_a_failed_download_is_tried_again_but_not_for_ever(lite_studio: Studio):
    lite_studio.publisher.media = answer(503)
    lite_studio.follow(rules=ONE)
    tries = 0
    for _ in range(30):
        tries += len(lite_studio.work())
        lite_studio.refresh(later_minutes=60 * 24 * 30)
    assert tries == 8
    lite_studio.publisher.media = answer(200, sound(), content_type="audio/mpeg")
    lite_studio.podcasts.episodes.download(lite_studio.me, lite_studio.episodes()[0].id)
    assert lite_studio.work() == []
    assert lite_studio.states()[0] == "here"


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd",
        "a/b\\c:d*e?",
        "CON",
        "...",
        "x" * 1000,
        "💥" * 200,
        "\u202egnp.exe",
        ".hidden",
        "nul.mp3",
        "",
    ],
)
def test_titles_are_names_and_never_paths(lite_studio: Studio, title: str):
    lite_studio.publisher.told = [Told(1, title=title)]
    lite_studio.publisher.extra = {"title": title.replace("&", "") or "T"}
    lite_studio.follow(rules=ONE)
    assert lite_studio.work() == []
    (path,) = sound_files(lite_studio)
    assert len(path.split("/")) == 2
    assert not any(each.startswith(".") for each in path.split("/"))
    assert all(len(each.encode()) < 200 for each in path.split("/"))
    assert lite_studio.episodes()[0].item_id is not None


def test_episodes_of_one_name_and_day(lite_studio: Studio):
    lite_studio.publisher.told = [
        Told(1, title="News", guid="a", media="/a.mp3"),
        Told(1, title="News", guid="b", media="/b.mp3"),
    ]
    lite_studio.follow(rules=ALL)
    assert lite_studio.work() == []
    assert len(sound_files(lite_studio)) == 2
    assert len({each.item_id for each in lite_studio.episodes()}) == 2


def test_a_file_that_comes_during_a_scan_is_shelved(lite_studio: Studio):
    """The scan that was asked for first may be past the folder already."""
    lite_studio.publisher.told = episodes(1, 2)
    lite_studio.follow(rules=ALL)
    for job in lite_studio.waiting("podcast-download"):
        lite_studio.room.jobs.cancel(job.id)
        lite_studio.job("podcast-download").run(Following(job.arguments))
    assert len(lite_studio.waiting("scan")) == 2
    lite_studio.work()
    assert all(each.item_id for each in lite_studio.episodes())


def test_a_folder_that_is_a_link_is_not_written_through(lite_studio: Studio, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    lite_studio.home.mkdir()
    (lite_studio.home / "Plain Talk").symlink_to(outside)
    lite_studio.follow(rules=ONE)
    assert "cannot be written" in lite_studio.work()[0]
    assert list(outside.iterdir()) == []


def test_the_newest_stay_and_only_our_own_files_go(studio: Studio):
    studio.follow(rules=Rules(download="newest", download_count=1, keep=1))
    studio.work()
    mine = studio.home / "Plain Talk" / "2020-01-01 - Mine.mp3"
    mine.write_bytes(sound(3))
    first = studio.episodes()[0]
    studio.room.library.progress.report(
        studio.me, first.item_id or "", ProgressReport(position_ms=300, duration_ms=1000, happened_at_ms=1)
    )
    studio.publisher.told = episodes(1, 2, 3, 4)
    studio.refresh()
    studio.work()
    assert [(each.title, each.state) for each in studio.episodes()[:2]] == [("Part 4", "here"), ("Part 3", "removed")]
    assert [Path(each).name for each in sound_files(studio)] == [
        "2020-01-01 - Mine.mp3",
        "2024-02-28 - S02E04 - Part 4.mp3",
    ]
    assert len([each for each in studio.files() if each.startswith(".medley-trash/")]) == 2
    studio.refresh()
    assert studio.states()[1] == "removed", "it does not come back by itself"
    studio.podcasts.episodes.download(studio.me, first.id)
    studio.podcasts.subscriptions.change(studio.me, studio.one().id, rules=Rules(keep=0))
    assert studio.work() == []
    again = studio.podcasts.episodes.get(studio.me, first.id)
    assert again.item_id == first.item_id
    assert studio.room.item(first.item_id or "").mine.position_ms == 300


def test_what_was_heard_goes_after_a_while(studio: Studio):
    studio.follow(rules=Rules(download="all", keep_played_days=7))
    studio.work()
    heard = studio.episodes()[1]
    studio.room.library.progress.report(
        studio.me, heard.item_id or "", ProgressReport(finished=True, happened_at_ms=studio.clock.now_ms())
    )
    studio.refresh(later_minutes=6 * 24 * 60)
    assert studio.states() == ["here"] * 3
    studio.refresh(later_minutes=2 * 24 * 60)
    assert studio.states() == ["here", "removed", "here"]


def test_the_trash_is_emptied_after_a_month(lite_studio: Studio):
    lite_studio.follow(rules=ONE)
    lite_studio.work()
    lite_studio.podcasts.episodes.remove(lite_studio.me, lite_studio.episodes()[0].id)
    lite_studio.work()
    trash = lite_studio.home / ".medley-trash"
    assert len(list(trash.iterdir())) == 2
    lite_studio.refresh(later_minutes=29 * 24 * 60)
    assert len(list(trash.iterdir())) == 2
    lite_studio.refresh(later_minutes=2 * 24 * 60)
    assert list(trash.iterdir()) == []


def test_leaving_a_podcast_keeps_what_is_here(studio: Studio):
    feed_id = studio.follow(rules=ONE).id
    studio.work()
    studio.podcasts.subscriptions.remove(studio.me, feed_id)
    assert studio.all() == []
    assert len(sound_files(studio)) == 1
    assert studio.room.titles("podcast", "episode") == ["Part 3"]
    studio.follow()
    assert studio.one().episodes == 3


def test_a_source_that_may_only_be_read_is_not_written(lite_studio: Studio):
    source = lite_studio.room.source("podcast", "mine")
    with pytest.raises(Forbidden, match="only read"):
        lite_studio.follow(source_id=source)
    films = lite_studio.room.source("film")
    with pytest.raises(InvalidInput, match="no source of podcasts"):
        lite_studio.follow(source_id=films)
    lite_studio.room.library.sources.change(source, {"writable": True})
    lite_studio.follow()
    assert lite_studio.one().source_id == source


def test_listening_without_having_it(lite_studio: Studio):
    data = sound(5)
    lite_studio.publisher.media = answer(206, data[10:20], content_range=f"bytes 10-19/{len(data)}")
    lite_studio.follow()
    episode = lite_studio.episodes()[0]
    with lite_studio.podcasts.episodes.listen(lite_studio.me, episode.id, "bytes=10-19") as stream:
        assert (stream.status, b"".join(stream)) == (206, data[10:20])
    assert lite_studio.publisher.host.asked[-1].headers["range"] == "bytes=10-19"


def test_a_password_goes_to_the_host_of_its_feed_only(lite_studio: Studio):
    with host(answer(200, sound(), content_type="audio/mpeg"), "127.0.0.7") as elsewhere:
        lite_studio.publisher.told = [Told(1), Told(2, media=f"{elsewhere.url}/2.mp3")]
        url = lite_studio.publisher.feed_url.replace("//", "//ann:hunter2@")
        lite_studio.follow(url, rules=ALL)
        assert lite_studio.work() == []
        assert not any("authorization" in each.headers for each in elsewhere.asked)
    own = [each for each in lite_studio.publisher.host.asked if each.path.startswith(("/feed", "/count"))]
    assert len(own) == 2
    assert all(each.headers["authorization"] == "Basic YW5uOmh1bnRlcjI=" for each in own)
    assert "hunter2" not in repr(lite_studio.all()) + lite_studio.podcasts.subscriptions.export_opml(lite_studio.me)


def test_passwords_are_not_readable_in_the_database(lite_studio: Studio, tmp_path: Path):
    lite_studio.follow(login="ann", password="hunter2")
    kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*.sqlite*"))
    assert b"Plain Talk" in kept
    assert b"hunter2" not in kept


def test_others_see_and_touch_nothing(lite_studio: Studio):
    from tests.support.library_room import person

    feed_id = lite_studio.follow().id
    episode_id = lite_studio.episodes()[0].id
    stranger, guest = person("eve", sources=[]), person("gus", role="guest")
    podcasts = lite_studio.podcasts
    assert podcasts.subscriptions.page(stranger).items == []
    assert podcasts.episodes.page(stranger).items == []
    assert podcasts.subscriptions.page(guest).items[0].url == ""
    for call in (
        lambda: podcasts.subscriptions.get(stranger, feed_id),
        lambda: podcasts.subscriptions.remove(stranger, feed_id),
        lambda: podcasts.episodes.page(stranger, feed_id),
        lambda: podcasts.episodes.get(stranger, episode_id),
        lambda: podcasts.episodes.download(stranger, episode_id),
        lambda: podcasts.episodes.remove(stranger, episode_id),
        lambda: podcasts.episodes.listen(stranger, episode_id),
        lambda: podcasts.cover(stranger, feed_id, 100),
        lambda: podcasts.refresh(stranger, feed_id),
    ):
        with pytest.raises(NotFound):
            call()
