"""`medley serve`."""

from pathlib import Path
from typing import Annotated

import typer

from medley.app.cli.common import Data, console, settings_of
from medley.app.cli.root import app
from medley.kernel.errors import InvalidInput


@app.command()
def serve(
    media: Annotated[list[Path] | None, typer.Argument(help="Folders of media; what is in them is found out.")] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="KIND=FOLDER", help="A folder of one kind: film=/films, auto=/x."),
    ] = None,
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on [127.0.0.1]; 0.0.0.0: all.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on [8096].")] = None,
    role: Annotated[str, typer.Option(help="Which processes to run: all, web or worker.")] = "all",
    demo: Annotated[bool, typer.Option("--demo", help="Make and serve a small demo library.")] = False,
    log: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
) -> None:
    """Serve a library until Ctrl-C.

    The first start prints a one-time set-up code: open the address, enter it, and the owner's account is made.
    Folders are remembered: the next time [bold]medley serve[/bold] is enough.

    Examples: [bold]medley serve ~/Media[/bold] · [bold]medley serve --source film=/films --source music=/music[/bold]
    """
    from medley.app import logs
    from medley.app.launch import Launch
    from medley.app.supervise import ROLES, Supervisor

    if role not in ROLES:
        raise InvalidInput(f"There is no role “{role}”.", hint=f"One of: {', '.join(ROLES)}.")
    settings = settings_of(data, server__host=host, server__port=port, log=log)
    logs.configure(settings.log, "medley")
    sources = [("auto", str(folder)) for folder in media or []] + [_source(text) for text in source or []]
    if demo:
        sources += _demo(settings.folder / "demo")
    supervisor = Supervisor(Launch(settings, sources), role, _hello)
    raise typer.Exit(supervisor.run())


def _source(text: str) -> tuple[str, str]:
    kind, mark, folder = text.partition("=")
    if not mark or not kind or not folder:
        raise InvalidInput(f"--source {text!r} is not KIND=FOLDER.", hint="For example --source music=/srv/music")
    # People write plurals; the data has one word.
    singular = {"films": "film", "shows": "show", "audiobooks": "audiobook", "podcasts": "podcast", "photos": "photo"}
    more = {"books": "book", "comics": "comic", "videos": "video", "courses": "course"}
    return {**singular, **more}.get(kind, kind), folder


def _demo(folder: Path) -> list[tuple[str, str]]:
    from medley.app.cli.demo import generate
    from medley.app.demo import SOURCES

    generate(folder)
    return [(kind, str(folder / name)) for kind, name in SOURCES.items()]


def _hello(said: dict[str, str]) -> None:
    if "error" in said:
        console.print(f"[red]{said['error']}[/red]\n{said.get('hint', '')}", soft_wrap=True)
        return
    url = said["url"]
    console.print(f"\n  Medley is at [bold cyan]{url}[/bold cyan]", soft_wrap=True)
    if code := said.get("setup_code"):
        console.print(f"  Set-up code: [bold]{code}[/bold]   {url}/app/setup?code={code}", soft_wrap=True)
    console.print("  Ctrl-C stops it.\n")
