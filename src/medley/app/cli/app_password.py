"""`medley user app-password`."""

from datetime import datetime
from typing import Annotated

import typer

from medley.app.cli.common import Data, Json, console, parts_of, print_json
from medley.app.cli.user import id_of, user
from medley.kernel.errors import NotFound

app_password = typer.Typer(
    no_args_is_help=True,
    help="Passwords for one app on one device each.\n\n"
    "Subsonic apps (Symfonium, DSub, Amperfy, Feishin …) sign in with one of these instead of the main password: "
    "make one per device, type it into the app, and revoke it alone when the device is lost.",
)
user.add_typer(app_password, name="app-password")

Whose = Annotated[str, typer.Argument(metavar="NAME", help="Whose, by the name to sign in with.")]


@app_password.command()
def add(
    name: Whose,
    device: Annotated[str, typer.Argument(help="What it is for, like “Symfonium on the phone”.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Make one. It is shown now and never again.

    Example: medley user app-password add Ann "Symfonium on the phone"
    """
    with parts_of(data) as parts:
        made = parts.identity.app_passwords.create(_asker(parts, name), device)
    if json:
        print_json(made)
        return
    console.print(made.secret)
    console.print(f"In {device}: the address of this server, the name {name} and this as password. Write it there now.")


@app_password.command(name="list")
def list_(name: Whose, data: Data = None, json: Json = False) -> None:
    """List them: id, name, and when and by which app they were last used."""
    with parts_of(data) as parts:
        found = parts.identity.app_passwords.list(_asker(parts, name))
    if json:
        print_json(found)
        return
    for each in found:
        console.print("  ".join((each.id, each.name, _use(each))), soft_wrap=True)


@app_password.command()
def revoke(
    name: Whose,
    which: Annotated[str, typer.Argument(help="Its id or its name, as `list` shows them.")],
    data: Data = None,
) -> None:
    """Put an app out, within five seconds where Medley runs."""
    with parts_of(data) as parts:
        asker = _asker(parts, name)
        for each in parts.identity.app_passwords.list(asker):
            if which == each.id or which.casefold() == each.name.casefold():
                parts.identity.app_passwords.revoke(asker, each.id)
                console.print(f"“{each.name}” is out.", soft_wrap=True)
                return
    raise NotFound(f"{name} has no app password “{which}”.", hint=f"`medley user app-password list {name}` lists them.")


def _asker(parts, name: str):
    return parts.identity.asker(id_of(parts, name))


def _use(each) -> str:
    if each.used_at_ms is None:
        return "not used yet"
    moment = datetime.fromtimestamp(each.used_at_ms / 1000).astimezone()
    used = f"used {moment:%Y-%m-%d %H:%M}"
    by = f" by {each.client}" if each.client else ""
    return used + by + (f" from {each.address}" if each.address else "")
