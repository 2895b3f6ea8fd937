"""The page's types are generated from a committed document; it must be the one that the server tells."""

import json
import subprocess
import sys

import pytest
from tests.house.source import ROOT

_WRITER = ROOT / "web" / "scripts" / "openapi.py"
_COMMITTED = ROOT / "web" / "src" / "api" / "openapi.json"


def test_the_committed_document_is_the_servers():
    # A process of its own, the very one that `npm run schema` starts: a house built here would set up logging for all.
    told = subprocess.run([sys.executable, str(_WRITER)], capture_output=True, text=True, check=True, timeout=60)
    served, committed = json.loads(told.stdout), json.loads(_COMMITTED.read_text(encoding="utf-8"))
    stale = [
        f"{part}/{name}"
        for part, known in (("paths", ["paths"]), ("schemas", ["components", "schemas"]))
        for name in sorted(_differing(_at(served, known), _at(committed, known)))
    ]
    if served != committed:
        pytest.fail(
            f"web/src/api is stale ({', '.join(stale) or 'its head'}): run `npm run schema` in web, and commit."
        )


def _differing(one: dict, other: dict) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def _at(document: dict, path: list[str]) -> dict:
    for name in path:
        document = document[name]
    return document
