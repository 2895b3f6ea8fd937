"""`medley playlist`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from medley.app.cli.common import Data, Json, console, parts_of, print_json
from medley.app.cli.root import app
from medley.app.cli.user import id_of
from medley.kernel.errors import InvalidInput, NotFound

playlist = typer.Typer(no_args_is_help=True, help="Playlists: in from M3U files, and out to them.")
app.add_typer(playlist, name="playlist")

Whose = Annotated[str, typer.Option("--user", help="Whose playlist it is.")]


@playlist.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="An M3U or M3U8 file, or the rules of a smart playlist (.nsp).")],
    user: Whose,
    name: Annotated[str, typer.Option(help="What to call it, where the file does not say.")] = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make a playlist of a file; one of the same name gets these entries instead of its own."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    with parts_of(data) as parts:
        who = parts.identity.asker(id_of(parts, user))
        if file.suffix.lower() == ".nsp":
            rules = parts.library.smart_lists.read(content)
            title = str(rules.get("name") or name or file.stem)
            known = _called(parts, who, title)
            lists = parts.library.playlists
            smart = lists.change(who, known, rules=rules) if known else lists.create(who, title, rules=rules)
            print_json(smart) if json else console.print(f"{smart.name}: {smart.count} tracks for now.")
            return
        title = parts.library.playlist_files.name_in(content) or name or file.stem
        known = _called(parts, who, title)
        folder = str(file.absolute().parent)
        made = parts.library.playlist_files.read(who, content, name=title, folder=folder, into=known)
    if json:
        print_json(made)
        return
    console.print(f"{made.playlist.name}: {made.found} entries found, {made.missing} not.")
    for path in made.paths:
        console.print(f"  {path}")


@playlist.command()
def export(
    name: Annotated[str, typer.Argument(help="The name of the playlist.")],
    user: Whose,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    data: Data = None,
) -> None:
    """Write a playlist as M3U8; paths are relative to the folders of their sources."""
    with parts_of(data) as parts:
        who = parts.identity.asker(id_of(parts, user))
        known = _called(parts, who, name)
        if not known:
            raise NotFound(f"{user} has no playlist “{name}”.", hint="Capital letters and spaces count.")
        _, text = parts.library.playlist_files.write(who, known)
    try:
        output.write_text(text, encoding="utf-8") if output else sys.stdout.write(text)
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}.") from error


def _called(parts: Any, who: Any, name: str) -> str:
    """The id of the asker's own playlist of that name; empty where there is none."""
    cursor = ""
    while True:
        page = parts.library.playlists.all(who, cursor, 500)
        for each in page.items:
            if each.mine and each.name == name:
                return each.id
        if not page.next:
            return ""
        cursor = page.next
