"""`medley check`."""

import typer
from rich.text import Text

from medley.app.cli.common import Data, Json, console, print_json, settings_of
from medley.app.cli.root import app

_WRONG = 3
_MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "wrong": ("✗", "red")}


@app.command()
def check(data: Data = None, json: Json = False) -> None:
    """Tell what is wrong with this installation, and what to do about it.

    Looks at ffmpeg and its encoders, the GPU, the disk, the database, the sources and the clock. Exit code 3 when
    something is wrong.
    """
    from medley.app.checkup import examine

    findings = examine(settings_of(data))
    if json:
        print_json(findings)
    else:
        for each in findings:
            console.print(Text(*_MARKS[each.state]), f"{each.about}: {each.found}", soft_wrap=True)
            if each.hint:
                console.print(f"    {each.hint}", style="dim", soft_wrap=True)
    raise typer.Exit(_WRONG if any(each.state == "wrong" for each in findings) else 0)
