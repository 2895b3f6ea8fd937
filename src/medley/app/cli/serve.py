"""`medley serve`."""

import os
from pathlib import Path
from typing import Annotated

import typer
from msgspec.json import encode
from rich.text import Text

from medley.app.cli.common import Data, Json, complaints, console, settings_of
from medley.app.cli.root import app
from medley.app.settings import at_home
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
    json: Json = False,
) -> None:
    """Serve a library until Ctrl-C.

    The first start prints a one-time set-up code: open the address, enter it, and the owner's account is made.
    Folders are remembered: the next time [bold]medley serve[/bold] is enough. The demo keeps everything in a data
    folder of its own, unless you name one. With --json the address and the code are one line of JSON.

    Examples: [bold]medley serve ~/Media[/bold] · [bold]medley serve --source film=/films --source music=/music[/bold]
    """
    from medley.app import logs
    from medley.app.launch import Launch
    from medley.app.supervise import ROLES, Supervisor

    if role not in ROLES:
        raise InvalidInput(f"There is no role “{role}”.", hint=f"One of: {', '.join(ROLES)}.")
    settings = settings_of(data or (_demo_data() if demo else None), server__host=host, server__port=port, log=log)
    logs.configure(settings.log, "medley")
    sources = [_existing("auto", folder) for folder in media or []] + [_source(text) for text in source or []]
    if demo:
        sources += _demo(settings.folder / "demo")
    supervisor = Supervisor(Launch(settings, sources), role, _say_json if json else _hello)
    raise typer.Exit(supervisor.run())


def _source(text: str) -> tuple[str, str]:
    kind, mark, folder = text.partition("=")
    if not mark or not kind or not folder:
        raise InvalidInput(f"--source {text!r} is not KIND=FOLDER.", hint="For example --source music=/srv/music")
    # People write plurals; the data has one word.
    singular = {"films": "film", "shows": "show", "audiobooks": "audiobook", "podcasts": "podcast", "photos": "photo"}
    more = {"books": "book", "comics": "comic", "videos": "video", "courses": "course"}
    return _existing({**singular, **more}.get(kind, kind), Path(folder))


def _existing(kind: str, folder: Path) -> tuple[str, str]:
    """A source; the folder as this process sees it, since others may stand elsewhere."""
    return kind, str(at_home(folder).absolute())


def _demo_data() -> str | None:
    """A data folder for the demo, so that it never mixes with somebody's own library."""
    return None if "MEDLEY_DATA" in os.environ else "~/.medley-demo"


def _demo(folder: Path) -> list[tuple[str, str]]:
    from medley.app.cli.demo import generate
    from medley.app.demo import SOURCES

    generate(folder)
    return [(kind, str(folder / name)) for kind, name in SOURCES.items()]


def _say_json(said: dict[str, str]) -> None:
    if "error" in said:
        _hello(said)
    else:
        print(encode(said).decode(), flush=True)


def _hello(said: dict[str, str]) -> None:
    if "error" in said:
        complaints.print(said["error"], style="red", soft_wrap=True)
        complaints.print(said.get("hint", ""), soft_wrap=True)
        return
    url = said["url"]
    console.print("\n  Medley is at ", Text(url, "bold cyan"), sep="", soft_wrap=True)
    if code := said.get("setup_code"):
        console.print("  Set-up code: ", Text(code, "bold"), f"   {url}/app/setup?code={code}", sep="", soft_wrap=True)
    console.print("  Ctrl-C stops it.\n")
