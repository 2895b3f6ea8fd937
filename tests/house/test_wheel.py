"""The wheel alone is Medley: installed into an empty environment, it serves the page with no Node in sight."""

import json
import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from tests.house.source import PACKAGE, ROOT
from tests.support.processes import die_with_parent, next_line

pytestmark = pytest.mark.long

_LIBRARIES = "import sysconfig; print(sysconfig.get_path('purelib'))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make wheel` builds it, but elsewhere."""
    if not (PACKAGE / "protocols" / "page" / "dist" / "index.html").exists():
        pytest.skip("The page is not built; run `make page`.")
    folder = tmp_path_factory.mktemp("wheel")
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet")
    run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with that wheel. Its libraries are lent by ours, so that nothing is fetched twice."""
    environment = tmp_path_factory.mktemp("empty") / "env"
    run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", wheel)
    # A path file lends our libraries but not our editable Medley: that is a path file too, and those do not nest.
    (Path(run(python, "-c", _LIBRARIES)) / "lent.pth").write_text(run(sys.executable, "-c", _LIBRARIES))
    return environment


def run(*command: object) -> str:
    return subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout.strip()


def test_the_wheel_carries_the_page_and_its_licence(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "medley/protocols/page/dist/index.html" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "web/"))]


def test_it_serves_the_page_without_node(installed: Path, tmp_path: Path):
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MEDLEY_", "PYTHON"))}
    environ["PATH"] = str(installed / "bin")
    command = [str(installed / "bin" / "medley"), "serve", "--port", "0", "--json", "--data", str(tmp_path / "data")]
    where = [str(installed / "bin" / "python"), "-c", "import medley; print(medley.__file__)"]
    assert subprocess.check_output(where, env=environ, text=True, cwd=tmp_path).startswith(str(installed))
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environ, cwd=tmp_path, preexec_fn=die_with_parent
    ) as serve:
        try:
            url = json.loads(next_line(serve))["url"]
            with urllib.request.urlopen(url, timeout=20) as answer:
                assert b"<!doctype html>" in answer.read().lower()
        finally:
            serve.terminate()
            assert serve.wait(30) == 0
