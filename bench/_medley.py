"""A Medley of our own: `medley serve` on a free port, an account, a client that asks as fast as it can."""

import http.client
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench._ground import ROOT
from bench._processes import free_port, running, until

USER, PASSWORD = "bench", "correct horse battery staple"
_START_S, _SCAN_S = 60.0, 1500.0


class Medley:
    """A running server. `parts` looks into its database from outside, as a command line would."""

    def __init__(self, data: Path, port: int, pid: int) -> None:
        self.data, self.port, self.pid = data, port, pid
        self.parts = parts_of(data)
        self.token = ""

    def sign_in(self) -> None:
        """Make the account if there is none, and begin a session."""
        if self.parts.identity.setup_needed():
            self.parts.identity.add_user(USER, PASSWORD, "admin")
        self.token = self.parts.identity.sign_in(USER, PASSWORD, "bench")[1]

    def add(self, folder: Path, kind: str = "music") -> str:
        """The id of the source at `folder`."""
        return self.parts.library.sources.ensure(kind, str(folder)).id

    def scan(self, source_id: str) -> str:
        """Ask for a scan; the answer is the job's id."""
        return self.parts.library.sources.scan(source_id, priority=5)

    def wait(self, job_id: str) -> Any:
        """The job when it is over; `RuntimeError` when it did not go well."""
        ended = ("done", "failed", "cancelled")
        until(lambda: self.parts.jobs.get(job_id).state in ended, _SCAN_S, "the scan", every_s=0.2)
        job = self.parts.jobs.get(job_id)
        if job.state != "done":
            raise RuntimeError(f"{job.title}: {job.state} {job.error}")
        return job

    def client(self) -> "Client":
        """A connection of its own that is signed in."""
        if not self.token:
            self.sign_in()
        return Client(self.port, self.token)


class Client:
    """One kept connection."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str, **query: Any) -> tuple[bytes, float]:
        """(body, milliseconds until all of it was there)."""
        address = f"{path}?{urlencode(query)}" if query else path
        return self._answer("GET", address)

    def post(self, path: str, body: Any) -> Any:
        """The answer to a JSON body."""
        return json.loads(self._answer("POST", path, json.dumps(body))[0] or b"null")

    def _answer(self, method: str, address: str, body: str | None = None) -> tuple[bytes, float]:
        headers = self._headers | ({"Content-Type": "application/json"} if body else {})
        started = time.perf_counter()
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        took = (time.perf_counter() - started) * 1000
        if answer.status >= 400:
            raise RuntimeError(f"{method} {address}: {answer.status} {data[:500].decode(errors='replace')}")
        return data, took


def parts_of(data: Path) -> Any:
    """The parts of the installation in `data`, in this process."""
    from medley.app.parts import build, prepare
    from medley.app.settings import load_settings

    parts = build(load_settings({"data": str(data)}).tree)
    prepare(parts, [])
    return parts


@contextmanager
def medley(data: Path, role: str = "all") -> Iterator[Medley]:
    """`medley serve` on the data folder, answering."""
    port = free_port()
    data.mkdir(parents=True, exist_ok=True)
    with (data / "serve.log").open("w") as log, _serving(data, port, role, log) as process:
        if role != "worker":
            until(lambda: process.poll() is not None or is_up(port), _START_S, "the start of Medley")
        if process.poll() is not None:
            said = (data / "serve.log").read_text()[-2000:]
            raise RuntimeError(f"medley serve ended with exit code {process.returncode}: {said}")
        server = Medley(data, port, process.pid)
        try:
            yield server
        finally:
            server.parts.close()


def _serving(data: Path, port: int, role: str, log: Any) -> Any:
    return running(serve_command(data, port, role), cwd=ROOT, env=environment(), stdout=log, stderr=log)


def environment() -> dict[str, str]:
    """Ours, but for what would make Medley compile itself anew at every start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def serve_command(data: Path, port: int, role: str = "all") -> list[str]:
    """The command line that serves `data`."""
    program = "from medley.app.cli import main; main()"
    return [sys.executable, "-c", program, "serve", "--data", str(data), "--port", str(port), "--role", role]


def is_up(port: int) -> bool:
    """Whether the first request is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/api/v1/server")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
