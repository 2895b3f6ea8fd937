"""Every screen in two sizes and two colours: it draws, nothing sticks out, nobody complains; pictures are kept."""

import pytest
from playwright.sync_api import Browser
from tests.support.browser import DESKTOP_DARK, LOOKS, PHONE_LIGHT, Look, Window, window
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
    "subscriptions": "/podcasts",
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


@pytest.mark.parametrize("look", [DESKTOP_DARK, PHONE_LIGHT], ids=lambda look: look.name)
def test_the_screens_of_every_day(browser: Browser, house: Server, look: Look) -> None:
    daily = ("home", "films", "search", "sources", "film", "show", "album")
    walk(browser, house, look, {name: path for name, path in places(house).items() if name in daily})


@pytest.mark.long
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_screen(browser: Browser, house: Server, look: Look) -> None:
    walk(browser, house, look, places(house))


def walk(browser: Browser, house: Server, look: Look, places: dict[str, str]) -> None:
    wide: list[str] = []
    with window(browser, house, look) as tab:
        tab.sign_in()
        for name, path in places.items():
            _look(tab, name, path, wide)
    assert not wide, f"wider than the window: {wide}"


def places(house: Server) -> dict[str, str]:
    """Every screen's name and address."""
    with house.client() as client:
        ids = {(each["kind"], each["level"], each["title"]): each["id"] for each in everything(client, "/items")}
    return PLACES | {name: f"/item/{ids[place]}" for name, place in ITEMS.items()}


def _look(tab: Window, name: str, path: str, wide: list[str]) -> None:
    tab.go(path)
    tab.page.get_by_role("heading").first.wait_for(state="attached")
    tab.settle()
    if tab.overflow() > 0:
        wide.append(name)
    tab.screenshot(f"screen-{name}")
