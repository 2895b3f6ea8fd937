"""Listens reach their services: each once, in their order, through bad days and crashes; nobody else's business."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.core.players.conftest import LENGTH_MS, Stage, players_over
from tests.support.library_room import Following, person
from tests.support.scrobble_services import KEY, SECRET, TOKEN, Service, service

from medley.adapters.egress import Client
from medley.adapters.scrobblers import LastFm, ListenBrainz, Maloja
from medley.core.identity.events import UserRemoved
from medley.core.players import Heard, PlayReport, ScrobbleService
from medley.kernel.errors import Forbidden, InvalidInput, NotFound, Unavailable
from medley.kernel.events import record
from medley.kernel.jobs import Cancelled
from medley.kernel.postman import Postman

MINUTE = 60_000


@pytest.fixture
def there() -> Iterator[Service]:
    with service() as opened:
        yield opened


@pytest.fixture
def told(stage: Stage, there: Service) -> Stage:
    """A stage whose people may tell three services."""
    out = Client(["127.0.0.0/8"])
    services = ListenBrainz(out, there.url), LastFm(out, KEY, SECRET, f"{there.url}/2.0/"), Maloja(out, there.url)
    return replace(stage, players=players_over(stage.room, *services))


def send(stage: Stage) -> int:
    """Run the job as the worker would."""
    (kind,) = stage.players.job_kinds()
    return kind.run(Following({}))["sent"]


def hear(stage: Stage, *numbers: int, who=None) -> None:
    for number in numbers:
        stage.clock.advance(5 * MINUTE)
        stage.players.listens.add(who or stage.room.me, [Heard(item_id=stage.tracks[number], device="phone")])


def state(stage: Stage, name: str = "listenbrainz") -> ScrobbleService:
    return next(each for each in stage.players.scrobbling.all(stage.room.me) if each.name == name)


def titles(there: Service, name: str) -> list[str]:
    return [title for service, _, _, title in there.kept if service == name]


def test_every_service_gets_every_listen_once(told: Stage, there: Service) -> None:
    scrobbling, me = told.players.scrobbling, told.room.me
    hear(told, 0)  # before anything is connected: told to nobody
    for name in ("listenbrainz", "maloja"):
        assert scrobbling.connect(me, name, f" {TOKEN} ").connected
    assert scrobbling.connect(me, "lastfm", scrobbling.login("lastfm").secret).member == "ann"
    hear(told, 1, 2, 1)
    assert state(told).waiting == 3
    assert send(told) == 9
    for name in ("listenbrainz", "lastfm", "maloja"):
        assert titles(there, name) == ["Song 2", "Song 3", "Song 2"]
        assert (state(told, name).waiting, state(told, name).sent) == (0, 3)
    assert send(told) == 0
    told.players.listens.add(me, [Heard(item_id=told.tracks[1], happened_at_ms=told.clock.now_ms())])
    assert send(told) == 0  # the same second of the same track is the same listen


def test_it_waits_longer_and_longer_while_a_service_is_away(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "listenbrainz", TOKEN)
    there.mood = "down"
    hear(told, 0, 1)
    asked = len(there.asked)
    for pause in (30_000, 60_000, 120_000):
        assert send(told) == 0
        asked += 1
        assert len(there.asked) == asked
        assert "Service unavailable" in state(told).message
        assert send(told) == 0  # too soon: nobody is asked
        assert len(there.asked) == asked
        job = told.room.jobs.list(("queued",)).items[0]
        assert job.ready_at == told.clock.now_ms() + pause
        told.clock.advance(pause)
    there.mood = "well"
    assert send(told) == 2
    assert (there.titles(), state(told).message) == (["Song 1", "Song 2"], "")


def test_a_service_says_itself_when_to_come_back(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "listenbrainz", TOKEN)
    there.mood = "limited"
    hear(told, 0)
    assert send(told) == 0
    there.mood = "well"
    told.clock.advance(6_999)
    assert send(told) == 0
    told.clock.advance(1)
    assert send(told) == 1


def test_an_answer_that_is_lost_is_no_second_listen(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "maloja", TOKEN)
    there.mood = "forgetful"
    hear(told, 0)
    assert send(told) == 0
    assert there.titles() == ["Song 1"]
    there.mood = "well"
    told.clock.advance(MINUTE)
    assert send(told) == 1
    assert there.titles() == ["Song 1"]


def test_a_sender_that_dies_or_is_stopped_loses_nothing(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "maloja", TOKEN)
    hear(told, 0, 1, 2)

    class Stopping(Following):
        checks = 0

        def check(self) -> None:
            self.checks += 1
            if self.checks == 4:
                raise Cancelled

    (kind,) = told.players.job_kinds()
    with pytest.raises(Cancelled):
        kind.run(Stopping({}))
    assert len(there.kept) == 2
    assert send(told) == 1
    assert there.titles() == ["Song 1", "Song 2", "Song 3"]


def test_one_listen_that_is_never_taken_holds_up_no_other(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "listenbrainz", TOKEN)
    there.hated = "Song 2"
    hear(told, 0, 1, 2)
    send(told)
    assert there.titles() == ["Song 1", "Song 3"]
    assert state(told).waiting == 0


def test_a_token_that_is_no_good_any_more_waits_for_its_person(told: Stage, there: Service) -> None:
    scrobbling, me = told.players.scrobbling, told.room.me
    scrobbling.connect(me, "listenbrainz", TOKEN)
    there.mood = "refusing"
    hear(told, 0)
    assert send(told) == 0
    assert (state(told).refused, state(told).message) == (True, "ListenBrainz says: Invalid authorization token.")
    asked = len(there.asked)
    told.clock.advance(60 * MINUTE)
    hear(told, 1)
    assert send(told) == 0
    assert len(there.asked) == asked
    there.mood = "well"
    assert scrobbling.connect(me, "listenbrainz", TOKEN).refused is False
    assert send(told) == 2
    assert there.titles() == ["Song 1", "Song 2"]


def test_what_is_played_now_is_told_while_it_is_new(told: Stage, there: Service) -> None:
    told.players.scrobbling.connect(told.room.me, "listenbrainz", TOKEN)
    playing, me = told.players.playing, told.room.me

    def tell(state, position_ms, number=0, **more) -> None:
        report = PlayReport(item_id=told.tracks[number], device="tv", state=state, position_ms=position_ms, **more)
        playing.report(me, report)

    tell("starting", 0, count=False)
    send(told)
    assert there.playing == []
    tell("playing", 0, 4, count=False, announce=True)
    send(told)
    assert there.playing == ["Song 5"]
    there.playing.clear()
    tell("starting", 0, 1)
    tell("stopped", 10, 1)
    tell("starting", 0, 2)
    send(told)
    assert there.playing == ["Song 3"]  # the second was over before anybody could tell
    told.clock.advance(LENGTH_MS // 2)
    tell("playing", LENGTH_MS // 2, 2)
    assert send(told) == 1
    assert (there.playing, there.titles()) == (["Song 3"], ["Song 3"])
    there.mood = "down"
    tell("starting", 0, 3)
    send(told)
    there.mood = "well"
    told.clock.advance(MINUTE)
    assert send(told) == 0
    assert there.playing == ["Song 3"]


def test_secrets_are_sealed_and_accounts_are_ones_own(told: Stage, there: Service) -> None:
    scrobbling, me, bob = told.players.scrobbling, told.room.me, person("bob")
    scrobbling.connect(me, "listenbrainz", TOKEN)
    assert not any(each.connected for each in scrobbling.all(bob))
    hear(told, 0, who=bob)
    assert send(told) == 0
    with told.room.database.read() as connection:
        (kept,) = connection.exec_driver_sql("SELECT secret FROM scrobble_account").scalars().all()
    assert TOKEN not in kept
    (told.room.folder / "key").unlink()
    forgetful = replace(told, players=players_over(told.room, *told.players.scrobbling.services.values()))
    hear(forgetful, 0)
    assert send(forgetful) == 0
    assert state(forgetful).refused


def test_disconnecting_forgets_what_waited(told: Stage, there: Service) -> None:
    scrobbling, me = told.players.scrobbling, told.room.me
    scrobbling.connect(me, "listenbrainz", TOKEN)
    hear(told, 0)
    scrobbling.disconnect(me, "listenbrainz")
    assert send(told) == 0
    with pytest.raises(NotFound):
        scrobbling.disconnect(me, "listenbrainz")
    scrobbling.connect(me, "listenbrainz", TOKEN)
    hear(told, 1)
    with told.room.database.write() as connection:
        record(connection, UserRemoved(user_id=me.user_id))
    Postman(told.room.database, told.players.reactions(), told.clock).deliver()
    assert send(told) == 0
    assert there.titles() == []


def test_what_is_wrong_is_told_at_once(told: Stage, there: Service) -> None:
    scrobbling, me = told.players.scrobbling, told.room.me
    with pytest.raises(Forbidden):
        scrobbling.connect(me, "listenbrainz", "another")
    for wrong in ("", "x" * 501, "ü", "a\nb"):
        with pytest.raises(InvalidInput):
            scrobbling.connect(me, "listenbrainz", wrong)
    with pytest.raises(NotFound):
        scrobbling.connect(me, "myspace", TOKEN)
    there.close()
    with pytest.raises(Unavailable):
        scrobbling.connect(me, "listenbrainz", TOKEN)
    assert not state(told).connected
