from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.conftest import Medley
from tests.support.hosts import host
from tests.support.podcasts import Publisher

HERE = {"MEDLEY_EGRESS_ALLOW": "127.0.0.1/32"}


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    with host(made) as made.host:
        yield made


def test_a_podcast_from_its_address_to_its_end(medley: Medley, publisher: Publisher, tmp_path: Path):
    assert "No podcast is followed yet" in medley("podcast", "list").out
    made = medley("podcast", "add", publisher.feed_url, "--download", "newest", "--keep", "5", "--json", **HERE)
    assert (made.code, made.json()["title"], made.json()["rules"]["keep"]) == (0, "Plain Talk", 5)
    assert "Plain Talk" in medley("podcast", "list").out
    refreshed = medley("podcast", "refresh", "plain talk", "--wait", "--json", **HERE)
    assert (refreshed.code, refreshed.json()["state"]) == (0, "done")
    listed = medley("podcast", "episodes", "Plain Talk", "--json").json()
    assert [each["title"] for each in listed] == ["Part 3", "Part 2", "Part 1"]
    assert "will be downloaded" in medley("podcast", "download", listed[0]["id"]).out
    kept = tmp_path / "podcasts.opml"
    kept.write_text(medley("podcast", "export").out)
    assert medley("podcast", "remove", "Plain Talk").code == 0
    assert medley("podcast", "import", kept, "--json").json() == {"added": 1, "known": 0, "refused": 0}
    assert "1 were followed already" in medley("podcast", "import", kept).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "http://127.0.0.1:9/"], "egress.allow"),
        (["add", "https://nowhere.invalid/", "--login", "ann"], "--password-stdin"),
        (["add", "x y z"], "address"),
        (["remove", "Nothing"], "No podcast called “Nothing”"),
        (["import", "/nowhere.opml"], "cannot be read"),
        (["download", "01m7zte3ncefs4e5y1k49521ah"], "no such episode"),
    ],
)
def test_mistakes_are_told(medley: Medley, arguments: list[str], message: str):
    said = medley("podcast", *arguments)
    assert said.code == 2, said
    assert message in said.err
    assert "Traceback" not in said.err
