"""Secrets that have to be read again, encrypted with a key that the database does not hold."""

import base64
import fcntl
import logging
import os
import secrets
from pathlib import Path

from medley.kernel.errors import Unavailable

_log = logging.getLogger(__name__)
_KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D section 8.2


class Vault:
    """AES-256-GCM under the key in one file of mode 0600, made at the first `seal`.

    A copy of the database alone tells nothing; without the file nothing opens, so it belongs to the backups too.
    """

    def __init__(self, key_file: Path) -> None:
        self._file = key_file
        self._key: bytes | None = None
        self._complained = False

    def seal(self, text: str, about: str) -> str:
        """`text` encrypted; it opens only with the same `about`. `Unavailable` when no key can be kept."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = _cipher(self._kept() or self._make()).encrypt(nonce, text.encode(), about.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, about: str) -> str | None:
        """What was sealed; None where the key is gone, or is another now."""
        from cryptography.exceptions import InvalidTag  # late: a process that seals nothing does without it

        try:
            if (key := self._kept()) is not None:
                raw = base64.b64decode(sealed)
                return _cipher(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError, Unavailable):
            pass
        self._complain()
        return None

    def _kept(self) -> bytes | None:
        if self._key is None:
            try:
                self._key = _key_of(self._file.read_bytes())
            except FileNotFoundError:
                return None
            except (OSError, ValueError) as error:
                hint = "Put back the file from your backups, or remove it and make new app passwords."
                raise Unavailable(f"{self._file} is not a key that can be read.", hint=hint) from error
        return self._key

    def _make(self) -> bytes:
        """A new key, unless another process was faster."""
        try:
            with open(self._file, "a+b", opener=_for_its_owner) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(0)
                if not file.read():
                    file.write(secrets.token_hex(_KEY_BYTES).encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            hint = "Free some space, or correct the owner of the data folder."
            raise Unavailable(f"{self._file} cannot be written: {error.strerror}.", hint=hint) from error
        key = self._kept()
        assert key is not None
        return key

    def _complain(self) -> None:
        if not self._complained:
            self._complained = True
            _log.warning("Some secrets do not open with %s: they have to be given or made again.", self._file)


def _cipher(key: bytes):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # late, as above

    return AESGCM(key)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _key_of(kept: bytes) -> bytes | None:
    if not kept:  # another process is about to write it
        return None
    key = bytes.fromhex(kept.decode("ascii"))
    if len(key) != _KEY_BYTES:
        raise ValueError("A key has 32 bytes.")
    return key
