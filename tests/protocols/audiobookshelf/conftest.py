"""One house with books and podcasts for all tests of the door; a test that changes what others see uses `own`."""

from collections.abc import Iterator

import pytest
from tests.support.audiobookshelf import Phone, phone_of
from tests.support.house import PASSWORD, House, open_house
from tests.support.passwords import quick_passwords
from tests.support.tiny_media import picture, track

from medley.app.worker import stand_in
from medley.kernel.ids import new_id

__all__ = ["quick_passwords"]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        _write_saga(opened)
        yield opened


def _write_saga(house: House) -> None:
    """A series of three books of two files each, and more episodes."""
    for number, title in enumerate(("Alpha", "Beta", "Gamma"), start=1):
        folder = (
            house.media
            / "audiobook"
            / "Zoe Able"
            / "Saga"
            / f"Vol {number} - {2000 + number} - {title} {{Rita Reader}}"
        )
        for part in (1, 2):
            track(folder / f"{part}.mp3", number * 10 + part, title=f"Part {part}", album=title, genre="Fantasy")
        picture(folder / "cover.jpg", (number * 40, 90, 160), (300, 300))
    for day in (2, 3):
        track(house.media / "podcast" / "Small Talk" / f"2021-02-0{day} - Day {day}.mp3", 40 + day)
    with stand_in(house.parts):
        jobs = [house.parts.library.sources.scan(house.sources[kind]) for kind in ("audiobook", "podcast")]
        assert all(house.parts.jobs.wait(job, 60).state == "done" for job in jobs)
        assert house.parts.jobs.wait(house.parts.library.artworks.request(), 60).state == "done"
    house.parts.search.catch_up()


@pytest.fixture(scope="session")
def phone(house: House) -> Phone:
    """The administrator's."""
    return phone_of(house, "admin")


@pytest.fixture
def own(house: House) -> Phone:
    """Somebody's who has done nothing yet."""
    name = new_id()
    house.parts.identity.add_user(name, PASSWORD, "power_user")
    return phone_of(house, name)


@pytest.fixture(scope="session")
def limited(house: House) -> Phone:
    """Somebody's who may see the films alone."""
    return phone_of(house, "limited")
