"""What a process says about its work, on standard error."""

import logging
import sys

_QUIET = ("httpx", "httpcore", "watchfiles", "PIL", "pyvips", "alembic", "dbos", "asyncio", "mutagen")


def configure(level: str, process: str) -> None:
    """Log lines of `level` and above, with the time and the process."""
    logging.basicConfig(
        level=level.upper(),
        stream=sys.stderr,
        format=f"%(asctime)s {process} %(levelname).1s %(name)s: %(message)s",
        datefmt="%H:%M:%S",
        force=True,
    )
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
