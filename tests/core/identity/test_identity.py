"""Accounts, sessions, lock-out and signed addresses, on both databases."""

import threading
from pathlib import Path

import pytest

from medley.core.identity import PERMISSIONS, ROLES, Asker, Identity, network_of, require
from medley.core.identity._guard import FREE_FAILURES, FREE_FAILURES_OF_NETWORK, LONGEST_WAIT_MS
from medley.core.identity._memory import REMEMBER_MS
from medley.core.identity._sessions import LIFETIME_MS
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.kernel.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    MedleyError,
    NotFound,
    TooManyRequests,
    Unauthenticated,
)
from medley.kernel.events import event_table

PASSWORD = "correct horse battery"


@pytest.fixture
def identity(database: Database, clock: FixedClock, tmp_path: Path) -> Identity:
    return Identity(database, clock, tmp_path / "key")


def told(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.name for row in connection.execute(event_table.select().order_by(event_table.c.seq))]


def test_the_code_makes_one_owner(identity: Identity, database: Database) -> None:
    assert identity.setup_needed()
    old, code = identity.setup_code(), identity.setup_code()
    for wrong in ("", "nonsense", old):
        with pytest.raises(Forbidden):
            identity.set_up(wrong, "Ann", PASSWORD)
    owner = identity.set_up(f" {code.upper()} ", "Ann", PASSWORD)
    assert (owner.name, owner.role, owner.all_sources) == ("Ann", "admin", True)
    assert not identity.setup_needed()
    with pytest.raises(Conflict):
        identity.set_up(code, "Bob", PASSWORD)
    assert told(database) == ["SetUpDone"]


