"""What all doors share: the server, files by ranges, problems, limits. See README.md in this folder."""

from medley.protocols.plumbing._exchange import ClientGone
from medley.protocols.plumbing.bridge import Bridge
from medley.protocols.plumbing.doors import Doors, protected
from medley.protocols.plumbing.files import FileRange, disposition
from medley.protocols.plumbing.problems import Problem, problem, problem_of
from medley.protocols.plumbing.repeats import STILL

__all__ = [
    "STILL",
    "Bridge",
    "ClientGone",
    "Doors",
    "FileRange",
    "Problem",
    "disposition",
    "problem",
    "problem_of",
    "protected",
]
