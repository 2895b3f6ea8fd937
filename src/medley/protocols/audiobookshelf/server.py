"""What the server is, for anybody."""

from starlette.responses import JSONResponse, Response

from medley.kernel.errors import Conflict, Forbidden
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire.server import Status


def status(house: Parts, _who: None, _ask: Ask) -> Status:
    """What this server is; apps ask it first."""
    return Status(is_init=not house.identity.setup_needed())


def ping(_house: Parts, _who: None, _ask: Ask) -> Response:
    """Whether it is there."""
    return JSONResponse({"success": True})


def healthcheck(_house: Parts, _who: None, _ask: Ask) -> None:
    """Whether it is well."""


def init(house: Parts, _who: None, _ask: Ask) -> None:
    """The first account is made with the code that only the machine shows, which no app asks for."""
    if not house.identity.setup_needed():
        raise Conflict("This server already has an owner.", hint="Sign in.")
    raise Forbidden("The owner's account needs the set-up code.", hint="Open Medley's page and enter it there.")
