"""`medley settings`."""

from typing import Annotated

import typer
from rich.table import Table

from medley.app.cli.common import Data, Json, console, print_json
from medley.app.cli.root import app
from medley.app.settings import load_settings
from medley.kernel.errors import NotFound


@app.command()
def settings(
    name: Annotated[str | None, typer.Argument(help="One setting, or the beginning of some.")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Show every setting: what it means, its value, and where the value comes from.

    Settings come from medley.toml in the data folder, MEDLEY_* variables and flags; the last one wins.
    """
    found = [each for each in load_settings({"data": data}).settings if not name or each.name.startswith(name)]
    if not found:
        raise NotFound(f"There is no setting “{name}”.", hint="`medley settings` lists all there are.")
    if json:
        shown = ("name", "doc", "value", "default", "origin", "variable")
        print_json([{key: getattr(each, key) for key in shown} for each in found])
        return
    table = Table("Setting", "Value", "From", "Meaning", box=None, header_style="bold")
    for each in found:
        table.add_row(each.name, str(each.value), each.origin, each.doc)
    console.print(table)
