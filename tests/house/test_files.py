"""Files stay small, are tested under their own name, and folders that mean something say what."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from tests.house.source import PACKAGE, ROOT, Module, modules, tracked

_STOP = 500
_TESTS = ROOT / "tests"
_UNTESTED = Path(__file__).with_name("untested.txt")


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_the_budget():
    # A migration is a list of tables, as long as the tables are many.
    measured = {path: _lines(path) for path in tracked() if path.suffix == ".py" and path.parent.name != "versions"}
    for path, lines in measured.items():
        if lines > 400:
            print(f"{lines} lines: {path.relative_to(ROOT)}")  # shown with `pytest -s` or on failure
    assert not [str(path.relative_to(ROOT)) for path, lines in measured.items() if lines > _STOP]


def test_the_middle_file_is_short():
    lengths = sorted(_lines(module.path) for module in modules())
    assert lengths[len(lengths) // 2] <= 120


def _meaningful_folders() -> Iterator[Path]:
    """Rooms, kinds, doors and groups of adapters, and the floors that have no rooms."""
    yield from (PACKAGE / "app", PACKAGE / "kernel")
    for group in ("core", "core/kinds", "protocols", "adapters"):
        for folder in sorted((PACKAGE / group).iterdir()):
            if (folder / "__init__.py").exists() and not folder.name.startswith("_"):
                yield folder


@pytest.mark.parametrize("folder", _meaningful_folders(), ids=lambda folder: str(folder.relative_to(PACKAGE)))
def test_a_room_says_what_it_promises(folder: Path):
    readme = folder / "README.md"
    assert readme.exists(), f"{readme.relative_to(ROOT)} is missing: what it promises, its flow, what it does not do"
    assert readme.read_text(encoding="utf-8").startswith("# ")


def _behaves(module: Module) -> bool:
    """Whether a module does anything: ports, events and faces only declare."""
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = [each for each in node.body if not (isinstance(each, ast.Expr) and _is_text_or_dots(each.value))]
            if body:
                return True
    return False


def _is_text_or_dots(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and (value.value is ... or isinstance(value.value, str))


def _is_tested(module: Module) -> bool:
    """A public file has a test file of its name. A private one is proven through its package: a test stands there."""
    words = module.parts[1:]
    private = next((at for at, word in enumerate(words) if word.startswith("_")), None)
    if private is None and module.path.name != "__init__.py":
        return (_TESTS.joinpath(*words[:-1]) / f"test_{words[-1]}.py").exists()
    first = len(words) if private is None else private
    folders = {_TESTS.joinpath(*words[:depth]) for depth in range(first, len(words) + 1)}
    return any(folder.is_dir() and any(folder.glob("test_*.py")) for folder in folders)


def _allowed() -> list[str]:
    lines = _UNTESTED.read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def _without_test() -> list[str]:
    return [
        module.place
        for module in modules()
        if len(module.parts) > 1
        and not module.name.endswith("__main__")
        and _behaves(module)
        and not _is_tested(module)
    ]


def test_every_file_has_a_test():
    unknown = [place for place in _without_test() if not any(fnmatch(place, each) for each in _allowed())]
    assert not unknown, "Write the test file of the mirrored name for:\n" + "\n".join(unknown)


def test_the_list_of_untested_files_only_shrinks():
    still = _without_test()
    done = [each for each in _allowed() if not any(fnmatch(place, each) for place in still)]
    assert not done, f"They have tests now; take them off {_UNTESTED.name}:\n" + "\n".join(done)
