"""The table of methods."""

import pytest
from tests.support.subsonic import App

from medley.protocols.subsonic._route import Route, by_name
from medley.protocols.subsonic.routes import ROUTES


def handler() -> None:
    """Nothing."""


def test_a_method_without_a_permission_cannot_be_made():
    for wrong in ("", "media.everything", None):
        with pytest.raises(TypeError):
            Route("x", handler, wrong)  # type: ignore[arg-type]


def test_a_method_answers_with_bytes_or_with_an_element():
    with pytest.raises(TypeError):
        Route("x", handler, "public", "x", binary=True)


def test_no_line_hides_another():
    assert len(by_name(ROUTES)) == 2 * len(ROUTES)
    with pytest.raises(TypeError):
        by_name([*ROUTES, ROUTES[0]])


@pytest.mark.parametrize("name", ["nothing", "", "ping/", "ping.view.view", "Ping", "../rest/ping", "x" * 5000, "%00"])
def test_a_method_that_is_not_there(app: App, name: str):
    answer = app.get(name)
    if name == "ping/":
        assert answer.json()["subsonic-response"]["status"] == "ok"
        return
    assert answer.status_code in (200, 404)
    if answer.status_code == 404:
        assert answer.json()["subsonic-response"]["error"]["code"] == 70
