"""Who is asking, and what they may do. See README.md in this folder."""

from medley.core.identity._app_passwords import AppPasswords
from medley.core.identity._guard import network_of
from medley.core.identity._identity import Identity
from medley.core.identity._model import (
    PERMISSIONS,
    ROLES,
    AppPassword,
    Asker,
    NewAppPassword,
    Permission,
    Role,
    Session,
    User,
    require,
)
from medley.core.identity._refresh import TokenPair
from medley.core.identity._signer import Signer
from medley.core.identity._vault import Vault

__all__ = [
    "PERMISSIONS",
    "ROLES",
    "AppPassword",
    "AppPasswords",
    "Asker",
    "Identity",
    "NewAppPassword",
    "Permission",
    "Role",
    "Session",
    "Signer",
    "TokenPair",
    "User",
    "Vault",
    "network_of",
    "require",
]
