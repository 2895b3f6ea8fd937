"""App passwords: made, used in three ways, guessed, revoked; on both databases."""

import hashlib
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.asking import statements

from medley.core.identity import Asker, Identity, NewAppPassword
from medley.core.identity._app_passwords import MAX_APP_PASSWORDS, NOTE_USE_EVERY_MS, PROOF_LASTS_MS
from medley.core.identity._guard import FREE_FAILURES
from medley.core.identity._memory import REMEMBER_MS
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
HOME = "192.0.2.1"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "key"


@pytest.fixture
def identity(database: Database, clock: FixedClock, key_file: Path) -> Identity:
    return Identity(database, clock, key_file)


@pytest.fixture
def ann(identity: Identity) -> Asker:
    return identity.asker(identity.add_user("Ann", PASSWORD).id)


@pytest.fixture
def phone(identity: Identity, ann: Asker) -> NewAppPassword:
    return identity.app_passwords.create(ann, "Symfonium on the phone")


def md5(secret: str, salt: str) -> str:
    return hashlib.md5((secret + salt).encode()).hexdigest()


def told(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.name for row in connection.execute(event_table.select().order_by(event_table.c.seq))]


def every_way(identity: Identity, name: str, secret: str) -> list[Callable[[], Asker]]:
    return [
        lambda: identity.app_passwords.by_token(name, md5(secret, "c19b2d"), "c19b2d", address=HOME),
        lambda: identity.app_passwords.by_secret(name, secret, address=HOME),
        lambda: identity.app_passwords.by_key(secret, address=HOME),
    ]


def test_a_secret_is_easy_to_type_and_different_each_time(identity: Identity, ann: Asker) -> None:
    made = [identity.app_passwords.create(ann, f"device {number}") for number in range(3)]
    assert all(re.fullmatch(r"([2-9a-z]{4}-){5}[2-9a-z]{4}", each.secret) for each in made)
    assert len({each.secret for each in made}) == 3


