"""`medley demo`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from medley.app.cli.common import console
from medley.app.cli.root import app


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Where to put it.")]) -> None:
    """Make a small library of every kind to try things on.

    Films, a show, music, books and more, all drawn and composed on the spot. Finished files are kept, so an
    interrupted run goes on where it was. Serve it with [bold]medley serve FOLDER[/bold].
    """
    generate(folder)
    console.print(f"The demo library is in {folder}.", soft_wrap=True)


def generate(folder: Path) -> None:
    """Make the demo library with a progress bar."""
    from medley.app.demo import generate as make

    columns = (
        TextColumn("Making the demo library"),
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    if not console.is_terminal:
        console.print(f"Making the demo library in {folder}; the first time this takes about a minute.", soft_wrap=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")
        make(folder, lambda done, total, what: bar.update(task, completed=done, total=total, description=what))
