"""Last.fm, with signed calls and errors in bodies."""

import pytest
from tests.adapters.scrobblers.told import listen
from tests.support.scrobble_services import KEY, SECRET, TOKEN, Service

from medley.adapters.egress import Client
from medley.adapters.scrobblers import LastFm
from medley.kernel.errors import TooManyRequests, Unauthenticated, Unavailable


@pytest.fixture
def service(there: Service, egress: Client) -> LastFm:
    return LastFm(egress, KEY, SECRET, f"{there.url}/2.0/")


def test_a_person_lets_medley_in(service: LastFm) -> None:
    login = service.login()
    assert login.url == f"https://www.last.fm/api/auth/?api_key={KEY}&token={TOKEN}"
    member = service.connect(login.secret)
    assert (member.name, member.secret) == ("ann", "a-session")
    with pytest.raises(Unauthenticated):
        service.connect("not let in")


def test_listens_go_in_batches_and_are_written_once(service: LastFm, there: Service) -> None:
    service.listens("a-session", [listen(1), listen(2)])
    assert (there.last["albumArtist[1]"], there.last["duration[1]"], there.last["trackNumber[1]"]) == (
        "Ann",
        "240",
        "2",
    )
    service.listens("a-session", [listen(2)])
    assert there.kept == [("lastfm", 1_001, "Ann & Bob", "Song 1"), ("lastfm", 1_002, "Ann & Bob", "Song 2")]
    service.listens("a-session", [listen(3, title="Ünïcode & more=yes", album="", album_artist="", length_ms=0)])
    assert there.titles()[-1] == "Ünïcode & more=yes"
    service.playing("a-session", listen(4).track)
    assert there.playing == ["Song 4"]


def test_bad_days_are_told_apart(service: LastFm, there: Service) -> None:
    for mood, error in (
        ("down", Unavailable),
        ("limited", Unavailable),
        ("refusing", Unauthenticated),
        ("full", TooManyRequests),
        ("forgetful", Unavailable),
        ("odd", Unavailable),
    ):
        there.mood = mood
        with pytest.raises(error):
            service.listens("a-session", [listen()])


def test_a_wrong_key_of_the_owner_is_told(there: Service, egress: Client) -> None:
    service = LastFm(egress, KEY, "another", f"{there.url}/2.0/")
    with pytest.raises(Unauthenticated, match="signature"):
        service.listens("a-session", [listen()])
