"""The program that every command registers with."""

import typer

from medley import __version__

app = typer.Typer(
    name="medley",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One server for every kind of media. [bold]medley serve ~/Media[/bold] is all it takes.",
    epilog="Exit codes: 0 done; 1 it did not work; 2 something must be changed first (a setting, a flag, a path);"
    " 3 something is wrong with this installation; 130 interrupted.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"medley {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True, callback=_version),
) -> None: ...
