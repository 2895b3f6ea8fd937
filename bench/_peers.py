"""The programs and loops that Medley is compared with. What is not there is `None`, and the figure says so."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench._ground import scratch
from bench._processes import answers, debian, free_port, package_index, running, until

SUPYSONIC = "supysonic==0.7.9"
_CHUNK = 250
_MOST_S = 900.0


@contextmanager
def nginx(root: Path) -> Iterator[str | None]:
    """The address of an nginx that serves the files below `root` by sendfile."""
    program = debian("nginx", "nginx")
    if program is None:
        yield None
        return
    with scratch() as folder:
        port = free_port()
        (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, root=root, port=port))
        command = (program, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf")
        with running(command):
            until(lambda: answers(port), 10, "nginx")
            yield f"http://127.0.0.1:{port}"


_NGINX = """
daemon off; user root; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/octet-stream;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def mutagen_loop(paths: Sequence[str]) -> float:
    """Seconds for two processes to read the tags of all files, and to do nothing with them."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_read_tags, [[], []]))  # started and imported
        started = time.perf_counter()
        list(pool.map(_read_tags, [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]))
        return time.perf_counter() - started


def _read_tags(paths: Sequence[str]) -> None:
    from mutagen.flac import FLAC
    from mutagen.mp3 import MP3
    from mutagen.oggopus import OggOpus

    forms = {"mp3": MP3, "flac": FLAC, "opus": OggOpus}
    for path in paths:
        forms[path.rpartition(".")[2]](path).tags  # noqa: B018 - reading is all we want


def walk(root: Path) -> float:
    """Seconds to list every folder and to ask the size and time of every file."""
    started = time.perf_counter()
    folders = [str(root)]
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
    return time.perf_counter() - started


def mpd(root: Path) -> float | None:
    """Seconds of MPD's first scan of `root`."""
    program, client = debian("mpd", "mpd"), debian("mpc", "mpc")
    if program is None or client is None:
        return None
    with scratch() as folder:
        port = free_port()
        (folder / "mpd.conf").write_text(_MPD.format(folder=folder, root=root, port=port))
        with running((program, "--no-daemon", folder / "mpd.conf"), stderr=subprocess.DEVNULL):
            until(lambda: answers(port), 10, "mpd")
            asking = [client, "--host", "127.0.0.1", "--port", str(port), "update", "--wait"]
            started = time.perf_counter()
            subprocess.run(asking, check=True, stdout=subprocess.DEVNULL, timeout=_MOST_S)
            return time.perf_counter() - started


_MPD = """
music_directory "{root}"
db_file "{folder}/db"
state_file "{folder}/state"
bind_to_address "127.0.0.1"
port "{port}"
auto_update "no"
audio_output {{
    type "null"
    name "none"
}}
"""


def supysonic(root: Path) -> float | None:
    """Seconds of Supysonic's first scan of `root`."""
    programs = package_index("supysonic", SUPYSONIC)
    if programs is None:
        return None
    with scratch() as folder:
        (folder / "supysonic.conf").write_text(f"[base]\ndatabase_uri = sqlite:///{folder}/db\n")

        def cli(*arguments: str) -> None:
            command = [programs / "supysonic-cli", *arguments]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run(command, cwd=folder, check=True, timeout=_MOST_S, **quiet)

        cli("folder", "add", "tracks", str(root))
        started = time.perf_counter()
        cli("folder", "scan", "-f", "--foreground", "tracks")
        return time.perf_counter() - started
