"""`medley db`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from medley.app.cli.common import Data, Json, console, database_of, print_json, settings_of
from medley.app.cli.root import app

db = typer.Typer(no_args_is_help=True, help="The database: check, back up, upgrade.")
app.add_typer(db, name="db")

_WRONG = 3


@db.command()
def check(data: Data = None, json: Json = False) -> None:
    """Check the database for damage; exit code 3 when there is any."""
    from medley.adapters.databases import check as look

    with database_of(settings_of(data)) as database:
        problems = look(database)
    if json:
        print_json({"problems": problems})
    else:
        console.print("\n".join(problems) or "The database is sound.", soft_wrap=True)
    raise typer.Exit(_WRONG if problems else 0)


@db.command()
def backup(
    target: Annotated[Path | None, typer.Argument(help="The file to write; none: one in the data folder.")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Copy the database while Medley runs.

    App passwords open only with the file app-passwords.key of the data folder: keep a copy of it too, elsewhere.
    """
    from medley.adapters.databases import backup as copy
    from medley.app.parts import backups_folder

    settings = settings_of(data)
    with database_of(settings) as database:
        suffix = "sqlite" if database.dialect == "sqlite" else "dump"
        target = target or backups_folder(settings) / f"{time.strftime('%Y-%m-%d-%H%M%S')}.{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(database, target)
    print_json({"file": str(target)}) if json else console.print(f"Copied to {target}.", soft_wrap=True)


@db.command()
def upgrade(data: Data = None, json: Json = False) -> None:
    """Bring the database to this version, after checking and copying it. `medley serve` does this by itself."""
    from medley.adapters.databases import upgrade as run
    from medley.app.parts import backups_folder

    settings = settings_of(data)
    with database_of(settings) as database:
        done = run(database, backups_folder(settings))
    if json:
        print_json({"migrations": done})
    else:
        console.print(f"Upgraded: {', '.join(done)}." if done else "The database is up to date.")
