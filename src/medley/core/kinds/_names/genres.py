"""Which genres are broader than a genre: `genres.txt` beside this file."""

from functools import cache
from importlib.resources import files

from medley.core.kinds._names.folding import fold

_INDENT = 2  # spaces a level


def broader_genres(name: str) -> list[str]:
    """The genres that hold everything of the genre called `name`, under whatever of its names; none for an unknown one.

    A second name is narrower than the first: what is asked for as "Drum and Bass" is found where tags say "DnB".
    """
    found: dict[str, None] = {}
    wanted = [name]
    for each in wanted:
        above = [one for one in _broader().get(fold(each), ()) if one not in found and fold(one) != fold(name)]
        found |= dict.fromkeys(above)
        wanted += above
    return list(found)


@cache
def _broader() -> dict[str, dict[str, None]]:
    """Folded name → the broader genres wherever it stands, nearest first."""
    found: dict[str, dict[str, None]] = {}
    path: list[str] = []
    lines = files("medley.core.kinds._names").joinpath("genres.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        depth = (len(line) - len(line.lstrip())) // _INDENT
        first, *others = [name.strip() for name in line.split("|")]
        del path[depth:]
        above = dict.fromkeys(reversed(path))
        found.setdefault(fold(first), {}).update(above)
        for other in others:
            if fold(other) != fold(first):
                found.setdefault(fold(other), {}).update({first: None, **above})
        path.append(first)
    return found
