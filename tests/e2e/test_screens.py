"""Every screen in two sizes and two colours: it draws, nothing sticks out, nobody complains; pictures are kept."""

import pytest
from playwright.sync_api import Browser
from tests.support.browser import LOOKS, Look, Window, window
from tests.support.server import Server, everything

pytestmark = pytest.mark.browser

PLACES = {
    "home": "/",
    "films": "/library/film",
    "shows": "/library/show",
    "music": "/library/music",
    "photos": "/library/photo",
    "books": "/library/book",
    "search": "/search?q=the",
    "favourites": "/favourites",
    "playlists": "/playlists",
    "sources": "/sources",
    "activity": "/activity",
    "users": "/users",
    "trash": "/trash",
    "settings": "/settings",
}
ITEMS = {
    "film": ("film", "film", "The Lamplighter of Saltmarsh"),
    "show": ("show", "show", "Tideways"),
    "album": ("music", "album", "Paper Harbours"),
    "audiobook": ("audiobook", "book", "The Clockmaker's Garden"),
    "podcast": ("podcast", "podcast", "Small Instruments"),
    "book": ("book", "book", "The Moss Almanac"),
    "series": ("comic", "series", "The Paper Fox"),
    "course": ("course", "course", "Painting with Distance"),
    "channel": ("video", "channel", "Kite Weather"),
}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_screen(browser: Browser, house: Server, look: Look) -> None:
    wide: list[str] = []
    with window(browser, house, look) as tab:
        tab.sign_in()
        for name, path in {**PLACES, **_items(house)}.items():
            _look(tab, name, path, wide)
    assert not wide, f"wider than the window: {wide}"


def _items(house: Server) -> dict[str, str]:
    with house.client() as client:
        ids = {(each["kind"], each["level"], each["title"]): each["id"] for each in everything(client, "/items")}
    return {name: f"/item/{ids[place]}" for name, place in ITEMS.items()}


def _look(tab: Window, name: str, path: str, wide: list[str]) -> None:
    tab.go(path)
    tab.page.get_by_role("heading").first.wait_for(state="attached")
    tab.settle()
    if tab.overflow() > 0:
        wide.append(name)
    tab.screenshot(f"screen-{name}")
