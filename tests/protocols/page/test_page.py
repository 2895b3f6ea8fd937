"""The built page: its document, its files, and what is told where it was not built."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.support.serving import running

from medley.protocols.page import build
from medley.protocols.plumbing import protected

SCRIPT = "console.log('medley');\n" * 100


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "secret").write_text("secret")
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Medley</title>")
    (dist / "assets" / "index-abc123.js").write_text(SCRIPT)
    (dist / "assets" / "font-abc.woff2").write_bytes(b"font" * 1000)
    (dist / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return dist


@pytest.fixture(scope="module")
def client(dist: Path) -> Iterator[httpx.Client]:
    with running(protected(build(dist))) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/app/", "/app/library/film/film", "/app/item/x?y=z", "/app/a.b"])
def test_every_view_is_the_document(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<title>Medley</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_hashed_files_are_kept_for_ever_and_compressed(client: httpx.Client) -> None:
    answer = client.get("/assets/index-abc123.js", headers={"accept-encoding": "br"})
    assert answer.text == SCRIPT
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    font = client.get("/assets/font-abc.woff2")
    assert (font.headers["content-type"], len(font.content)) == ("font/woff2", 4000)


def test_other_files_are_asked_for_again(client: httpx.Client) -> None:
    answer = client.get("/icon.svg")
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/icon.svg", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/nothing", "/assets/gone.js", "/..%2fsecret", "/%2e%2e/secret", "/assets", "/a%00b"])
def test_nothing_else_is_there(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_app_without_its_slash(client: httpx.Client) -> None:
    assert client.get("/app").headers["location"] == "/app/"


def test_a_page_that_was_not_built_says_how(tmp_path: Path) -> None:
    with running(protected(build(tmp_path / "dist"))) as url:
        answer = httpx.get(url)
    assert answer.status_code == 503
    assert "make page" in answer.text
