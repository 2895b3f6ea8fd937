"""`medley scan`."""

from typing import Annotated, Any

import typer

from medley.app.cli.common import Data, Json, console, parts_of, print_json
from medley.app.cli.root import app
from medley.app.cli.waiting import wait_for
from medley.kernel.errors import NotFound, Unavailable

_COUNTS = ("files", "added", "changed", "missing", "notices")


@app.command()
def scan(
    source: Annotated[list[str] | None, typer.Argument(help="Names of sources; none: all of them.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is done, with a progress bar.")] = False,
    accept_losses: Annotated[
        bool, typer.Option("--accept-losses", help="Mark files as missing even when many are gone at once.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Read every file again, also those of the same size and time as before.")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Look for new, changed and missing files.

    A running server does the work; where none runs, [bold]--wait[/bold] does it here. Exit code 1 when a scan failed.
    """
    with parts_of(data) as parts:
        ids = [
            parts.library.sources.scan(each.id, accept_losses=accept_losses, anew=anew, priority=5)
            for each in _chosen(parts, source or [])
        ]
        done = wait_for(parts, ids) if wait else [parts.jobs.get(job_id) for job_id in ids]
        if json:
            print_json(done)
        else:
            if not done:
                console.print("There is nothing to scan yet; `medley serve FOLDER` adds a source.")
            for job in done:
                console.print(f"{job.title}: {_told(job)}", soft_wrap=True)
        if any(job.state in ("failed", "cancelled") for job in done):
            raise Unavailable("A scan did not finish.", hint="`medley jobs` tells more.")


def _chosen(parts: Any, names: list[str]) -> list[Any]:
    known = parts.library.sources.all()
    missing = [name for name in names if name not in {each.name for each in known}]
    if missing:
        listed = ", ".join(each.name for each in known) or "none yet; `medley serve FOLDER` adds one"
        raise NotFound(f"There is no source called “{missing[0]}”.", hint=f"There are: {listed}.")
    return [each for each in known if not names or each.name in names]


def _told(job: Any) -> str:
    """What came of a scan, in one line."""
    if job.state != "done":
        return job.error or job.state
    result = job.result or {}
    counts = ", ".join(f"{result.get(each, 0):,} {each}" for each in _COUNTS)
    return f"{counts}. {result.get('paused', '')}".strip()
