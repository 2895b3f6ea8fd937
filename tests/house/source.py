"""The source tree as the house rules see it: files, modules, imports."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "medley"


@dataclass(frozen=True)
class Import:
    """One name that a module takes from another: `target` is the dotted path to it, the name included."""

    line: int
    target: str


@dataclass(frozen=True)
class Module:
    """One Python file below src/."""

    path: Path

    @property
    def place(self) -> str:
        """Its path from the root of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        """The words of its dotted name."""
        parts = self.path.relative_to(SOURCE).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def name(self) -> str:
        return ".".join(self.parts)

    @property
    def package(self) -> tuple[str, ...]:
        return self.path.parent.relative_to(SOURCE).parts

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def imports(self) -> Iterator[Import]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(node.lineno, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self.package[: len(self.package) - node.level + 1] if node.level else ()
                words = [*base, *(node.module.split(".") if node.module else [])]
                yield from (Import(node.lineno, ".".join([*words, each.name])) for each in node.names)


@cache
def modules() -> list[Module]:
    """Every file of the package, in order."""
    return [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]


@cache
def tracked() -> list[Path]:
    """Every file that the repository holds or is about to hold."""
    if shutil.which("git") is None:
        pytest.skip("git, which knows what belongs to the repository, is not installed.", allow_module_level=True)
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in sorted(set(listed.split("\0")) - {""}) if (ROOT / name).is_file()]
