"""The pages that are written from the program itself. `python -m tests.house.documents` writes them anew."""

import re
from collections.abc import Iterator
from typing import Any

import typer
from tests.house.source import ROOT

from medley.app.cli import main as _  # noqa: F401 - it registers every command
from medley.app.cli.root import app
from medley.app.settings import Settings
from medley.kernel.settings import Setting, load

SETTINGS = ROOT / "docs" / "settings.md"
COMMANDS = ROOT / "docs" / "commands.md"

_SETTINGS_HEAD = """# Settings

Every setting has a default that suits a home. Others are read from three places, and the last one wins:

1. `medley.toml` in the data folder. Groups are tables: `server.port` is `port` below `[server]`.
2. Environment variables: `server.port` is `MEDLEY_SERVER_PORT`. A list is parted by commas.
3. Flags of `medley serve`.

`medley settings` shows each with its value and where the value comes from. A name or a value that makes no sense is
refused at the start, with what was probably meant. This page is written by `make docs`.
"""
_COMMANDS_HEAD = """# Commands

Each command explains itself with `--help`. `--data FOLDER` (or `MEDLEY_DATA`) names the data folder of the installation
that is meant; `--json` prints facts for scripts. This page is written by `make docs`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | it did not work; the message says why |
| 2 | something must be changed first: a setting, a flag, a path, a port that is taken |
| 3 | `check` or `db check` found something wrong |
| 130 | interrupted |
"""
_COMMON = {"--data", "--json", "--help"}


def all_settings() -> list[Setting]:
    return load(Settings, environ={}).settings


def settings_page() -> str:
    """docs/settings.md as it should be."""
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for each in all_settings():
        value = str(each.default).lower() if isinstance(each.default, bool) else each.default
        shown = f"`{value}`" if value not in ("", []) else "—"
        rows.append(f"| `{each.name}` | {shown} | {each.doc} |")
    return "\n".join([_SETTINGS_HEAD, *rows]) + "\n"


def all_commands() -> Iterator[tuple[str, Any]]:
    """(name, command) of everything that can be run, in the order of the program."""
    yield from _below("medley", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", {})
    if not children or (getattr(command, "invoke_without_command", False) and name != "medley"):
        yield name, command
    for child in sorted(children):
        yield from _below(f"{name} {child}", children[child])


def commands_page() -> str:
    """docs/commands.md as it should be."""
    parts = [_COMMANDS_HEAD]
    for name, command in all_commands():
        parts += [f"## {name}\n", _plain(command.help or "") + "\n"]
        if rows := [_row(param) for param in command.params if not _COMMON & set(param.opts)]:
            parts += ["| | |\n|---|---|\n" + "\n".join(rows) + "\n"]
    return "\n".join(parts)


def _row(param: Any) -> str:
    argument = param.param_type_name == "argument"
    name = param.name.upper() if argument else ", ".join(param.opts)
    value = "" if argument or getattr(param, "is_flag", False) else f" {param.metavar or _bare(param)}"
    meaning = _plain(param.help or "").replace("|", "\\|")
    return f"| `{name}{value}` | {meaning} |"


def _bare(param: Any) -> str:
    return {"int": "NUMBER", "path": "FOLDER"}.get(param.bare_type(), "TEXT")


def _plain(text: str) -> str:
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text)]
    return re.sub(r"\[/?bold\]", "`", "\n\n".join(paragraphs))


if __name__ == "__main__":
    SETTINGS.write_text(settings_page(), encoding="utf-8")
    COMMANDS.write_text(commands_page(), encoding="utf-8")
