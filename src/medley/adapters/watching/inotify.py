"""Folders watched through the operating system (inotify on Linux), or by looking again where it tells nothing."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

# Shares whose other clients' writes the local kernel never hears of.
_REMOTE = frozenset("nfs nfs4 cifs smb3 smbfs fuse.sshfs fuse.rclone 9p afs ceph glusterfs davfs".split())
_DEBOUNCE_MS = 2_000  # a copy in progress changes all the time; wait for a pause
_LONGEST_MS = 30_000
_MOST_PATHS = 200


def watch(roots: Iterable[str], changed: Callable[[str, list[str]], None], stop: threading.Event, poll_ms: int) -> None:
    """Call `changed(root, folders)` with absolute folders until `stop`; an empty list means "anywhere in it".

    Network shares are looked at every `poll_ms` milliseconds instead of being listened to.
    """
    from watchfiles import DefaultFilter
    from watchfiles import watch as listen

    remote = [root for root in roots if is_remote(root)]
    local = [root for root in roots if root not in remote and Path(root).is_dir()]
    if remote:
        threading.Thread(target=_poll, args=(remote, changed, stop, poll_ms), name="poll", daemon=True).start()
    if not local:
        return
    quiet = DefaultFilter(ignore_dirs=(".git", "@eaDir", "#recycle"))
    for changes in listen(
        *local,
        watch_filter=quiet,
        debounce=_LONGEST_MS,
        step=_DEBOUNCE_MS,
        stop_event=stop,
        ignore_permission_denied=True,
        raise_interrupt=False,
    ):
        for root, folders in _by_root(local, (path for _, path in changes)).items():
            changed(root, folders)


def is_remote(path: str) -> bool:
    """Whether `path` lies on a share of another machine, as /proc/mounts says."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return False
    best = max(
        ((point.replace("\\040", " "), kind) for _, point, kind, *_ in mounts if _below(path, point)),
        key=lambda mount: len(mount[0]),
        default=("", ""),
    )
    return best[1] in _REMOTE


def _below(path: str, point: str) -> bool:
    point = point.replace("\\040", " ")
    return path == point or path.startswith(point.rstrip("/") + "/")


def _by_root(roots: list[str], paths: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for path in paths:
        root = next((each for each in roots if _below(path, each)), None)
        if root:
            found.setdefault(root, set()).add(str(Path(path).parent) if path != root else root)
    return {root: sorted(folders) if len(folders) <= _MOST_PATHS else [] for root, folders in found.items()}


def _poll(roots: list[str], changed: Callable[[str, list[str]], None], stop: threading.Event, poll_ms: int) -> None:
    while not stop.wait(poll_ms / 1000):
        for root in roots:
            changed(root, [])
