"""One quick demo for all tests of this folder: they only look at it."""

from pathlib import Path

import pytest

from medley.app.demo import generate


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "library"
    generate(target, quick=True)
    return target
