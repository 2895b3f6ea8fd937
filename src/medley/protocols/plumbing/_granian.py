"""Granian inside this process: its own threads take connections and send bytes, our event loop answers requests.

The server that Granian offers for embedding sends everything from one thread; only its command line has the runtime of
several. This is what its command line does in a worker process, without the process (docs/decisions/0008).
"""

import asyncio
import logging
import os
import threading
from typing import Any

from granian._futures import _future_watcher_wrapper, _new_cbscheduler
from granian._granian import ListenerSpec, RSGIWorker, WorkerSignal

_log = logging.getLogger(__name__)

_SENDERS = max(2, min(4, os.cpu_count() or 1))  # threads; each sends 1 to 2 GB/s
_BACKLOG = 1024  # connections, waiting or open
_THREADS_PATIENCE = 75  # looks, 20 ms apart

logging.getLogger("_granian").setLevel(logging.ERROR)  # its workers coming and going are no news


class Granian:
    """One RSGI application on one address, from `start` to `stop`."""

    def __init__(self, app: Any, host: str, port: int) -> None:
        self._answer = app.__rsgi__
        make: Any = RSGIWorker  # its stub lags behind
        self._worker = make(
            1, (ListenerSpec(host, port, _BACKLOG), None), None,
            threads=_SENDERS, backpressure=_BACKLOG, http_mode="auto", websockets_enabled=True,
        )  # fmt: skip
        self._signal = WorkerSignal()
        self._ended = asyncio.Event()
        self._before: set[int] = set()

    def start(self) -> None:
        """Listen, and call the application on the running event loop."""
        loop = asyncio.get_running_loop()
        self._before = _native_threads()
        self._signal.add_cb(lambda: loop.call_soon_threadsafe(self._ended.set))
        scheduler = _new_cbscheduler(loop, _future_watcher_wrapper(self._answer), impl_asyncio=True)
        self._worker.serve_mtr(scheduler, loop, self._signal)

    async def stop(self, grace_s: float) -> None:
        """Take no more connections, let open answers end for `grace_s` seconds, and see the threads go."""
        theirs = _native_threads() - self._before
        self._signal.set()
        try:
            await asyncio.wait_for(self._ended.wait(), grace_s)
        except TimeoutError:
            _log.warning("Some connections were cut.")
        await _joined(theirs)


def _native_threads() -> set[int]:
    """The threads of this process that Python did not start (Linux; elsewhere none are known)."""
    try:
        every = {int(name) for name in os.listdir("/proc/self/task")}
    except OSError:
        return set()
    return every - {thread.native_id for thread in threading.enumerate() if thread.native_id is not None}


async def _joined(threads: set[int]) -> None:
    """Wait for the server's own threads, which it leaves behind for a moment.

    One that asks for the interpreter while that is being torn down aborts the whole process.
    """
    for _ in range(_THREADS_PATIENCE):
        if not threads & _native_threads():
            return
        await asyncio.sleep(0.02)
