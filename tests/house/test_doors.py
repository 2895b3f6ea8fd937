"""Doors stand beside each other behind one listener: no path of one is a path of another."""

import ast

from tests.house.source import PACKAGE

from medley.protocols.audiobookshelf.routes import PREFIX as AUDIOBOOKSHELF
from medley.protocols.audiobookshelf.routes import ROUTES as AUDIOBOOKSHELF_ROUTES
from medley.protocols.audiobookshelf.sockets import PATHS as SOCKETS
from medley.protocols.native.routes import PREFIX as NATIVE
from medley.protocols.native.routes import ROOT_ROUTES
from medley.protocols.native.routes import ROUTES as NATIVE_ROUTES
from medley.protocols.subsonic.routes import PREFIX as SUBSONIC
from medley.protocols.subsonic.routes import ROUTES as SUBSONIC_ROUTES

_HALL = PACKAGE / "app" / "web.py"


def _prefixes() -> dict[str, str]:
    """What the hall gives each door, as it stands there: prefix → door."""
    for node in ast.walk(ast.parse(_HALL.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Doors":
            (given,) = (each for each in node.args if isinstance(each, ast.Dict))
            return {
                ast.literal_eval(key): ast.unparse(value)
                for key, value in zip(given.keys, given.values, strict=True)
                if key
            }
    raise AssertionError("the hall has no doors")


def _door_of(path: str) -> str:
    fitting = [prefix for prefix in _prefixes() if path == prefix or path.startswith(prefix.rstrip("/") + "/")]
    assert len(fitting) <= 1, f"{path} is in reach of {fitting}"
    return _prefixes()[fitting[0]] if fitting else "page"


def test_every_path_of_a_door_leads_to_it_alone():
    paths = {
        "native": [NATIVE + route.path for route in NATIVE_ROUTES] + [route.path for route in ROOT_ROUTES],
        "subsonic": [f"{SUBSONIC}/{route.name}{end}" for route in SUBSONIC_ROUTES for end in ("", ".view")],
        "audiobookshelf": [AUDIOBOOKSHELF + route.path for route in AUDIOBOOKSHELF_ROUTES] + list(SOCKETS),
    }
    reached = {door: {_door_of(path) for path in each} for door, each in paths.items()}
    assert all(len(doors) == 1 for doors in reached.values()), reached
    alone = set().union(*reached.values())
    assert len(alone) == len(reached), reached
    assert "page" not in alone


def test_the_page_keeps_its_own_paths():
    assert _door_of("/") == _door_of("/app/settings") == "page"
    assert all(prefix.startswith("/") and not prefix.startswith("/app") for prefix in _prefixes())
