"""Letting an app in from the page, and putting it out again."""

import hashlib
import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import DESKTOP_DARK, DESKTOP_LIGHT, PHONE_DARK, PHONE_LIGHT, Look, window
from tests.support.server import OWNER, PASSWORD, Server

from .conftest import Serve

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", [DESKTOP_DARK, DESKTOP_LIGHT, PHONE_DARK, PHONE_LIGHT], ids=lambda look: look.name)
def test_an_app_is_let_in_and_put_out(serve: Serve, browser: Browser, look: Look) -> None:
    server = serve().start()
    server.set_up().close()
    with window(browser, server, look) as tab:
        tab.sign_in()
        tab.go("/settings")
        apps = tab.page.get_by_role("region", name="Apps", exact=True)
        expect(apps).to_contain_text("No app has been let in yet.")
        expect(apps).to_contain_text(server.url)
        apps.get_by_label("App and device").fill("Symfonium on the phone")
        apps.get_by_role("button", name="Make app password").click()
        dialog = tab.page.get_by_role("dialog", name="Symfonium on the phone")
        secret = _secret(dialog.inner_text())
        tab.screenshot("app-password")
        dialog.get_by_role("button", name="Copy app password").click()
        expect(tab.page.get_by_text("App password: copied.")).to_be_visible()
        dialog.get_by_role("button", name="Done").click()
        assert secret not in tab.page.content()
        expect(apps).to_contain_text("not used yet")
        assert _ping(server, secret) == "ok"
        tab.page.reload()
        expect(apps).to_contain_text("by Symfonium from 127.0.0.1")
        tab.settle()
        assert tab.overflow() <= 0
        apps.scroll_into_view_if_needed()
        tab.screenshot("apps")
        apps.get_by_role("button", name="Revoke Symfonium on the phone").click()
        tab.screenshot("app-revoke")
        tab.page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
        expect(apps).to_contain_text("No app has been let in yet.")
        assert _ping(server, secret) == "failed"


def test_an_administrator_puts_out_the_app_of_somebody_else(serve: Serve, browser: Browser) -> None:
    server = serve().start()
    with server.set_up() as owner:
        owner.post("/users", json={"name": "Kit", "password": PASSWORD}).raise_for_status()
    with server.client("") as stranger:
        token = stranger.post("/sessions", json={"name": "Kit", "password": PASSWORD}).json()["token"]
    with server.client(token) as kit:
        kit.post("/me/app-passwords", json={"name": "Lost phone"}).raise_for_status()
    with window(browser, server) as tab:
        tab.sign_in()
        tab.go("/users")
        tab.page.get_by_role("button", name="Apps of Kit").click()
        dialog = tab.page.get_by_role("dialog", name="Apps of Kit")
        expect(dialog).to_contain_text("Lost phone")
        tab.screenshot("apps-of-kit")
        dialog.get_by_role("button", name="Revoke Lost phone").click()
        _confirm(tab.page)
        expect(dialog).to_contain_text("No app has been let in yet.")


def _confirm(page: Page) -> None:
    page.get_by_role("dialog", name="Revoke “Lost phone”?").get_by_role("button", name="Revoke", exact=True).click()


def _secret(text: str) -> str:
    found = re.search(r"(?:[2-9a-z]{4}-){5}[2-9a-z]{4}", text)
    assert found, text
    return found[0]


def _ping(server: Server, secret: str) -> str:
    """What a Subsonic app hears at the address and with the name and password that the page told."""
    token = hashlib.md5(f"{secret}salt".encode()).hexdigest()
    asked = {"u": OWNER, "t": token, "s": "salt", "v": "1.16.1", "c": "Symfonium", "f": "json"}
    answer = httpx.get(f"{server.url}/rest/ping", params=asked)
    return answer.raise_for_status().json()["subsonic-response"]["status"]
