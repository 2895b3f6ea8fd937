"""`medley jobs`."""

from typing import Annotated

import typer
from rich.table import Table

from medley.app.cli.common import Data, Json, console, parts_of, print_json
from medley.app.cli.root import app

jobs = typer.Typer(invoke_without_command=True, help="Work that goes on behind the scenes: scans, pictures.")
app.add_typer(jobs, name="jobs")


@jobs.callback()
def list_(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help="Those that ended well, too.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """List jobs that wait, run or failed."""
    if context.invoked_subcommand:
        return
    with parts_of(data) as parts:
        found = parts.jobs.list(() if all_ else ("queued", "running", "failed")).items
    if json:
        print_json(found)
        return
    table = Table("Id", "Job", "State", "Progress", box=None, header_style="bold")
    for job in found:
        progress = f"{job.done}/{job.total}" if job.total else ""
        table.add_row(job.id, job.title, job.state, job.error or f"{progress} {job.message}")
    console.print(table if found else "Nothing waits, runs or failed.")


@jobs.command()
def cancel(job: Annotated[str, typer.Argument(help="The job's id.")], data: Data = None) -> None:
    """Stop a job."""
    with parts_of(data) as parts:
        console.print(f"{parts.jobs.cancel(job).title}: asked to stop.")


@jobs.command()
def retry(job: Annotated[str, typer.Argument(help="The job's id.")], data: Data = None) -> None:
    """Do a failed or cancelled job again."""
    with parts_of(data) as parts:
        console.print(f"{parts.jobs.retry(job).title}: queued.")
