"""Music Assistant's own client, which refuses an answer with a field missing or of another type."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.support.audiobookshelf import DOOR, Phone
from tests.support.house import PASSWORD, House


def interpreter() -> str:
    """One that has the client: it needs Python 3.12 and is no dependency of ours."""
    for name in (os.environ.get("AIOAUDIOBOOKSHELF_PYTHON", ""), "python3.14", "python3.13", "python3.12"):
        found = shutil.which(name) if name else None
        if found and not subprocess.run([found, "-c", "import aioaudiobookshelf"], capture_output=True).returncode:
            return found
    pytest.skip("No Python with aioaudiobookshelf; AIOAUDIOBOOKSHELF_PYTHON may name one.")


def test_it_gets_along(house: House, own: Phone) -> None:
    script = Path(__file__).with_name("real_client.py")
    arguments = [interpreter(), str(script), f"{house.url}{DOOR}", own.user["username"], PASSWORD]
    ran = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    seen = json.loads(ran.stdout)
    assert sorted(seen["titles"]) == ["A Book", "A Long Book", "Alpha", "Beta", "Gamma", "Small Talk"]
    assert seen["series"] == ["Saga"]
    assert seen["narrators"] == ["Rita Reader"]
    assert seen["episodes"] == ["Hello", "Day 2", "Day 3"]
    assert seen["playlist"] == ["Tomorrow", 1]
    assert seen["progress"] is seen["told"] is seen["forgotten"] is True
    assert seen["in_progress"] == [True]
