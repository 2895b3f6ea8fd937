"""Maloja: one listen a request, known by its second."""

import pytest
from tests.adapters.scrobblers.told import listen
from tests.support.scrobble_services import TOKEN, Service

from medley.adapters.egress import Client
from medley.adapters.scrobblers import Maloja
from medley.kernel.egress import Refused
from medley.kernel.errors import InvalidInput, Unauthenticated, Unavailable


@pytest.fixture
def service(there: Service, egress: Client) -> Maloja:
    return Maloja(egress, there.url)


def test_a_key_opens_it(service: Maloja) -> None:
    assert service.connect(TOKEN).secret == TOKEN
    with pytest.raises(Unauthenticated):
        service.connect("another key & more")


def test_listens_are_written_once(service: Maloja, there: Service) -> None:
    service.listens(TOKEN, [listen()])
    assert (there.last["artists"], there.last["length"], there.last["albumartists"]) == (["Ann", "Bob"], 240, ["Ann"])
    service.listens(TOKEN, [listen()])
    assert there.kept == [("maloja", 1_001, "Ann", "Song 1")]
    service.playing(TOKEN, listen().track)
    assert len(there.asked) == 2


def test_bad_days_are_told_apart(service: Maloja, there: Service) -> None:
    there.hated = "Song 1"
    with pytest.raises(InvalidInput):
        service.listens(TOKEN, [listen()])
    for mood, error in (("down", Unavailable), ("refusing", Unauthenticated), ("odd", Unavailable)):
        there.mood = mood
        with pytest.raises(error):
            service.listens(TOKEN, [listen(2)])


def test_a_network_that_is_not_open_is_not_reached(there: Service) -> None:
    with pytest.raises(Refused):
        Maloja(Client(), there.url).connect(TOKEN)
    assert there.asked == []
