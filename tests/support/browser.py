"""Chromium, as people look at the page: windows of two sizes, dark and light, and whatever it complains about."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright
from tests.support.processes import ROOT
from tests.support.server import OWNER, PASSWORD, Server

SCREENSHOTS = ROOT / "build" / "screenshots"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--mute-audio"),
)
# Asks something of the one media element, once it is there.
_VIDEO = "ask => { const v = document.querySelector('.screen video'); return v && ask(v) }"
_IN_SIGHT = "e => { const b = e.getBoundingClientRect(); return b.width && b.top < innerHeight && b.left < innerWidth }"


@dataclass(frozen=True)
class Look:
    """A window's size and colours."""

    name: str
    width: int
    height: int
    scheme: Literal["dark", "light"]
    phone: bool = False


DESKTOP_DARK = Look("desktop-dark", 1440, 900, "dark")
DESKTOP_LIGHT = Look("desktop-light", 1440, 900, "light")
PHONE_DARK = Look("phone-dark", 390, 844, "dark", phone=True)
PHONE_LIGHT = Look("phone-light", 390, 844, "light", phone=True)
LOOKS = (DESKTOP_DARK, DESKTOP_LIGHT, PHONE_DARK, PHONE_LIGHT)


@dataclass
class Window:
    """One tab at one server."""

    page: Page
    url: str
    look: Look
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address of the page (`/library/film`)."""
        self.page.goto(f"{self.url}/app{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being loaded, and the pictures in sight are there."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_timeout(150)
        self.wait_for(f"[...document.images].every(image => image.complete || !({_IN_SIGHT})(image))")

    def wait_for(self, expression: str, timeout_s: float = 15) -> None:
        """Wait until JavaScript says yes. Playwright's own way would need `eval`, which our policy forbids."""
        deadline = time.monotonic() + timeout_s
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never {expression}"
            self.page.wait_for_timeout(50)

    def sign_in(self, name: str = OWNER, password: str = PASSWORD) -> None:
        """Get the cookie, without the form."""
        body = {"name": name, "password": password, "device": self.look.name}
        answer = self.page.request.post(f"{self.url}/api/v1/sessions", data=body)
        assert answer.ok, answer.text()

    def screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.look.name}.png")

    def video(self, expression: str) -> Any:
        """A property of the one media element, as `currentTime`."""
        return self.page.evaluate(f"({_VIDEO})(v => v.{expression})")

    def wait_for_video(self, condition: str, timeout_s: float = 20) -> None:
        """Wait for a condition on `v`, the media element, as `v.currentTime > 1`."""
        try:
            self.wait_for(f"({_VIDEO})(v => {condition})", timeout_s)
        except AssertionError as error:
            seen = self.page.evaluate(f"({_VIDEO})(v => [v.currentTime, v.duration, v.paused, v.readyState, v.src])")
            raise AssertionError(f"never {condition}: time, length, paused, ready, src {seen}") from error

    def overflow(self) -> int:
        """By how many pixels the document is wider than the window; more than none is ugly on a phone."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; skips where there is none."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"None of {', '.join(_PROGRAMS)} is installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_SWITCHES))
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, server: Server, look: Look = DESKTOP_DARK) -> Iterator[Window]:
    """A fresh window; at its end there must have been no error in its console and no failed answer."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        has_touch=look.phone,
        is_mobile=look.phone,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    opened = Window(page, server.url, look)
    page.on("console", lambda said: said.type == "error" and opened.complaints.append(said.text))
    page.on("pageerror", lambda error: opened.complaints.append(f"{error}"))
    page.on("response", lambda answer: _failed(answer) and opened.complaints.append(f"{answer.status} {answer.url}"))
    try:
        yield opened
    except BaseException:
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / "failed.png")
        print("\n".join(opened.complaints))
        raise
    finally:
        context.close()
    assert not opened.complaints, "\n".join(opened.complaints)


def _failed(answer: Response) -> bool:
    return answer.status >= 500


def page_is_built() -> bool:
    return (ROOT / "src/medley/protocols/page/dist/index.html").exists()
