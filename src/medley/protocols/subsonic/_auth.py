"""Their credentials → our asker (https://opensubsonic.netlify.app/docs/opensubsonic-api/#authentication).

A token is md5(password + salt), which only somebody who can read the password can check. Passwords of accounts cannot
be read; those of `identity.app_passwords` can, so a token is always one of an app password.
"""

import binascii

from medley.core.identity import Asker, Identity
from medley.kernel.errors import Unauthenticated
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._errors import Fault, Number

_ENCODED = "enc:"


def authenticate(identity: Identity, ask: Ask) -> Asker:
    """Who asks, by `u` and `p`, by `u`, `t` and `s`, or by `apiKey` alone."""
    given = {name for name in ("u", "p", "t", "s", "apiKey") if ask.has(name)}
    if "apiKey" in given:
        if given != {"apiKey"}:
            raise Fault(Number.CONFLICTING_MECHANISMS, "An API key is sent alone, without a name or password.")
        return _by_key(identity, ask)
    if "p" in given and given & {"t", "s"}:
        raise Fault(Number.CONFLICTING_MECHANISMS, "Send a password or a token, not both.")
    name, known, told = ask.text("u"), identity.app_passwords, {"client": ask.client, "address": ask.address}
    if "p" in given:
        return known.by_secret(name, decoded(ask.text("p")), **told)
    if not given & {"t", "s"}:
        raise missing("p")
    return known.by_token(name, ask.text("t"), ask.text("s"), **told)


def _by_key(identity: Identity, ask: Ask) -> Asker:
    try:
        return identity.app_passwords.by_key(ask.text("apiKey"), client=ask.client, address=ask.address)
    except Unauthenticated as error:
        raise Fault(Number.WRONG_API_KEY, error.message, hint=error.hint) from error


def decoded(password: str) -> str:
    """A password as it is, whether it came plain or as `enc:` and hexadecimal digits."""
    if not password.startswith(_ENCODED):
        return password
    try:
        return binascii.unhexlify(password.removeprefix(_ENCODED).encode()).decode()
    except (ValueError, UnicodeError):
        raise Unauthenticated("This password is not written in hexadecimal digits.", hint="Sign in again.") from None
