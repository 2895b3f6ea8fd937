"""A demo library, made once for all workers of a run, and servers over it."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.support.browser import chromium, page_is_built
from tests.support.processes import ROOT
from tests.support.server import Server

from medley.app.demo import SOURCES, generate

Serve = Callable[..., Server]


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def demo(shared_folder: Path) -> Path:
    """The demo library, quick to make and read; nobody may change it. The generator has a lock of its own."""
    target = shared_folder / "demo"
    generate(target, quick=True)
    return target


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo library that a test may change."""
    return Path(shutil.copytree(demo, tmp_path / "media"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Gives servers that are not started yet; at the end nothing of them runs any more."""
    made: list[Server] = []

    def make(media: Path | None = None, *, data: Path | None = None, **options: str) -> Server:
        sources = sources_of(media) if media else []
        made.append(Server(data or tmp_path / f"data-{len(made)}", sources, **options))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="session")
def house(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has an owner and has read the demo library, shared by tests that leave it as it is."""
    with Server(tmp_path_factory.mktemp("house"), sources_of(demo)) as server:
        server.set_up().close()
        server.wait_for_scans()
        yield server


def sources_of(media: Path) -> list[tuple[str, Path]]:
    """The kinds and folders of a demo library."""
    return [(kind, media / name) for kind, name in SOURCES.items()]


@pytest.fixture(scope="session")
def page_built(shared_folder: Path) -> None:
    """The page, built when it is not there yet."""
    with (shared_folder / "page.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # workers start together
        if page_is_built():
            return
        if shutil.which("npm") is None:
            pytest.skip("The page is not built, and there is no npm to build it.")
        for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
            subprocess.run(command, cwd=ROOT / "web", check=True, capture_output=True)


@pytest.fixture(scope="module")
def browser(page_built: None) -> Iterator[Browser]:
    """Chromium. Not for the whole session: while it is open, no test of this worker may run an event loop."""
    with chromium() as opened:
        yield opened
