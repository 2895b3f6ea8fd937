"""From the address of a feed to an item in the library."""

from tests.support.feeds import episodes
from tests.support.podcasts import Studio, sound

from medley.core.acquire import Rules

NEWEST = Rules(download="newest", download_count=1)


def test_the_whole_way(studio: Studio):
    followed = studio.follow(rules=NEWEST)
    assert (followed.title, followed.author, followed.episodes, followed.downloaded) == (
        "Plain Talk",
        "Ann & Bob",
        3,
        0,
    )
    assert followed.has_cover
    assert [each.title for each in studio.episodes()] == ["Part 3", "Part 2", "Part 1"]
    assert studio.states() == ["wanted", "listed", "listed"]
    assert studio.work() == []
    assert studio.files() == [
        "Plain Talk/2024-02-21 - S02E03 - Part 3.info.json",
        "Plain Talk/2024-02-21 - S02E03 - Part 3.mp3",
        "Plain Talk/cover.png",
        "Plain Talk/metadata.json",
    ]
    assert (studio.home / "Plain Talk" / "2024-02-21 - S02E03 - Part 3.mp3").read_bytes() == sound()
    episode = studio.episodes()[0]
    assert episode.state == "here"
    item = studio.room.item(episode.item_id or "")
    assert (item.title, item.kind, item.level, item.number, item.group) == ("Part 3", "podcast", "episode", 3, 2)
    assert item.path_titles[0].title == "Plain Talk"
    assert item.ids["guid"].startswith("7b1f0c7e")
    assert studio.podcasts.episodes.by_items(studio.me, [item.id]) == {item.id: episode}
    assert studio.room.notices() == []


def test_what_appears_is_fetched_and_nothing_twice(studio: Studio):
    studio.follow(rules=NEWEST)
    studio.work()
    studio.publisher.told = episodes(1, 2, 3, 4)
    assert studio.refresh().changed == 1
    studio.work()
    assert studio.states() == ["here", "here", "listed", "listed"]
    assert len(studio.room.cards("podcast", "podcast")) == 1
    assert studio.refresh().changed == 0
    assert studio.waiting("podcast-download") == []
