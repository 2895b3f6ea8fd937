"""Medley as people run it: `python -m medley serve` in processes of its own, watched from the outside."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
from tests.support.processes import die_with_parent, forgo_roots_powers, until

OWNER, PASSWORD = "ann", "correct horse battery"
_LAST_WORD = "Ctrl-C stops it."  # after the address and the code
_CODE = re.compile(r"Set-up code: (\S+)")
_BUSY = ("queued", "running")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One installation: a data folder, a port, its sources; started, killed and started again."""

    def __init__(self, data: Path, sources: Iterable[tuple[str, Path]] = (), *, role: str = "all", log: str = "info"):
        self.data, self.sources, self.role, self.log = data, list(sources), role, log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = ""
        self.said: list[str] = []
        self.bound_by_permissions = False  # even as root
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- its processes

    def start(self, *, answer: bool = True) -> "Server":
        """Start it, and wait until it tells its address (`answer`), which is when it answers."""
        self.launch()
        if answer:
            self.wait_for_address()
        return self

    def launch(self) -> subprocess.Popen[str]:
        """Start it without waiting for anything."""
        arguments = ["--data", str(self.data), "--port", str(self.port), "--role", self.role, "--log", self.log]
        for kind, folder in self.sources:
            arguments += ["--source", f"{kind}={folder}"]
        self.said = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "medley", "serve", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=self._before_it_starts,
        )
        threading.Thread(target=_listen, args=(self._process.stdout, self.said), daemon=True).start()
        return self._process

    def _before_it_starts(self) -> None:
        os.setsid()  # Ctrl-C in the terminal of the tests is not meant for it
        die_with_parent(signal.SIGKILL)
        if self.bound_by_permissions:
            forgo_roots_powers()

    def wait_for_address(self, timeout_s: float = 60) -> None:
        deadline = time.monotonic() + timeout_s
        while _LAST_WORD not in self.output():
            assert self.exit_code() is None, f"it ended ({self.exit_code()}):\n{self.output()}"
            assert time.monotonic() < deadline, f"no address within {timeout_s} s:\n{self.output()}"
            time.sleep(0.02)

    def stop(self) -> None:
        """Tell it to stop, as Ctrl-C does; then nothing of it may be left."""
        if self._process is None:
            return
        family = self.family()
        if self.exit_code() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(25)
        end(family)
        self._process = None

    def output(self) -> str:
        return "".join(self.said)

    def exit_code(self) -> int | None:
        assert self._process is not None, "it was never started"
        return self._process.poll()

    @property
    def supervisor(self) -> psutil.Process:
        assert self._process is not None, "it was never started"
        return psutil.Process(self._process.pid)

    def family(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return [self.supervisor, *self.supervisor.children(recursive=True)]
        return []

    def child(self, name: str, timeout_s: float = 40) -> psutil.Process:
        """The process “web” or “worker”, waited for."""
        found: list[psutil.Process] = []

        def look() -> bool:
            with contextlib.suppress(psutil.NoSuchProcess):
                found[:] = [each for each in self.supervisor.children() if f"medley.app.{name}" in each.cmdline()]
            return bool(found)

        until(look, timeout_s, what=f"a {name} process")
        return found[0]

    # -- its people

    def client(self, token: str | None = None, **options: Any) -> httpx.Client:
        """A client that is signed in: as the owner, or with `token` (empty: as nobody)."""
        token = self.token if token is None else token
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=60, **options)

    def set_up(self) -> httpx.Client:
        """Make the owner's account with the code that was printed; the answer is the owner's client."""
        with self.client("") as stranger:
            body = {"code": self.setup_code(), "name": OWNER, "password": PASSWORD}
            answer = stranger.post("/setup", json=body)
        assert answer.status_code in (200, 201), answer.text
        self.token = answer.json()["token"]
        return self.client()

    def setup_code(self) -> str:
        """The newest one that was printed: a web process that starts again makes another."""
        found = _CODE.findall(self.output())
        assert found, f"no set-up code was printed:\n{self.output()}"
        return found[-1]

    def wait_for_scans(self, timeout_s: float = 120, *, pictures: bool = True) -> None:
        """Until nothing waits or runs (or, without `pictures`, no scan), and every source was scanned once."""
        with self.client() as client:

            def quiet() -> bool:
                try:
                    sources = client.get("/sources").raise_for_status().json()
                    jobs = client.get("/jobs").raise_for_status().json()["items"]
                except (httpx.TransportError, httpx.HTTPStatusError):
                    return False
                busy = [each for each in jobs if each["state"] in _BUSY and (pictures or each["kind"] == "scan")]
                return not busy and all(each["scanned_at_ms"] for each in sources)

            try:
                until(quiet, timeout_s, what="the end of the scans")
            except AssertionError as error:
                raise AssertionError(f"{error}\n{self.output()[-6000:]}") from None

    # -- its command line

    def medley(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`medley … --data <ours>`, to its end."""
        command = [sys.executable, "-m", "medley", *arguments, "--data", str(self.data)]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=180)

    def problems(self) -> list[str]:
        """What `medley db check` finds wrong with the database."""
        checked = self.medley("db", "check", "--json")
        assert checked.stdout, checked.stderr
        return json.loads(checked.stdout)["problems"]


def end(processes: Iterable[psutil.Process]) -> None:
    """Kill whatever of `processes` is left. psutil knows a process by its start, too: a reused id is not touched."""
    for each in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()


def alive(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those of `processes` that still run."""
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def everything(client: httpx.Client, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    """All entries of a paged list, page by page."""
    cursor = ""
    while True:
        page = client.get(path, params={**query, "cursor": cursor, "limit": 50}).raise_for_status().json()
        yield from page["items"]
        cursor = page["next"]
        if not cursor:
            return


def _listen(stream: Any, said: list[str]) -> None:
    with contextlib.suppress(ValueError):
        said.extend(stream)