def test_two_who_set_up_at_once_make_one_owner(identity: Identity) -> None:
    code = identity.setup_code()
    results: list[object] = []

    def act(name: str) -> None:
        try:
            results.append(identity.set_up(code, name, PASSWORD))
        except MedleyError as error:
            results.append(error)

    threads = [threading.Thread(target=act, args=(f"owner {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(identity.users()) == 1


def test_a_session_from_sign_in_to_sign_out(identity: Identity, database: Database) -> None:
    user = identity.add_user("Ann", PASSWORD, "user", all_sources=False, source_ids=["films"])
    session, token = identity.sign_in("ann", PASSWORD, "Phone", "192.0.2.1")
    assert identity.session(token) == Asker(
        user_id=user.id,
        name="Ann",
        role="user",
        permissions=ROLES["user"],
        sources=frozenset({"films"}),
        session_id=session.id,
    )
    assert [(each.device, each.address) for each in identity.sessions(user.id)] == [("Phone", "192.0.2.1")]
    identity.sign_out(user.id, session.id)
    assert identity.session(token) is None
    assert told(database) == ["UserAdded", "SignedIn", "SessionEnded"]


def test_the_database_holds_no_password_and_no_token(identity: Identity, database: Database) -> None:
    identity.add_user("Ann", PASSWORD)
    code = identity.setup_code()
    _, token = identity.sign_in("Ann", PASSWORD)
    with database.read() as connection:
        for name in ("account", "session", "identity_secret", "event"):
            rows = str(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all())
            assert PASSWORD not in rows
            assert token not in rows
            assert code not in rows


def test_nobody_ends_anothers_session(identity: Identity) -> None:
    ann, bob = identity.add_user("Ann", PASSWORD), identity.add_user("Bob", PASSWORD)
    session, token = identity.sign_in("Ann", PASSWORD)
    with pytest.raises(NotFound):
        identity.sign_out(bob.id, session.id)
    assert identity.session(token) is not None
    assert identity.sessions(ann.id) != []


def test_sessions_fade_when_unused_and_live_on_when_used(identity: Identity, clock: FixedClock) -> None:
    identity.add_user("Ann", PASSWORD)
    _, token = identity.sign_in("Ann", PASSWORD)
    clock.advance(LIFETIME_MS - 1)
    assert identity.session(token) is not None
    clock.advance(LIFETIME_MS - 1)
    assert identity.session(token) is not None
    clock.advance(LIFETIME_MS + 1)
    assert identity.session(token) is None


def test_another_process_learns_of_the_end_soon(
    identity: Identity, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    other = Identity(database, clock, tmp_path / "key")
    user = identity.add_user("Ann", PASSWORD)
    session, token = identity.sign_in("Ann", PASSWORD)
    assert other.session(token) is not None
    identity.sign_out(user.id, session.id)
    clock.advance(REMEMBER_MS)
    assert other.session(token) is None


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 10_000, "\udcff"])
def test_unknown_tokens_are_nobody(identity: Identity, token: str) -> None:
    assert identity.session(token) is None


def test_a_removed_user_is_out_at_once(identity: Identity) -> None:
    identity.add_user("Root", PASSWORD, "admin")
    user = identity.add_user("Ann", PASSWORD)
    _, token = identity.sign_in("Ann", PASSWORD)
    assert identity.session(token) is not None
    identity.remove_user(user.id)
    assert identity.session(token) is None
    with pytest.raises(NotFound):
        identity.asker(user.id)


def test_a_demoted_user_loses_permissions_at_once(identity: Identity) -> None:
    user = identity.add_user("Ann", PASSWORD, "power_user")
    _, token = identity.sign_in("Ann", PASSWORD)
    asker = identity.session(token)
    assert asker is not None
    require(asker, "media.delete")
    identity.change_user(user.id, role="guest", all_sources=False, source_ids=["a"])
    asker = identity.session(token)
    assert asker is not None
    assert asker.sources == {"a"}
    with pytest.raises(Forbidden):
        require(asker, "media.delete")


def test_a_new_password_ends_the_other_sessions(identity: Identity) -> None:
    user = identity.add_user("Ann", PASSWORD)
    _, stolen = identity.sign_in("Ann", PASSWORD)
    mine, token = identity.sign_in("Ann", PASSWORD)
    with pytest.raises(Forbidden):
        identity.change_password(user.id, "wrong password", "new password")
    identity.change_password(user.id, PASSWORD, "new password", keep_session=mine.id)
    assert identity.session(stolen) is None
    assert identity.session(token) is not None
    with pytest.raises(Unauthenticated):
        identity.sign_in("Ann", PASSWORD)
    identity.sign_in("Ann", "new password")


def test_an_administrator_stays(identity: Identity) -> None:
    root = identity.add_user("Root", PASSWORD, "admin")
    for act in (lambda: identity.remove_user(root.id), lambda: identity.change_user(root.id, role="user")):
        with pytest.raises(Conflict):
            act()
    identity.add_user("Second", PASSWORD, "admin")
    identity.remove_user(root.id)


@pytest.mark.parametrize("taken", ["ann", "ANN ", "Ａnn"])
def test_names_that_look_the_same_are_the_same(identity: Identity, taken: str) -> None:
    identity.add_user("Ann", PASSWORD)
    bob = identity.add_user("Bob", PASSWORD)
    with pytest.raises(Conflict):
        identity.add_user(taken, PASSWORD)
    with pytest.raises(Conflict):
        identity.change_user(bob.id, name=taken)
    identity.change_user(bob.id, name="BOB")


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\nb", "a\u202eb", "\x00"])
def test_names_that_make_no_sense(identity: Identity, name: str) -> None:
    with pytest.raises(InvalidInput):
        identity.add_user(name, PASSWORD)


def test_passwords_and_preferences_have_limits(identity: Identity) -> None:
    for password in ("short", "x" * 1025):
        with pytest.raises(InvalidInput):
            identity.add_user("Ann", password)
    with pytest.raises(InvalidInput):
        identity.add_user("Ann", PASSWORD, "emperor")
    user = identity.add_user("Ann", PASSWORD)
    assert identity.change_user(user.id, preferences={"theme": "dark"}).preferences == {"theme": "dark"}
    with pytest.raises(InvalidInput):
        identity.change_user(user.id, preferences={"big": "x" * 70_000})


class TestGuessing:
    """The lock-out; on SQLite only where it counts, because each guess costs a hash."""

    @pytest.fixture
    def identity(self, sqlite_database: Database, clock: FixedClock, tmp_path: Path) -> Identity:
        identity = Identity(sqlite_database, clock, tmp_path / "key")
        identity.add_user("Ann", PASSWORD)
        return identity

    def guess(self, identity: Identity, address: str = "192.0.2.1") -> type[MedleyError]:
        with pytest.raises(MedleyError) as caught:
            identity.sign_in("Ann", "wrong password", "", address)
        return type(caught.value)

    def test_gets_slower_with_every_guess(self, identity: Identity, clock: FixedClock) -> None:
        for _ in range(FREE_FAILURES):
            assert self.guess(identity) is Unauthenticated
        waits = []
        for _ in range(3):
            with pytest.raises(TooManyRequests) as caught:
                identity.sign_in("Ann", PASSWORD, "", "192.0.2.1")  # even the right one has to wait
            waits.append(caught.value.details["retry_after_s"])
            clock.advance(waits[-1] * 1000)
            assert self.guess(identity) is Unauthenticated
        assert waits == [1, 2, 4]
        assert waits[-1] * 1000 < LONGEST_WAIT_MS

    def test_others_are_not_kept_out(self, identity: Identity) -> None:
        for _ in range(FREE_FAILURES):
            self.guess(identity)
        assert self.guess(identity) is TooManyRequests
        identity.sign_in("Ann", PASSWORD, "", "192.0.2.2")

    def test_a_success_starts_anew(self, identity: Identity) -> None:
        for _ in range(2):
            for _ in range(FREE_FAILURES - 1):
                assert self.guess(identity) is Unauthenticated
            identity.sign_in("Ann", PASSWORD, "", "192.0.2.1")

    def test_a_household_behind_one_address_is_not_kept_out(self, identity: Identity) -> None:
        for _ in range(FREE_FAILURES_OF_NETWORK + 3):
            identity.sign_in("Ann", PASSWORD, "", "192.0.2.1")

    def test_names_tried_in_turn_from_one_network_get_slower(self, identity: Identity) -> None:
        for number in range(FREE_FAILURES_OF_NETWORK):
            with pytest.raises(Unauthenticated):
                identity.sign_in(f"name {number}", "wrong password", "", "192.0.2.1")
        with pytest.raises(TooManyRequests):
            identity.sign_in("Ann", PASSWORD, "", "192.0.2.1")

    def test_many_at_once_are_no_way_around(self, identity: Identity) -> None:
        results: list[type[MedleyError]] = []
        threads = [threading.Thread(target=lambda: results.append(self.guess(identity))) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results.count(Unauthenticated) == FREE_FAILURES
        assert results.count(TooManyRequests) == 12 - FREE_FAILURES


def test_networks() -> None:
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("::ffff:192.0.2.7") == "192.0.2.7"
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1%eth0") != network_of("2001:db8:0:1::1")
    assert network_of("unix") == "unix"


def test_roles_grow() -> None:
    guest, user, power_user, admin = (ROLES[role] for role in ("guest", "user", "power_user", "admin"))
    assert guest < user < power_user < admin == set(PERMISSIONS)


def test_signed_addresses(identity: Identity, database: Database, clock: FixedClock, tmp_path: Path) -> None:
    user = identity.add_user("Ann", PASSWORD)
    key = identity.signer().sign("files/1", user.id, clock.now_ms() + 1000)
    # Another process has the same key.
    assert Identity(database, clock, tmp_path / "key").signer().check(key, "files/1") == user.id
    expires, owner, mac = key.split(".")
    forged = [
        "",
        "..",
        "x" * 5000,
        key[:-1] + ("a" if key[-1] != "a" else "b"),
        f"{int(expires, 16) + 5000:x}.{owner}.{mac}",
        f"{expires}.{identity.add_user('Bob', PASSWORD).id}.{mac}",
        f"{expires}.{owner}.",
        f"{expires}.{owner}.é",
    ]
    for each in forged:
        with pytest.raises(Unauthenticated):
            identity.signer().check(each, "files/1")
    with pytest.raises(Unauthenticated):
        identity.signer().check(key, "files/2")
    clock.advance(1000)
    with pytest.raises(Unauthenticated):
        identity.signer().check(key, "files/1")
