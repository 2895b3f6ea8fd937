"""`medley podcast`."""

import getpass
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from medley.app.cli.common import Data, Json, console, owner, parts_of, print_json
from medley.app.cli.root import app
from medley.app.cli.waiting import wait_for
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.pages import MAX_LIMIT

podcast = typer.Typer(no_args_is_help=True, help="Podcasts that are followed: their feeds, episodes and downloads.")
app.add_typer(podcast, name="podcast")

Title = Annotated[str, typer.Argument(help="The podcast: its title, or the id that `list --json` tells.")]
Download = Annotated[str, typer.Option("--download", help="none, newest, or all.")]
Keep = Annotated[int, typer.Option("--keep", min=0, help="How many downloaded episodes stay; 0 for all.")]


@podcast.command(name="list")
def list_(data: Data = None, json: Json = False) -> None:
    """List the podcasts that are followed."""
    with parts_of(data) as parts:
        found = _all(parts)
    if json:
        print_json(found)
        return
    table = Table("Podcast", "Episodes", "Downloaded", "Fails", box=None, header_style="bold")
    for each in found:
        table.add_row(each.title, str(each.episodes), str(each.downloaded), each.failing)
    console.print(table if found else "No podcast is followed yet; `medley podcast add ADDRESS` follows one.")


@podcast.command()
def add(
    address: Annotated[str, typer.Argument(help="The address of its feed.")],
    download: Download = "none",
    keep: Keep = 0,
    login: Annotated[str, typer.Option("--login", help="The name to sign in with, for private feeds.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read its password from there.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Follow a podcast. A running server downloads what is wanted."""
    from medley.core.acquire import Rules

    password = _password(login, from_stdin=password_stdin)
    rules = Rules(download=download, keep=keep)  # pyright: ignore[reportArgumentType] - checked by the room
    with parts_of(data) as parts:
        made = parts.podcasts.subscriptions.add(owner(), address, login=login, password=password, rules=rules)
        print_json(made) if json else console.print(f"“{made.title}” is followed: {made.episodes} episodes.")


@podcast.command()
def remove(title: Title, data: Data = None) -> None:
    """Follow a podcast no more; what was downloaded stays."""
    with parts_of(data) as parts:
        found = _one(parts, title)
        parts.podcasts.subscriptions.remove(owner(), found.id)
    console.print(f"“{found.title}” is not followed any more.")


@podcast.command()
def refresh(
    title: Annotated[str, typer.Argument(help="One podcast; none: all whose time has come.")] = "",
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is done.")] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Look for new episodes. A running server does the work; where none runs, [bold]--wait[/bold] does it here."""
    with parts_of(data) as parts:
        job_id = parts.podcasts.refresh(owner(), _one(parts, title).id if title else "")
        job = wait_for(parts, [job_id])[0] if wait else parts.jobs.get(job_id)
    print_json(job) if json else console.print(f"{job.title}: {job.error or job.state}.")


@podcast.command()
def episodes(
    title: Title,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MAX_LIMIT, help="How many.")] = 20,
    data: Data = None,
    json: Json = False,
) -> None:
    """List the newest episodes of a podcast."""
    with parts_of(data) as parts:
        found = parts.podcasts.episodes.page(owner(), _one(parts, title).id, limit=limit).items
    if json:
        print_json(found)
        return
    for each in found:
        console.print(f"{each.id}  {each.state:8}  {each.title}", soft_wrap=True)


@podcast.command()
def download(
    episode: Annotated[str, typer.Argument(help="Its id, as `episodes` tells it.")], data: Data = None
) -> None:
    """Have an episode downloaded by a running server."""
    with parts_of(data) as parts:
        console.print(f"“{parts.podcasts.episodes.download(owner(), episode).title}” will be downloaded.")


@podcast.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file, as podcast apps export it.")],
    download: Download = "none",
    keep: Keep = 0,
    data: Data = None,
    json: Json = False,
) -> None:
    """Follow every podcast of a list. Their feeds are read by the next refresh."""
    from medley.core.acquire import Rules

    rules = Rules(download=download, keep=keep)  # pyright: ignore[reportArgumentType] - checked by the room
    with parts_of(data) as parts:
        done = parts.podcasts.subscriptions.import_opml(owner(), _read(file), rules)
    if json:
        print_json(done)
        return
    console.print(f"{done.added} are new, {done.known} were followed already, {done.refused} have no usable address.")


@podcast.command()
def export(data: Data = None) -> None:
    """Write all subscriptions to standard output as OPML."""
    with parts_of(data) as parts:
        sys.stdout.write(parts.podcasts.subscriptions.export_opml(owner()))


def _all(parts: Any) -> list[Any]:
    found, cursor = [], ""
    while True:
        page = parts.podcasts.subscriptions.page(owner(), cursor, MAX_LIMIT)
        found += page.items
        if not (cursor := page.next or ""):
            return found


def _one(parts: Any, title: str) -> Any:
    for each in _all(parts):
        if each.id == title or each.title.casefold() == title.casefold():
            return each
    raise NotFound(f"No podcast called “{title}” is followed.", hint="`medley podcast list` lists them.")


def _password(login: str, *, from_stdin: bool) -> str:
    if not login:
        return ""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise InvalidInput("There is no terminal to ask for a password.", hint="Use --password-stdin.")
    return getpass.getpass("Password: ")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
