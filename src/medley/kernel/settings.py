"""One frozen tree of settings, from defaults, a TOML file, the environment and flags; the last one wins.

A tree is a `msgspec.Struct` whose fields are `Annotated[type, Meta(description=…)]` or further such structs. A key
that does not exist, or a value of the wrong type, is an error that says where it stands and what was probably meant.
"""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_type_hints

import msgspec

from medley.kernel.errors import InvalidInput

PREFIX = "MEDLEY_"
_NEAR = 0.5

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Setting:
    """One leaf of the tree: its dotted name, what it means, its value, and where that comes from."""

    name: str
    doc: str
    value: Any
    default: Any
    origin: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.replace(".", "_").upper()


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A tree and the story of each of its leaves."""

    tree: T
    settings: list[Setting]


def load(
    shape: type[T], *, file: Path | None = None, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> Loaded[T]:
    """The tree of `shape`. `flags` are dotted names; None values in it count as not given."""
    leaves = dict(_leaves(shape))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, given in (
        (str(file), _from_file(file, leaves)),
        ("environment", _from_environment(environ, leaves)),
        ("command line", {name: value for name, value in (flags or {}).items() if value is not None}),
    ):
        for name, value in given.items():
            _known(name, leaves, origin)
            values[name], origins[name] = _converted(name, value, leaves[name][0], origin), origin
    tree = msgspec.convert(_nested(values), shape)
    settings = [
        Setting(name, doc, _at(tree, name), _at(shape(), name), origins.get(name, "default"))
        for name, (_, doc) in leaves.items()
    ]
    return Loaded(tree, settings)


def _leaves(shape: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, tuple[Any, str]]]:
    for name, hint in get_type_hints(shape, include_extras=True).items():
        plain, *notes = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
        if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
            yield from _leaves(plain, f"{prefix}{name}.")
        else:
            doc = next((note.description for note in notes if isinstance(note, msgspec.Meta)), "") or ""
            yield prefix + name, (hint, doc)


def _from_file(file: Path | None, leaves: Mapping[str, Any]) -> dict[str, Any]:
    if file is None or not file.exists():
        return {}
    try:
        return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")), leaves))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{file} is not a settings file: {error}.", hint="It must be TOML, in UTF-8.") from error
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error


def _flat(table: Mapping[str, Any], leaves: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        name = prefix + key
        if isinstance(value, dict) and name not in leaves:
            yield from _flat(value, leaves, f"{name}.")
        else:
            yield name, value


def _from_environment(environ: Mapping[str, str], leaves: Mapping[str, Any]) -> dict[str, Any]:
    by_variable = {PREFIX + name.replace(".", "_").upper(): name for name in leaves}
    given: dict[str, Any] = {}
    for variable, value in environ.items():
        if variable.startswith(PREFIX):
            given[by_variable.get(variable, variable)] = value
    return given


def _known(name: str, leaves: Mapping[str, Any], origin: str) -> None:
    if name in leaves:
        return
    asked = name.removeprefix(PREFIX).replace("_", ".").lower() if name.startswith(PREFIX) else name
    nearest = max(leaves, key=lambda leaf: _likeness(asked, leaf))
    meant = PREFIX + nearest.replace(".", "_").upper() if name.startswith(PREFIX) else nearest
    near = _likeness(asked, nearest) >= _NEAR
    hint = f"Did you mean “{meant}”?" if near else "`medley settings` lists all there are."
    raise InvalidInput(f"There is no setting “{name}” ({origin}).", hint=hint)


def _likeness(asked: str, leaf: str) -> float:
    """0 to 1; people leave the group out, so the last word alone counts, too."""
    names = (leaf.replace("_", "."), leaf.rpartition(".")[2])
    return max(difflib.SequenceMatcher(None, asked.replace("_", "."), name).ratio() for name in names)


def _converted(name: str, value: Any, hint: Any, origin: str) -> Any:
    try:
        if isinstance(value, str) and _is_list(hint):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"The setting “{name}” ({origin}) cannot be {value!r}: {_lower(str(error))}.",
            hint=f"`medley settings {name}` explains it.",
        ) from error


def _is_list(hint: Any) -> bool:
    plain = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return getattr(plain, "__origin__", None) in (list, tuple)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        place = tree
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return tree


def _at(tree: Any, name: str) -> Any:
    for part in name.split("."):
        tree = getattr(tree, part)
    return tree
