"""Access tokens that last an hour, and refresh tokens that are used once."""

from pathlib import Path

import pytest

from medley.core.identity import Identity, TokenPair
from medley.core.identity._refresh import ACCESS_MS, GRACE_MS, REFRESH_MS
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.errors import Unauthenticated

PASSWORD = "correct horse battery"


@pytest.fixture
def identity(database: Database, clock: FixedClock, tmp_path: Path, quick_passwords: None) -> Identity:
    made = Identity(database, clock, tmp_path / "key")
    made.add_user("Ann", PASSWORD)
    return made


@pytest.fixture
def pair(identity: Identity) -> TokenPair:
    return identity.pair(identity.sign_in("Ann", PASSWORD)[0].id)


def test_an_access_token_is_good_for_an_hour(identity: Identity, clock: FixedClock, pair: TokenPair) -> None:
    assert identity.by_access_token(pair.access).name == "Ann"
    clock.advance(ACCESS_MS - 1)
    assert identity.by_access_token(pair.access).name == "Ann"
    clock.advance(1)
    with pytest.raises(Unauthenticated):
        identity.by_access_token(pair.access)


@pytest.mark.parametrize("wrong", ["", "x", "a.b.c", "..", "\ud800", "1" * 5000])
def test_what_is_made_up_opens_nothing(identity: Identity, wrong: str) -> None:
    with pytest.raises(Unauthenticated):
        identity.by_access_token(wrong)
    with pytest.raises(Unauthenticated):
        identity.renew(wrong)


def test_a_refresh_token_gives_the_next_pair(identity: Identity, clock: FixedClock, pair: TokenPair) -> None:
    clock.advance(ACCESS_MS)
    asker, after = identity.renew(pair.refresh)
    assert asker.name == "Ann"
    assert after.refresh != pair.refresh
    assert identity.by_access_token(after.access).session_id == asker.session_id


def test_one_kind_of_token_is_not_the_other(identity: Identity, pair: TokenPair) -> None:
    with pytest.raises(Unauthenticated):
        identity.renew(pair.access)
    with pytest.raises(Unauthenticated):
        identity.by_access_token(pair.refresh)
    assert identity.session(pair.access) is None
    assert identity.session(pair.refresh) is None
    media = identity.signer().sign("files/x", identity.users()[0].id, 1 << 43)
    with pytest.raises(Unauthenticated):
        identity.by_access_token(media)


def test_an_app_that_lost_the_answer_asks_again(identity: Identity, clock: FixedClock, pair: TokenPair) -> None:
    identity.renew(pair.refresh)
    clock.advance(GRACE_MS)
    _, again = identity.renew(pair.refresh)
    assert identity.by_access_token(again.access).name == "Ann"


def test_a_token_that_turns_up_again_ends_its_session(identity: Identity, clock: FixedClock, pair: TokenPair) -> None:
    _, after = identity.renew(pair.refresh)
    clock.advance(GRACE_MS + 1)
    with pytest.raises(Unauthenticated):
        identity.renew(pair.refresh)
    for lost in (after.refresh, pair.refresh):
        with pytest.raises(Unauthenticated):
            identity.renew(lost)
    with pytest.raises(Unauthenticated):
        identity.by_access_token(after.access)


def test_both_end_with_their_session(identity: Identity, pair: TokenPair) -> None:
    asker = identity.by_access_token(pair.access)
    assert asker.session_id is not None
    identity.sign_out(asker.user_id, asker.session_id)
    with pytest.raises(Unauthenticated):
        identity.by_access_token(pair.access)
    with pytest.raises(Unauthenticated):
        identity.renew(pair.refresh)


def test_a_refresh_token_is_forgotten_after_a_month(identity: Identity, clock: FixedClock, pair: TokenPair) -> None:
    clock.advance(REFRESH_MS)
    with pytest.raises(Unauthenticated):
        identity.renew(pair.refresh)


def test_the_database_holds_no_token(identity: Identity, database: Database, pair: TokenPair) -> None:
    with database.read() as connection:
        kept = str(list(connection.exec_driver_sql("SELECT * FROM refresh_token")))
    assert pair.refresh not in kept
    assert pair.access not in kept
