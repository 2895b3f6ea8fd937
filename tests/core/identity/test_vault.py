"""Secrets that can be read again, by whoever has the key."""

import logging
import stat
import threading
from pathlib import Path

import pytest

from medley.core.identity._vault import Vault
from medley.kernel.errors import Unavailable


def test_what_is_sealed_opens_for_the_same_thing_only(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "key")
    sealed = vault.seal("secret", "one")
    assert "secret" not in sealed
    assert vault.seal("secret", "one") != sealed
    assert Vault(tmp_path / "key").open(sealed, "one") == "secret"
    assert vault.open(sealed, "another") is None
    assert vault.open(sealed[:-4] + "AAA=", "one") is None
    assert vault.open("nonsense", "one") is None


def test_the_key_is_made_late_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "key")
    assert vault.open("nonsense", "one") is None
    assert not (tmp_path / "key").exists()
    vault.seal("secret", "one")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_many_who_make_a_key_at_once_make_one(tmp_path: Path) -> None:
    vaults = [Vault(tmp_path / "key") for _ in range(8)]
    sealed: list[str] = []
    threads = [threading.Thread(target=lambda each=each: sealed.append(each.seal("secret", "one"))) for each in vaults]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vault.open(text, "one") for vault in vaults for text in sealed] == ["secret"] * 64


def test_another_key_opens_nothing_and_says_so_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sealed = Vault(tmp_path / "key").seal("secret", "one")
    Vault(tmp_path / "other").seal("secret", "one")
    with caplog.at_level(logging.WARNING):
        other = Vault(tmp_path / "other")
        assert (other.open(sealed, "one"), other.open(sealed, "one")) == (None, None)
    assert len(caplog.records) == 1


def test_a_damaged_key_is_told_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("half a ke")
    with pytest.raises(Unavailable, match="key"):
        Vault(tmp_path / "key").seal("secret", "one")
    assert (tmp_path / "key").read_text() == "half a ke"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be written"):
        Vault(tmp_path / "none" / "key").seal("secret", "one")
