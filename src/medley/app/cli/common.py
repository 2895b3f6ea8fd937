"""What several commands share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from medley.app.settings import Settings, load_settings
from medley.kernel.errors import NotFound

Data = Annotated[
    str | None,
    typer.Option("--data", metavar="FOLDER", help="Folder below which Medley keeps everything (or MEDLEY_DATA)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

# Titles and names are full of square brackets: nothing is markup unless a command says so.
console = Console(highlight=False, markup=False)
complaints = Console(stderr=True, highlight=False, markup=False)


def settings_of(data: str | None, **flags: Any) -> Settings:
    """The settings, with `--data` and other flags on top (dotted names with `__` for the dot)."""
    return load_settings({"data": data, **{name.replace("__", "."): value for name, value in flags.items()}}).tree


@contextmanager
def database_of(settings: Settings) -> Iterator[Any]:
    """The database as it stands; NotFound where there is none yet."""
    from medley.adapters.databases import open_database
    from medley.app.parts import database_file

    address = database_file(settings)
    if not settings.database and not Path(address).exists():
        raise NotFound(f"There is no database at {address}.", hint="`medley serve` makes one; --data names its folder.")
    database = open_database(address)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def parts_of(data: str | None) -> Iterator[Any]:
    """The parts of an installation whose database is up to date."""
    from medley.app.parts import build, prepare

    parts = build(settings_of(data))
    try:
        prepare(parts, [])
        yield parts
    finally:
        parts.close()


def owner() -> Any:
    """Whoever can run this command owns the machine, and so may see everything."""
    from medley.core.identity import PERMISSIONS, Asker

    return Asker(user_id="", name="command line", role="admin", permissions=frozenset(PERMISSIONS))


def print_json(value: Any) -> None:
    """`value` as JSON on standard output."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
