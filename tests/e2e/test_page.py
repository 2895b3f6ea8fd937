"""The page in Chromium: what people do on their first evening."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.support.browser import DESKTOP_DARK, PHONE_DARK, Look, Window, window
from tests.support.processes import until
from tests.support.server import OWNER, PASSWORD, Server, everything

from .conftest import Serve

pytestmark = pytest.mark.browser


@pytest.fixture(params=[DESKTOP_DARK, PHONE_DARK], ids=lambda look: look.name)
def tab(request: pytest.FixtureRequest, browser: Browser, house: Server) -> Iterator[Window]:
    """Signed in, at the demo library."""
    look: Look = request.param
    with window(browser, house, look) as opened:
        opened.sign_in()
        yield opened


@pytest.fixture
def desk(browser: Browser, house: Server) -> Iterator[Window]:
    with window(browser, house) as opened:
        opened.sign_in()
        yield opened


def item_id(server: Server, kind: str, level: str, title: str) -> str:
    with server.client() as client:
        found = [each["id"] for each in everything(client, "/items", kind=kind, level=level) if each["title"] == title]
    assert len(found) == 1, title
    return found[0]


def test_set_up_sign_out_and_in(serve: Serve, browser: Browser) -> None:
    server = serve().start()
    with window(browser, server) as tab:
        tab.page.goto(f"{server.url}/app/setup?code={server.setup_code()}")
        tab.page.get_by_label("Your name").fill(OWNER)
        tab.page.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.page.get_by_label("Password again").fill(PASSWORD)
        tab.screenshot("set-up")
        tab.page.get_by_role("button", name="Begin").click()
        expect(tab.page.get_by_text("No media yet")).to_be_visible()
        tab.page.get_by_role("button", name="Your account").click()
        tab.page.get_by_role("button", name="Sign out").click()
        expect(tab.page.get_by_role("button", name="Sign in")).to_be_visible()
        tab.screenshot("sign-in")
        tab.page.get_by_label("Name").fill(OWNER)
        tab.page.get_by_label("Password").fill(PASSWORD)
        tab.page.get_by_role("button", name="Sign in").click()
        expect(tab.page.get_by_text("No media yet")).to_be_visible()
        tab.complaints.clear()  # the browser itself notes each 401 in its console


@pytest.mark.parametrize("title", ["Northbound", "Greenwood Hour", "The Lamplighter of Saltmarsh"])
def test_a_film_plays_and_seeks(desk: Window, house: Server, title: str) -> None:
    film = item_id(house, "film", "film", title)
    with house.client() as client:
        client.post(f"/items/{film}/played", json={"finished": False}).raise_for_status()
    desk.go(f"/item/{film}")
    desk.page.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
    desk.wait_for_video("v.currentTime > 0.3 && v.videoWidth > 0 && !v.paused")
    length = desk.video("duration")
    desk.page.get_by_role("slider", name="Position").focus()
    desk.page.keyboard.press("Home")
    desk.wait_for_video("v.currentTime < 1.5")
    bar = desk.page.get_by_role("slider", name="Position").bounding_box()
    assert bar
    desk.page.mouse.click(bar["x"] + bar["width"] * 0.6, bar["y"] + bar["height"] / 2)
    desk.wait_for_video(f"v.currentTime > {length * 0.55} && v.readyState > 2")
    desk.screenshot(f"film-{title.split()[0].lower()}")


def test_progress_returns_after_a_reload(desk: Window, house: Server) -> None:
    film = item_id(house, "film", "film", "Northbound")
    with house.client() as client:
        client.post(f"/items/{film}/played", json={"finished": False}).raise_for_status()
    desk.go(f"/item/{film}")
    desk.page.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
    desk.wait_for_video("v.currentTime > 1.5")
    desk.page.keyboard.press("Space")
    desk.wait_for_video("v.paused")
    stood = desk.video("currentTime")
    desk.page.reload()
    desk.page.get_by_role("main").get_by_role("button", name="Resume").click()
    desk.wait_for_video(f"!v.paused && v.currentTime > {stood - 1.2}")


def test_a_trailer_plays_here_and_leaves_the_film_as_it_was(
    browser: Browser, serve: Serve, demo: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(demo / "Films" / "Northbound (2019)", tmp_path / "films" / "Northbound (2019)"))
    shutil.copyfile(next(folder.glob("*720p*")), folder / "Northbound (2019)-trailer.mp4")
    server = serve()
    server.sources = [("film", folder.parent)]
    server.start().set_up().close()
    server.wait_for_scans(pictures=False)
    with window(browser, server) as tab:
        tab.sign_in()
        film = item_id(server, "film", "film", "Northbound")
        tab.go(f"/item/{film}")
        tab.page.get_by_role("region", name="Extras").get_by_role("button").click()
        tab.wait_for_video("v.currentTime > 1.2 && v.videoWidth > 0 && !v.paused")
        expect(tab.page.get_by_role("region", name="Player")).to_contain_text("trailer")
        tab.screenshot("trailer")
        tab.page.get_by_role("button", name="Make the player small").click()
        tab.page.get_by_role("button", name="Stop").click()
        with server.client() as client:
            assert client.get(f"/items/{film}").json()["mine"]["position_ms"] == 0
        tab.page.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
        tab.wait_for_video("v.currentTime > 1.2 && !v.paused")
        tab.page.keyboard.press("Space")
        expect(tab.page.get_by_role("region", name="Player")).not_to_contain_text("trailer")
        with server.client() as client:
            until(lambda: client.get(f"/items/{film}").json()["mine"]["position_ms"] > 1000, 10, what="progress")
        expect(tab.page.get_by_role("main").get_by_role("button", name="Resume")).to_be_visible()


def test_a_track_plays_on_while_browsing(tab: Window, house: Server) -> None:
    album = item_id(house, "music", "album", "Low Sun")
    tab.go(f"/item/{album}")
    tab.page.get_by_role("main").get_by_role("button", name="Play", exact=True).first.click()
    tab.wait_for_video("v.currentTime > 0.2 && !v.paused")
    tab.page.evaluate("window.sameDocument = true")
    for name in ("Home", "Search" if tab.look.phone else "Playlists"):
        tab.page.get_by_role("link", name=name, exact=True).first.click()
    tab.settle()
    assert tab.page.evaluate("window.sameDocument")
    before = tab.video("currentTime")
    tab.wait_for_video(f"!v.paused && v.currentTime !== {before}")
    tab.screenshot("track-while-browsing")


def test_a_book_turns_pages_and_returns(tab: Window, house: Server) -> None:
    book = item_id(house, "book", "book", "The Moss Almanac")
    _forget(house, book)
    tab.go(f"/read/{book}")
    host = tab.page.locator(".host[data-ready=true]")
    host.wait_for()
    first = host.get_attribute("data-percent")
    for _ in range(2):
        tab.page.keyboard.press("ArrowRight")
        tab.page.wait_for_timeout(300)
    expect(host).not_to_have_attribute("data-percent", first or "0")
    tab.screenshot("epub")
    there = host.get_attribute("data-percent")
    tab.page.wait_for_timeout(1500)
    tab.page.reload()
    expect(tab.page.locator(".host[data-ready=true]")).to_have_attribute("data-percent", there or "")


@pytest.mark.parametrize(
    ("kind", "level", "title", "key"),
    [("book", "book", "A Field Guide to Imaginary Weather", "ArrowRight"), ("comic", "issue", "", "ArrowLeft")],
)
def test_pages_turn_and_return(tab: Window, house: Server, kind: str, level: str, title: str, key: str) -> None:
    with house.client() as client:
        cards = everything(client, "/items", kind=kind, level=level)
        item = next(each["id"] for each in cards if each["title"] == title or not title)
    _forget(house, item)
    tab.go(f"/read/{item}")
    at = tab.page.locator("[data-page]")
    expect(at).to_have_text(re.compile(r"^1 / "))
    tab.page.keyboard.press(key)
    expect(at).not_to_have_text(re.compile(r"^1 / "))
    tab.wait_for("[...document.querySelectorAll('.box img')].every(i => i.complete && i.naturalWidth)")
    tab.screenshot("pdf" if kind == "book" else "comic")
    there = at.text_content()
    tab.page.wait_for_timeout(1500)
    tab.page.reload()
    expect(at).to_have_text(there or "")


def test_a_photo_opens(tab: Window, house: Server) -> None:
    album = item_id(house, "photo", "album", "2024-07 Coast Road")
    tab.go(f"/item/{album}")
    tab.screenshot("photos")
    tab.page.get_by_role("main").locator("a[href*='/view/'], a[href*='/item/']").last.click()
    picture = tab.page.locator(".pswp__img:not(.pswp__img--placeholder)").first
    picture.wait_for()
    tab.wait_for("[...document.querySelectorAll('.pswp__img')].some(i => i.complete && i.naturalWidth > 200)")
    tab.screenshot("photo")


def test_search_as_you_type(desk: Window) -> None:
    desk.go("/")
    desk.page.get_by_role("combobox", name="Search").press_sequentially("lamplihg", delay=30)
    option = desk.page.get_by_role("option").filter(has_text="The Lamplighter of Saltmarsh")
    expect(option).to_be_visible()
    desk.screenshot("search-as-you-type")
    option.click()
    expect(desk.page.get_by_role("heading", name="The Lamplighter of Saltmarsh")).to_be_visible()


def test_a_list_is_put_in_order_with_one_button_held(tab: Window, house: Server) -> None:
    with house.client() as client:
        films = [each["id"] for each in everything(client, "/items", kind="film", level="film", sort="title")]
        made = client.post("/playlists", json={"name": f"Evening {tab.look.name}"}).json()["id"]
        client.post(f"/playlists/{made}/items", json={"item_ids": films}).raise_for_status()
        tab.go(f"/playlists/{made}")
        down = tab.page.get_by_role("button", name="Move Greenwood Hour down")
        down.focus()
        for _ in films[1:]:
            expect(down).to_be_focused()
            tab.page.keyboard.press("Enter")
            tab.settle()
        expect(tab.page.get_by_role("button", name="Move Greenwood Hour up")).to_be_focused()
        kept = [each["item"]["id"] for each in everything(client, f"/playlists/{made}/items")]
        client.delete(f"/playlists/{made}").raise_for_status()
    assert kept == [*films[1:], films[0]]


def test_a_menu_stays_on_the_screen(tab: Window, house: Server) -> None:
    with house.client() as client:
        season = next(each["id"] for each in everything(client, "/items", kind="show", level="season"))
    tab.go(f"/item/{season}")
    tab.page.get_by_role("main").get_by_role("button", name="More", exact=True).click()
    box = tab.page.locator(".menu").bounding_box()
    tab.screenshot("menu")
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= tab.look.width
    assert box["y"] + box["height"] <= tab.look.height - (60 if tab.look.phone else 0)


def test_tab_brings_a_readers_bars_back_and_escape_closes_it(desk: Window, house: Server) -> None:
    book = item_id(house, "book", "book", "The Moss Almanac")
    desk.go(f"/item/{book}")
    desk.page.get_by_role("main").get_by_role("button", name=re.compile("^(Read|Continue)")).first.click()
    desk.page.locator(".host[data-ready=true]").wait_for()
    expect(desk.page.locator(".reader:not(.bars)")).to_be_attached()
    desk.page.keyboard.press("Tab")
    expect(desk.page.locator(".reader.bars")).to_be_attached()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("heading", name="The Moss Almanac", level=1)).to_be_visible()
    expect(desk.page.locator(".reader")).to_have_count(0)


def _forget(server: Server, item: str) -> None:
    with server.client() as client:
        client.post(f"/items/{item}/played", json={"finished": False}).raise_for_status()
