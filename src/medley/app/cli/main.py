"""The commands together, and what happens when one fails.

Exit codes: 0 done; 1 it did not work; 2 something must be changed first (a setting, a flag, a path); 3 `check` found
something wrong; 130 interrupted.
"""

import sys

# Each command's module imports only what it needs when it runs: `medley --help` stays quick.
from medley.app.cli import (  # noqa: F401 - they register
    app_password,
    check,
    db,
    demo,
    jobs,
    playlist,
    podcast,
    scan,
    search,
    serve,
    settings,
    user,
)
from medley.app.cli.common import complaints
from medley.app.cli.root import app
from medley.kernel.errors import Conflict, Forbidden, InvalidInput, MedleyError, NotFound, Unauthenticated

_PERSON = (InvalidInput, NotFound, Conflict, Forbidden, Unauthenticated)


def main() -> None:
    """Run the command line; every failure that we know is one sentence and a hint."""
    try:
        app()
    except MedleyError as error:
        fail(error)
    except KeyboardInterrupt:
        sys.exit(130)


def fail(error: MedleyError) -> None:
    """Say what went wrong and leave."""
    complaints.print(error.message, style="red", soft_wrap=True)
    if error.hint:
        complaints.print(error.hint, soft_wrap=True)
    sys.exit(2 if isinstance(error, _PERSON) else 1)
