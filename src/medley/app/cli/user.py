"""`medley user`."""

import getpass
import sys
from typing import Annotated

import typer

from medley.app.cli.common import Data, Json, console, parts_of, print_json
from medley.app.cli.root import app
from medley.kernel.errors import InvalidInput, NotFound

user = typer.Typer(no_args_is_help=True, help="Accounts: who may sign in, and what they may do.")
app.add_typer(user, name="user")

PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@user.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="admin, power_user, user or guest.")] = "user",
    password_stdin: PasswordStdin = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Add an account. An admin may do everything, a guest only look."""
    password = _password(password_stdin)
    with parts_of(data) as parts:
        made = parts.identity.add_user(name, password, role)
        print_json(made) if json else console.print(f"{made.name} can sign in now, as {made.role}.")


@user.command(name="list")
def list_(data: Data = None, json: Json = False) -> None:
    """List the accounts."""
    with parts_of(data) as parts:
        users = parts.identity.users()
        if json:
            print_json(users)
            return
        for each in users:
            console.print(f"{each.name}  {each.role}")


@user.command()
def password(
    name: Annotated[str, typer.Argument(help="Whose.")], password_stdin: PasswordStdin = False, data: Data = None
) -> None:
    """Set a new password for somebody who forgot theirs; their sessions end."""
    new = _password(password_stdin)
    with parts_of(data) as parts:
        parts.identity.change_user(id_of(parts, name), password=new)
    console.print(f"{name} has a new password.")


@user.command()
def remove(name: Annotated[str, typer.Argument(help="Whom.")], data: Data = None) -> None:
    """Remove an account with its progress and playlists."""
    with parts_of(data) as parts:
        parts.identity.remove_user(id_of(parts, name))
    console.print(f"{name} is gone.")


def id_of(parts, name: str) -> str:
    """The id of whoever is called `name`; `NotFound` if nobody is."""
    for each in parts.identity.users():
        if each.name.casefold() == name.casefold():
            return each.id
    raise NotFound(f"There is nobody called “{name}”.", hint="`medley user list` lists everybody.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise InvalidInput("There is no terminal to ask for a password.", hint="Use --password-stdin.")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise InvalidInput("The two passwords differ.")
    return first
