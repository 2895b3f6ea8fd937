"""DBOS, kept quiet and at home: its tables in a file or schema of their own, no console, no telemetry, no network.

https://docs.dbos.dev/python/reference/configuration
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from dbos import DBOS, DBOSConfig, Serializer, SetEnqueueOptions, SetWorkflowID
from sqlalchemy import make_url

from medley.kernel.jobs import Job, JobKind

_SCHEMA = "medley_jobs"
_ACTIVE = ("ENQUEUED", "PENDING", "DELAYED")
# DBOS starts small numbers first and knows none below 1; ours are started from the largest down.
_NEUTRAL_PRIORITY = 1_000_000


class Engine:
    """Durable workflows, one per job and with the job's id. One engine at a time in a process."""

    def __init__(self, database_url: str, data_dir: Path, worker: str, poll_s: float) -> None:
        self._address = _address(database_url, data_dir)
        self._worker = worker
        self._poll_s = poll_s
        self._work: Callable[[str], None] | None = None

    def start(self, work: Callable[[str], None], kinds: Iterable[JobKind]) -> None:
        """Resume what was running, then start what is enqueued, by calling `work` with the job's id."""
        config: DBOSConfig = {
            "name": "medley",
            "system_database_url": self._address,
            "dbos_system_schema": _SCHEMA,
            # Fixed on purpose: DBOS resumes only what the same version and the same executor left behind.
            "application_version": "1",
            "executor_id": self._worker,
            "enable_otlp": False,
            "serializer": _Json(),
            "log_level": "ERROR",
            "max_executor_threads": 64,
        }
        _hush()

        def job(job_id: str) -> None:  # a plain function: DBOS writes attributes on it
            work(job_id)

        DBOS(config=config)
        self._work = DBOS.workflow(name="job", max_recovery_attempts=None)(job)
        DBOS.launch()
        for kind in kinds:
            DBOS.register_queue(
                kind.name,
                global_concurrency=kind.concurrency,
                polling_interval_sec=self._poll_s,
                on_conflict="always_update",
            )

    def stop(self) -> None:
        DBOS.destroy(destroy_registry=True)

    def states(self, job_ids: list[str]) -> dict[str, bool]:
        """Of the jobs that the engine knows: whether each still waits or runs."""
        if not job_ids:
            return {}
        found = DBOS.list_workflows(workflow_ids=job_ids, load_input=False, load_output=False)
        return {workflow.workflow_id: workflow.status in _ACTIVE for workflow in found}

    def enqueue(self, job: Job) -> None:
        """Hand a job over for the first time."""
        assert self._work is not None
        priority = max(1, _NEUTRAL_PRIORITY - job.priority)
        with SetWorkflowID(job.id), SetEnqueueOptions(priority=priority):
            DBOS.enqueue_workflow(job.kind, self._work, job.id)

    def rewind(self, job: Job) -> None:
        """Hand a job over again; the results of its steps up to the first that failed are kept."""
        steps = DBOS.list_workflow_steps(job.id)
        broken = [step["function_id"] for step in steps if step["error"] is not None]
        after_all = max((step["function_id"] for step in steps), default=0) + 1
        DBOS.rewind_workflow(job.id, start_step=min(broken, default=after_all), queue_name=job.kind)

    def forget(self, job_ids: list[str]) -> None:
        """Drop what is kept about jobs that are over."""
        if job_ids:
            DBOS.delete_workflows(job_ids)

    @staticmethod
    def step(name: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run a step of the job whose `work` is on the stack, or recall its result."""
        return DBOS.run_step({"name": name}, function, *args, **kwargs)


def _address(database_url: str, data_dir: Path) -> str:
    if database_url.startswith("postgresql"):
        return make_url(database_url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    path = data_dir / "jobs.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")  # stays with the file; halves the waiting for the disk
    return f"sqlite:///{path}"


def _hush() -> None:
    logger = logging.getLogger("dbos")
    logger.propagate = True  # errors go to our own log …
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())  # … and DBOS, finding a handler, adds none for the console


class _Json(Serializer):
    """Plain JSON instead of DBOS's pickles, which would run whatever somebody wrote into the file."""

    def serialize(self, data: Any) -> str:
        return msgspec.json.encode(
            {"error": str(data)} if isinstance(data, BaseException) else {"value": data}
        ).decode()

    def deserialize(self, serialized_data: str) -> Any:
        told = msgspec.json.decode(serialized_data)
        return RuntimeError(told["error"]) if "error" in told else told["value"]

    def name(self) -> str:
        return "medley_json"
