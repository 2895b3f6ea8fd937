"""Lists of subscriptions in and out, and many feeds at once."""

import threading
from typing import Any

import pytest
from tests.support.feeds import episodes, megaphone
from tests.support.hosts import Asked, answer, host
from tests.support.podcasts import Studio

from medley.core.acquire import Imported, Rules
from medley.kernel.errors import InvalidInput
from medley.kernel.pages import MAX_LIMIT


def opml(*urls: str) -> bytes:
    lines = "".join(f'<outline text="P{n}" xmlUrl="{url}"/>' for n, url in enumerate(urls))
    return f"<opml version='2.0'><body>{lines}</body></opml>".encode()


def test_a_list_is_followed_and_read_by_the_next_refresh(studio: Studio):
    url = studio.publisher.feed_url
    many = opml(url, "not an address", f"{url}#twice", "https://u:p@private.invalid/x")
    imported = studio.podcasts.subscriptions.import_opml(studio.me, many, Rules(download="newest"))
    assert imported == Imported(added=2, known=1, refused=0)
    assert not studio.publisher.host.asked
    result = studio.refresh()
    assert (result.feeds, result.changed, result.failed) == (2, 1, 1)
    private, plain = studio.all()
    assert (plain.title, plain.episodes, plain.rules.download) == ("Plain Talk", 3, "newest")
    assert private.private
    assert private.url == "https://private.invalid/x"
    assert "no host private.invalid" in private.failing


def test_a_list_comes_back_as_it_went(studio: Studio):
    urls = [f"https://h{n}.example/feed?a={n}&b=<>" for n in range(20)]
    escaped = [each.replace("&", "&amp;").replace("<", "&lt;") for each in urls]
    studio.podcasts.subscriptions.import_opml(studio.me, opml(*escaped))
    exported = studio.podcasts.subscriptions.export_opml(studio.me)
    from medley.adapters.feeds import Reader

    found = Reader().outlines(exported.encode())
    assert [(each.title, each.url) for each in found] == [(f"P{n}", url) for n, url in enumerate(urls)]


def test_fifty_thousand_at_once(lite_studio: Studio):
    many = opml(*(f"https://h{n}.example/feed" for n in range(50_000)))
    assert lite_studio.podcasts.subscriptions.import_opml(lite_studio.me, many).added == 50_000
    assert lite_studio.podcasts.subscriptions.import_opml(lite_studio.me, many).known == 50_000
    page = lite_studio.podcasts.subscriptions.page(lite_studio.me, limit=MAX_LIMIT)
    assert [each.title for each in page.items[:3]] == ["P0", "P1", "P2"]
    following = lite_studio.podcasts.subscriptions.page(lite_studio.me, page.next or "", MAX_LIMIT)
    assert following.items[0].title == f"P{MAX_LIMIT}"


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwgMV0", "WyJhXHUwMDAwIiwgImIiXQ"])
def test_forged_cursors_are_refused(lite_studio: Studio, cursor: str):
    with pytest.raises(InvalidInput):
        lite_studio.podcasts.subscriptions.page(lite_studio.me, cursor)
    with pytest.raises(InvalidInput):
        lite_studio.podcasts.episodes.page(lite_studio.me, cursor=cursor)


def test_episodes_are_paged(studio: Studio):
    studio.publisher.told = episodes(*range(1, 8))
    feed_id = studio.follow().id
    seen: list[str] = []
    cursor = ""
    for _ in range(4):
        page = studio.podcasts.episodes.page(studio.me, feed_id, cursor, 2)
        seen += [each.title for each in page.items]
        cursor = page.next or ""
    assert seen == [f"Part {n}" for n in range(7, 0, -1)]
    assert not cursor


def test_five_hundred_feeds_at_once(lite_studio: Studio):
    """A dozen at a time, so that neither sockets nor memory depend on how many there are."""
    feed = megaphone("", episodes(*range(1, 11)))
    lock, here, most = threading.Lock(), [0], [0]

    def serve(asked: Asked, connection: Any) -> None:
        with lock:
            here[0] += 1
            most[0] = max(most[0], here[0])
        with lock:
            here[0] -= 1
        answer(200, feed)(asked, connection)

    with host(serve, "127.0.0.5") as there:
        lite_studio.podcasts.subscriptions.import_opml(lite_studio.me, opml(*(f"{there.url}/{n}" for n in range(500))))
        result = lite_studio.refresh()
    assert (result.feeds, result.changed, result.failed) == (500, 500, 0)
    assert most[0] <= 12
