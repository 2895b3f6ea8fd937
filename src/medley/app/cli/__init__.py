"""The `medley` command."""

from medley.app.cli.main import main

__all__ = ["main"]
