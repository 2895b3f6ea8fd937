import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.serving import running

from medley.app.parts import build, prepare
from medley.app.settings import Settings
from medley.app.web import doors


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    parts = build(Settings(data=str(tmp_path / "data")))
    prepare(parts, [])
    with running(doors(parts)) as address:
        yield address
    parts.close()


def test_the_api_answers_below_its_path(url: str):
    with urllib.request.urlopen(f"{url}/api/v1/server") as answer:
        assert json.load(answer)["setup_needed"] is True


def test_every_answer_carries_the_safety_of_the_house(url: str):
    for path in ("/", "/healthz", "/api/v1/server", "/nothing"):
        try:
            with urllib.request.urlopen(url + path) as answer:
                headers = answer.headers
        except urllib.error.HTTPError as error:
            headers = error.headers
        assert headers["x-content-type-options"] == "nosniff", path


def test_what_nobody_knows_is_not_found(url: str):
    for path in ("/Items", "/api/v2/server", "/api/v1/nothing"):
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(url + path)
        assert told.value.code in (401, 404)
