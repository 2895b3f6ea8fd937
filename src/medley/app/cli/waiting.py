"""Waiting for jobs with a progress bar."""

from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from medley.app.cli.common import console

_POLL_S = 0.3


def wait_for(parts: Any, ids: list[str]) -> list[Any]:
    """Wait until these jobs have ended; where no worker runs, do them here. The answer is the jobs."""
    from medley.app.worker import stand_in

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with stand_in(parts), Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {job_id: bar.add_task(parts.jobs.get(job_id).title, total=None) for job_id in ids}
        for job_id, task in tasks.items():
            while (job := parts.jobs.wait(job_id, _POLL_S)).state in ("queued", "running"):
                bar.update(task, completed=job.done, total=job.total or None)
            bar.update(task, completed=job.done, total=job.done or 1)
    return [parts.jobs.get(job_id) for job_id in ids]
