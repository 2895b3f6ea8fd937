"""The commands together, and what happens when one fails.

Exit codes: 0 done; 1 it did not work; 2 something must be changed first (a setting, a flag, a path); 3 `check` found
something wrong; 130 interrupted.
"""

import sys

import typer
from rich.console import Console

from medley import __version__
from medley.kernel.errors import Forbidden, InvalidInput, MedleyError, NotFound, Unauthenticated

app = typer.Typer(
    name="medley",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="One server for every kind of media. [bold]medley serve ~/Media[/bold] is all it takes.",
)

_PERSON = (InvalidInput, NotFound, Forbidden, Unauthenticated)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"medley {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True, callback=_version),
) -> None: ...


def main() -> None:
    """Run the command line; every failure that we know is one sentence and a hint."""
    # Each command's module imports only what it needs when it runs: `medley --help` stays quick.
    from medley.app.cli import check, db, demo, jobs, scan, search, serve, settings, user  # noqa: F401 - they register

    try:
        app()
    except MedleyError as error:
        fail(error)
    except KeyboardInterrupt:
        sys.exit(130)


def fail(error: MedleyError) -> None:
    """Say what went wrong and leave."""
    console = Console(stderr=True, highlight=False)
    console.print(f"[red]{error.message}[/red]", soft_wrap=True)
    if error.hint:
        console.print(error.hint, soft_wrap=True)
    sys.exit(2 if isinstance(error, _PERSON) else 1)