def test_it_lets_its_person_in_each_way(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    for way in every_way(identity, "aNN", phone.secret):
        assert way() == ann


def test_it_may_be_typed_without_its_dashes(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    for way in every_way(identity, "Ann", phone.secret.replace("-", "")):
        assert way() == ann
    assert identity.app_passwords.by_secret("Ann", phone.secret.upper()) == ann
    assert identity.app_passwords.by_token("Ann", md5(phone.secret, "x").upper(), "x") == ann


def test_the_main_password_is_no_token_and_no_key(identity: Identity, ann: Asker) -> None:
    assert identity.app_passwords.by_secret("Ann", PASSWORD) == ann
    with pytest.raises(Unauthenticated):
        identity.app_passwords.by_token("Ann", md5(PASSWORD, "x"), "x")
    with pytest.raises(Unauthenticated):
        identity.app_passwords.by_key(PASSWORD)


def test_what_is_wrong_is_refused_alike(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    bob = identity.asker(identity.add_user("Bob", PASSWORD).id)
    of_bob = identity.app_passwords.create(bob, "phone").secret
    passwords = identity.app_passwords
    wrong = [
        lambda: passwords.by_token("Ann", md5(of_bob, "x"), "x", address="192.0.2.2"),
        lambda: passwords.by_token("Ann", md5(phone.secret, "x"), "y", address="192.0.2.3"),
        lambda: passwords.by_token("nobody", md5(phone.secret, "x"), "x", address="192.0.2.4"),
        lambda: passwords.by_token("A\0\ud800", "\ud800", "\0", address="192.0.2.5"),
        lambda: passwords.by_secret("Ann", of_bob, address="192.0.2.6"),
        lambda: passwords.by_secret("nobody", PASSWORD, address="192.0.2.7"),
        lambda: passwords.by_secret("Ann\0", "\ud800\0", address="192.0.2.8"),
        lambda: passwords.by_key("\0\ud800", address="192.0.2.9"),
        lambda: passwords.by_key("", address="192.0.2.10"),
        lambda: passwords.by_token("", "", "", address="192.0.2.11"),
    ]
    messages = set()
    for attempt in wrong:
        with pytest.raises(Unauthenticated) as caught:
            attempt()
        messages.add((caught.value.message, caught.value.hint))
    assert len(messages) == 1


def test_the_list_tells_what_uses_it(identity: Identity, clock: FixedClock, ann: Asker, phone: NewAppPassword) -> None:
    (before,) = identity.app_passwords.list(ann)
    assert (before.name, before.created_at_ms, before.used_at_ms) == (
        "Symfonium on the phone",
        clock.now_ms(),
        None,
    )
    clock.advance(1000)
    identity.app_passwords.by_key(phone.secret, client="Symfonium\0", address=HOME)
    (after,) = identity.app_passwords.list(ann)
    assert (after.client, after.address, after.used_at_ms) == ("Symfonium", HOME, clock.now_ms())
    assert phone.secret not in repr(after)


def test_use_is_noted_once_a_minute_and_nothing_else_is_written(
    identity: Identity, clock: FixedClock, ann: Asker, phone: NewAppPassword
) -> None:
    ways = every_way(identity, "Ann", phone.secret)
    for way in ways:
        way()
    used_at_ms = clock.now_ms()
    with statements() as said:
        for way in ways * 3:
            way()
    assert said == []
    with statements() as said:
        for _ in range(3):
            clock.advance(REMEMBER_MS + 1)
            for way in ways:
                way()
    assert {each.split()[0] for each in said} <= {"SELECT", "BEGIN"}
    assert sum(each.startswith("SELECT") for each in said) <= 3 * 6
    assert identity.app_passwords.list(ann)[0].used_at_ms == used_at_ms
    clock.advance(NOTE_USE_EVERY_MS)
    ways[0]()
    assert identity.app_passwords.list(ann)[0].used_at_ms == clock.now_ms()


def test_a_revoked_one_is_out_at_once(
    identity: Identity, database: Database, ann: Asker, phone: NewAppPassword
) -> None:
    ways = every_way(identity, "Ann", phone.secret)
    for way in ways:
        way()
    unchanged = identity.witness()
    identity.app_passwords.revoke(ann, phone.id)
    assert not unchanged()
    for way in ways:
        with pytest.raises(Unauthenticated):
            way()
    assert identity.app_passwords.list(ann) == []
    with pytest.raises(NotFound):
        identity.app_passwords.revoke(ann, phone.id)
    assert told(database)[1:3] == ["AppPasswordMade", "AppPasswordRevoked"]


def test_another_process_learns_of_it_soon(
    identity: Identity, database: Database, clock: FixedClock, key_file: Path, ann: Asker, phone: NewAppPassword
) -> None:
    other = Identity(database, clock, key_file)
    for way in every_way(other, "Ann", phone.secret):
        assert way() == ann
    identity.app_passwords.revoke(ann, phone.id)
    clock.advance(REMEMBER_MS + 1)
    for way in every_way(other, "Ann", phone.secret):
        with pytest.raises(Unauthenticated):
            way()


def test_a_new_name_and_person_are_known_at_once(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    for name in ("Bob", "Anna"):
        with pytest.raises(Unauthenticated):
            identity.app_passwords.by_secret(name, PASSWORD)
    identity.add_user("Bob", PASSWORD)
    assert identity.app_passwords.by_secret("Bob", PASSWORD).name == "Bob"
    identity.change_user(ann.user_id, name="Anna")
    assert identity.app_passwords.by_token("Anna", md5(phone.secret, "x"), "x").name == "Anna"
    assert identity.app_passwords.by_key(phone.secret).name == "Anna"
    with pytest.raises(Unauthenticated):
        identity.app_passwords.by_secret("Ann", phone.secret)


def test_it_goes_with_its_person_and_changes_with_their_role(
    identity: Identity, ann: Asker, phone: NewAppPassword
) -> None:
    ways = every_way(identity, "Ann", phone.secret)
    assert {way().role for way in ways} == {"user"}
    identity.change_user(ann.user_id, role="guest")
    assert {way().role for way in ways} == {"guest"}
    identity.remove_user(ann.user_id)
    for way in ways:
        with pytest.raises(Unauthenticated):
            way()


def test_a_new_main_password_ends_the_old_one_and_no_app_password(
    identity: Identity, ann: Asker, phone: NewAppPassword
) -> None:
    assert identity.app_passwords.by_secret("Ann", PASSWORD) == ann
    identity.change_user(ann.user_id, password="another long one")
    with pytest.raises(Unauthenticated):
        identity.app_passwords.by_secret("Ann", PASSWORD)
    assert identity.app_passwords.by_secret("Ann", "another long one") == ann
    assert identity.app_passwords.by_secret("Ann", phone.secret) == ann


def test_a_right_main_password_is_hashed_once(
    identity: Identity,
    database: Database,
    clock: FixedClock,
    key_file: Path,
    ann: Asker,
    hashings: list[str],
) -> None:
    for _ in range(5):
        assert identity.app_passwords.by_secret("Ann", PASSWORD) == ann
        clock.advance(REMEMBER_MS + 1)
    assert len(hashings) == 1
    clock.advance(PROOF_LASTS_MS)
    assert identity.app_passwords.by_secret("Ann", PASSWORD) == ann
    assert len(hashings) == 2
    # What is remembered belongs to one hash: another process may have set another password.
    Identity(database, clock, key_file).change_user(ann.user_id, password="another long one")
    clock.advance(REMEMBER_MS + 1)
    with pytest.raises(Unauthenticated):
        identity.app_passwords.by_secret("Ann", PASSWORD)


class TestGuessing:
    """The lock-out; on SQLite only where it counts."""

    @pytest.fixture
    def identity(self, sqlite_database: Database, clock: FixedClock, key_file: Path) -> Identity:
        return Identity(sqlite_database, clock, key_file)

    def guess(self, attempt: Callable[[], Asker]) -> type[MedleyError]:
        with pytest.raises(MedleyError) as caught:
            attempt()
        return type(caught.value)

    @pytest.mark.parametrize("way", range(3))
    @pytest.mark.parametrize("name", ["Ann", "nobody"])
    def test_guessing_gets_slower(self, identity: Identity, ann: Asker, way: int, name: str) -> None:
        wrong = every_way(identity, name, "2222-2222-2222-2222-2222-2222")[way]
        outcomes = [self.guess(wrong) for _ in range(FREE_FAILURES + 2)]
        assert outcomes == [Unauthenticated] * FREE_FAILURES + [TooManyRequests] * 2

    def test_a_forgotten_device_keeps_nobody_out(
        self, identity: Identity, clock: FixedClock, ann: Asker, phone: NewAppPassword
    ) -> None:
        for wrong in every_way(identity, "Ann", "2222-2222-2222-2222-2222-2222"):
            while self.guess(wrong) is Unauthenticated:
                pass
        for way in every_way(identity, "Ann", phone.secret):
            assert way() == ann
        assert identity.sign_in("Ann", PASSWORD, "page", HOME)
        assert identity.app_passwords.by_secret("Ann", PASSWORD, address=HOME) == ann

    def test_a_remembered_password_is_no_way_around_the_wait(
        self, identity: Identity, clock: FixedClock, ann: Asker
    ) -> None:
        passwords = identity.app_passwords
        assert passwords.by_secret("Ann", PASSWORD, address=HOME) == ann
        while self.guess(lambda: passwords.by_secret("Ann", "a guess of mine", address=HOME)) is Unauthenticated:
            pass
        assert self.guess(lambda: passwords.by_secret("Ann", PASSWORD, address=HOME)) is TooManyRequests
        assert passwords.by_secret("Ann", PASSWORD, address="192.0.2.99") == ann
        clock.advance(2000)
        assert passwords.by_secret("Ann", PASSWORD, address=HOME) == ann

    def test_failures_are_told(self, identity: Identity, sqlite_database: Database, ann: Asker) -> None:
        for wrong in every_way(identity, "Ann", "2222-2222-2222-2222-2222-2222"):
            self.guess(wrong)
        assert told(sqlite_database).count("SignInFailed") == 3


def test_one_person_sees_and_ends_only_their_own(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    bob = identity.asker(identity.add_user("Bob", PASSWORD).id)
    assert identity.app_passwords.list(bob) == []
    with pytest.raises(NotFound):
        identity.app_passwords.revoke(bob, phone.id)
    with pytest.raises(Forbidden):
        identity.app_passwords.list(bob, of=ann.user_id)
    with pytest.raises(Forbidden):
        identity.app_passwords.revoke(bob, phone.id, of=ann.user_id)
    assert [each.id for each in identity.app_passwords.list(ann)] == [phone.id]


def test_an_administrator_sees_and_ends_those_of_others(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    admin = identity.asker(identity.add_user("root", PASSWORD, "admin").id)
    assert [each.id for each in identity.app_passwords.list(admin, of=ann.user_id)] == [phone.id]
    with pytest.raises(NotFound):
        identity.app_passwords.revoke(admin, phone.id)
    identity.app_passwords.revoke(admin, phone.id, of=ann.user_id)
    assert identity.app_passwords.list(ann) == []
    with pytest.raises(NotFound):
        identity.app_passwords.list(admin, of="nobody")


def test_names_tell_devices_apart(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    for wrong in ("", "  ", "x" * 65, "a\0b", "a\nb", "\ud800"):
        with pytest.raises(InvalidInput):
            identity.app_passwords.create(ann, wrong)
    with pytest.raises(Conflict):
        identity.app_passwords.create(ann, " symfonium on the PHONE ")
    assert identity.app_passwords.create(ann, "Tablet").name == "Tablet"


def test_there_is_an_end_to_them(identity: Identity, ann: Asker) -> None:
    for number in range(MAX_APP_PASSWORDS):
        identity.app_passwords.create(ann, f"device {number}")
    with pytest.raises(Conflict):
        identity.app_passwords.create(ann, "one more")
    assert len(identity.app_passwords.list(ann)) == MAX_APP_PASSWORDS


def test_of_two_that_are_made_at_once_with_one_name_one_is(identity: Identity, ann: Asker) -> None:
    results: list[object] = []

    def act() -> None:
        try:
            results.append(identity.app_passwords.create(ann, "phone"))
        except Conflict as error:
            results.append(error)

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(each).__name__ for each in results) == ["Conflict"] * 3 + ["NewAppPassword"]


def test_a_device_that_comes_again_gets_the_same(identity: Identity, ann: Asker) -> None:
    made = identity.app_passwords.reuse(ann, "Feishin")
    assert identity.app_passwords.reuse(ann, "feishin") == made
    assert len(identity.app_passwords.list(ann)) == 1


def test_a_sign_in_comes_to_one_app_password(identity: Identity, ann: Asker, phone: NewAppPassword) -> None:
    asker, secret = identity.app_passwords.sign_in("Ann", PASSWORD, "Feishin")
    assert asker == ann == identity.app_passwords.by_token("ann", md5(secret, "x"), "x")
    assert identity.app_passwords.sign_in("Ann", PASSWORD, "Feishin") == (ann, secret)
    # Whoever comes with an app password stays with it: revoking it puts the app out.
    assert identity.app_passwords.sign_in("Ann", phone.secret, "Feishin") == (ann, phone.secret.replace("-", ""))
    assert [each.name for each in identity.app_passwords.list(ann)] == ["Feishin", phone.name]
    with pytest.raises(Unauthenticated):
        identity.app_passwords.sign_in("Ann", "wrong password", "Feishin")
    assert len(identity.app_passwords.list(ann)) == 2


def test_without_its_key_the_secret_itself_still_opens(
    database: Database, clock: FixedClock, identity: Identity, key_file: Path, ann: Asker, phone: NewAppPassword
) -> None:
    assert identity.app_passwords.unreadable() == 0
    key_file.rename(key_file.with_suffix(".away"))
    other = Identity(database, clock, key_file)
    assert other.app_passwords.unreadable() == 1
    by_token, by_secret, by_key = every_way(other, "Ann", phone.secret)
    with pytest.raises(Unauthenticated):
        by_token()
    assert by_secret() == by_key() == ann
    fresh = other.app_passwords.reuse(ann, phone.name)
    assert fresh.secret != phone.secret
    assert other.app_passwords.by_token("Ann", md5(fresh.secret, "x"), "x") == ann


def test_no_secret_is_in_the_database(
    identity: Identity, sqlite_database: Database, tmp_path: Path, clock: FixedClock
) -> None:
    own = Identity(sqlite_database, clock, tmp_path / "other key")
    secret = own.app_passwords.create(own.asker(own.add_user("Eve", PASSWORD).id), "phone").secret
    files = [each.read_bytes() for each in tmp_path.glob("medley.sqlite*")]
    assert any(b"phone" in each for each in files)
    assert not any(secret.encode() in each or secret.replace("-", "").encode() in each for each in files)
