"""A PostgreSQL server of the tests' own: made in a second, gone with the process, never durable."""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
from tests.support.processes import die_with_parent


def find_binaries() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest version first."""
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]), reverse=True)
    beside = shutil.which("initdb")
    for folder in (*versions, *([Path(beside).resolve().parent] if beside else [])):
        if Path(folder, "initdb").exists() and Path(folder, "postgres").exists():
            return Path(folder)
    return None


class PostgresServer:
    """One server on a socket below a short temporary folder (a socket's path may have 107 bytes only)."""

    def __init__(self, binaries: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="medley-pg-"))
        self._user = _unprivileged_user()
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if self._user:
            for path in (self.folder, data):
                shutil.chown(path, self._user, pwd.getpwnam(self._user).pw_gid)
        self._run([binaries / "initdb", "-D", data, "-U", "medley", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
        options = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "jit=off"]
        options += ["shared_buffers=16MB", "max_connections=200", f"unix_socket_directories={self.folder}"]
        command = [str(binaries / "postgres"), "-D", str(data)]
        for option in options:
            command += ["-c", option]
        with Path(self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, preexec_fn=lambda: die_with_parent(signal.SIGQUIT), **self._as_user()
            )
        self._wait()

    def url(self, name: str) -> str:
        return f"postgresql://medley@/{name}?host={quote(str(self.folder))}"

    def create(self, template: str = "template1") -> str:
        """A fresh database, a copy of `template`; the answer is its name."""
        name = f"t{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def stop(self) -> None:
        self._process.send_signal(signal.SIGQUIT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def _run(self, command: list[object]) -> None:
        subprocess.run([str(part) for part in command], check=True, capture_output=True, **self._as_user())

    def _as_user(self) -> dict:
        # The server refuses to run as root.
        return {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "cwd": "/"} if self._user else {}


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL cannot run as root and there is no user `postgres` or `nobody`.")
