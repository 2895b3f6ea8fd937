"""What a running job holds in its hand, and the sign that tells it to stop."""

import threading
import time
from collections.abc import Callable
from typing import Any, Literal, ParamSpec, TypeVar

from medley.kernel.job_ledger import JobLedger
from medley.kernel.jobs import Cancelled, Job

P = ParamSpec("P")
R = TypeVar("R")

Reason = Literal["cancelled", "timeout", "shutdown"]

_REPORT_EVERY_S = 0.5


class StopSign:
    """Says whether a job should stop, and why; the first reason stays."""

    def __init__(self, timeout_s: float | None) -> None:
        self.reason: Reason | None = None
        self._lock = threading.Lock()
        self._deadline = None if timeout_s is None else time.monotonic() + timeout_s

    def raise_it(self, reason: Reason) -> None:
        with self._lock:
            self.reason = self.reason or reason

    def is_up(self) -> bool:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.raise_it("timeout")
        return self.reason is not None


class RunningJob:
    """The `JobContext` of a job that runs in this process."""

    def __init__(self, job: Job, sign: StopSign, ledger: JobLedger, step: Callable[..., Any]) -> None:
        """`step(name, function, args, kwargs)` runs a durable step."""
        self._job = job
        self._sign = sign
        self._ledger = ledger
        self._step = step
        self._next_report = 0.0
        self._unsaid: tuple[int, int, str] | None = None

    @property
    def id(self) -> str:
        return self._job.id

    @property
    def arguments(self) -> dict[str, Any]:
        return self._job.arguments

    @property
    def stopping(self) -> bool:
        return self._sign.is_up()

    def check(self) -> None:
        if self.stopping:
            raise Cancelled

    def report(self, done: int, total: int, message: str = "") -> None:
        self._unsaid = (done, total, message)
        if time.monotonic() >= self._next_report and self._ledger.can_write():
            self.say()

    def say(self) -> None:
        """Write what was reported last, if it is not written yet."""
        if self._unsaid is not None:
            self._ledger.progress(self._job.id, *self._unsaid)
            self._unsaid = None
            self._next_report = time.monotonic() + _REPORT_EVERY_S

    def step(self, name: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        self.check()
        return self._step(name, function, args, kwargs)
