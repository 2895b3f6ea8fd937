"""ListenBrainz, spoken to as its documentation says."""

import pytest
from tests.adapters.scrobblers.told import listen
from tests.support.scrobble_services import TOKEN, Service

from medley.adapters.egress import Client
from medley.adapters.scrobblers import ListenBrainz
from medley.kernel.errors import InvalidInput, TooManyRequests, Unauthenticated, Unavailable


@pytest.fixture
def service(there: Service, egress: Client) -> ListenBrainz:
    return ListenBrainz(egress, f"{there.url}/")


def test_a_token_is_somebodys(service: ListenBrainz) -> None:
    assert service.login().url == ""
    member = service.connect(TOKEN)
    assert (member.name, member.secret) == ("ann", TOKEN)
    with pytest.raises(Unauthenticated):
        service.connect("another")


def test_listens_are_written_and_written_once(service: ListenBrainz, there: Service) -> None:
    service.listens(TOKEN, [listen()])
    assert there.last["listen_type"] == "single"
    (one,) = there.last["payload"]
    assert (one["listened_at"], one["track_metadata"]["release_name"]) == (1_001, "The Album")
    more = one["track_metadata"]["additional_info"]
    assert (more["recording_mbid"][:4], more["duration_ms"], more["media_player"]) == ("3b0c", 240_000, "phone")
    assert "release_mbid" not in more
    service.listens(TOKEN, [listen(), listen(2)])
    assert there.last["listen_type"] == "import"
    assert there.titles() == ["Song 1", "Song 2"]
    service.playing(TOKEN, listen(3).track)
    assert there.playing == ["Song 3"]


def test_bad_days_are_told_apart(service: ListenBrainz, there: Service) -> None:
    there.hated = "Song 1"
    with pytest.raises(InvalidInput, match="not good"):
        service.listens(TOKEN, [listen()])
    for mood, error in (("down", Unavailable), ("refusing", Unauthenticated), ("forgetful", Unavailable)):
        there.mood = mood
        with pytest.raises(error):
            service.listens(TOKEN, [listen(2)])
    there.mood = "limited"
    with pytest.raises(TooManyRequests) as caught:
        service.listens(TOKEN, [listen(2)])
    assert caught.value.details["retry_after_s"] == 7
    there.mood = "odd"
    with pytest.raises(Unauthenticated):
        service.connect(TOKEN)
    with pytest.raises(Unavailable):
        service.listens(TOKEN, [listen(2)])
    there.mood = "slow"
    service.listens(TOKEN, [listen(2)])
    there.close()
    with pytest.raises(Unavailable):
        service.listens(TOKEN, [listen(2)])
