"""`medley search`."""

from typing import Annotated

import typer
from rich.table import Table

from medley.app.cli.common import Data, Json, console, owner, parts_of, print_json
from medley.app.cli.root import app
from medley.app.cli.waiting import wait_for
from medley.kernel.errors import Unavailable

search = typer.Typer(no_args_is_help=True, help="The search index: ask it, or make it anew.")
app.add_typer(search, name="search")


@search.command()
def find(
    words: Annotated[list[str], typer.Argument(help="What to look for; typing mistakes are forgiven.")],
    kind: Annotated[str, typer.Option(help="Only this kind: film, music, book …")] = "",
    limit: Annotated[int, typer.Option(help="At most so many.")] = 20,
    data: Data = None,
    json: Json = False,
) -> None:
    """Search the library."""
    from medley.core.search import Wanted

    with parts_of(data) as parts:
        found = parts.search.find(owner(), Wanted(text=" ".join(words), kind=kind, limit=limit))
        cards = parts.library.items.cards(owner(), [hit.item_id for hit in found.hits])
    if json:
        print_json(cards)
        return
    table = Table("Kind", "Title", "Year", "In", box=None, header_style="bold")
    for card in cards:
        table.add_row(f"{card.kind}/{card.level}", card.title, str(card.year or ""), card.top_title)
    console.print(table if cards else "Nothing found.")


@search.command()
def rebuild(data: Data = None, json: Json = False) -> None:
    """Make the index anew from the database; searching goes on meanwhile.

    A running server does the work; where none runs, it is done here.
    """
    from medley.app.parts import REBUILD_JOB

    with parts_of(data) as parts:
        asked = parts.jobs.request(REBUILD_JOB, {}, title="Rebuild the search index", priority=5, dedupe=REBUILD_JOB)
        (job,) = wait_for(parts, [asked])
    if json:
        print_json(job)
    if job.state != "done":
        raise Unavailable("The index was not rebuilt.", hint=job.error or "`medley jobs` tells more.")
    if not json:
        console.print(f"{job.result:,} items are in the index.")
