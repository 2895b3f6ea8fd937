"""The rules of smart playlists, in the grammar of Navidrome's `.nsp` files.

https://www.navidrome.org/docs/usage/smartplaylists/ — `all` or `any` of conditions, each an operator over one field,
nested at will, with `sort`, `order` and `limit`.
"""

import datetime
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from medley.kernel.errors import InvalidInput
from medley.kernel.ids import is_id

MOST = 20_000
_DEEPEST, _MOST_CONDITIONS, _LONGEST_TEXT = 10, 500, 500
_LARGEST = 1e15

TEXT, NUMBER, FLAG, DATE, DAY = "text", "number", "flag", "date", "day"
# Names in small letters → what is compared. `day` is a date as tags have it, `date` a moment.
FIELDS: dict[str, str] = {
    **dict.fromkeys(
        (
            "title",
            "sorttitle",
            "album",
            "sortalbum",
            "albumartist",
            "sortalbumartist",
            "genre",
            "tag",
            "mood",
            "grouping",
        ),
        TEXT,
    ),
    **dict.fromkeys(
        ("comment", "discsubtitle", "key", "explicitstatus", "filepath", "filetype", "mbz_recording_id"), TEXT
    ),
    **dict.fromkeys(
        (
            "artist",
            "composer",
            "conductor",
            "lyricist",
            "arranger",
            "producer",
            "remixer",
            "performer",
            "engineer",
            "mixer",
        ),
        TEXT,
    ),
    **dict.fromkeys(("tracknumber", "discnumber", "year", "duration", "size", "bpm", "playcount", "rating"), NUMBER),
    **dict.fromkeys(("loved", "compilation", "hascoverart"), FLAG),
    **dict.fromkeys(("dateadded", "datemodified", "lastplayed", "dateloved"), DATE),
    "date": DAY,
}
_OPERATORS: dict[str, tuple[str, ...]] = {
    "is": (TEXT, NUMBER, FLAG, DATE, DAY),
    "isnot": (TEXT, NUMBER, FLAG, DATE, DAY),
    "gt": (NUMBER,),
    "lt": (NUMBER,),
    "contains": (TEXT,),
    "notcontains": (TEXT,),
    "startswith": (TEXT,),
    "endswith": (TEXT,),
    "intherange": (NUMBER, DATE, DAY),
    "before": (DATE, DAY),
    "after": (DATE, DAY),
    "inthelast": (DATE,),
    "notinthelast": (DATE,),
}
_LISTS = ("inplaylist", "notinplaylist")
SORTS = tuple(name for name, type_ in FIELDS.items() if name not in ("genre", "tag", "mood", "grouping", "filepath"))


class Condition(NamedTuple):
    """One comparison; `value` is of the field's type, two of them for a range, days for `inthelast`."""

    operator: str
    field: str
    value: Any


class Group(NamedTuple):
    """All, or any, of what is in it."""

    every: bool
    parts: list["Condition | Group"]


class Rules(NamedTuple):
    """What a playlist is filled with; `sort` are (field, descending), in their order."""

    where: Group
    sort: list[tuple[str, bool]]
    limit: int
    name: str
    comment: str


def decode(text: str | bytes) -> dict[str, Any]:
    """A `.nsp` file as an object."""
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise InvalidInput(f"These rules are no JSON: {error}.", hint="An .nsp file is one JSON object.") from None
    if not isinstance(value, dict):
        raise InvalidInput("Rules are one JSON object.", hint="It has “all” or “any”.")
    return value


def parse(rules: Mapping[str, Any]) -> Rules:
    """The rules, checked; `InvalidInput` names what is not understood."""
    known = {"all", "any", "name", "comment", "sort", "order", "limit"}
    if unknown := [name for name in rules if name.lower() not in known]:
        raise InvalidInput(f"There is no rule “{unknown[0][:60]}”.", hint=f"There are: {', '.join(sorted(known))}.")
    given = {name.lower(): value for name, value in rules.items()}
    where = _group({name: given[name] for name in ("all", "any") if name in given}, 0)
    if sum(_size(part) for part in where.parts) > _MOST_CONDITIONS:
        raise InvalidInput(f"Rules have at most {_MOST_CONDITIONS} conditions.")
    limit = given.get("limit") or MOST
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise InvalidInput(f"A limit is a whole number from 1 on, not {limit!r}.")
    name, comment = (str(given.get(each) or "")[:_LONGEST_TEXT] for each in ("name", "comment"))
    return Rules(where, _sort(given.get("sort", "title"), given.get("order", "asc")), min(limit, MOST), name, comment)


def _group(value: Any, depth: int) -> Group:
    if depth > _DEEPEST or not isinstance(value, dict) or len(value) != 1:
        raise InvalidInput("Rules are “all” or “any” of a list of conditions.", hint="One of the two, nested at will.")
    ((name, parts),) = value.items()
    if not isinstance(parts, list) or not parts:
        raise InvalidInput(f"“{name}” is a list of at least one condition.")
    return Group(name.lower() == "all", [_part(each, depth) for each in parts])


def _part(value: Any, depth: int) -> Condition | Group:
    if not isinstance(value, dict) or len(value) != 1:
        raise InvalidInput("A condition is an object of one operator, such as {“is”: {“loved”: true}}.")
    ((operator, about),) = value.items()
    if operator.lower() in ("all", "any"):
        return _group({operator: about}, depth + 1)
    return _condition(operator, about)


def _condition(operator: str, about: Any) -> Condition:
    name = operator.lower()
    if name not in _OPERATORS and name not in _LISTS:
        known = ", ".join((*_OPERATORS, *_LISTS))
        raise InvalidInput(f"There is no operator “{operator[:60]}”.", hint=f"One of: {known}.")
    if not isinstance(about, dict) or len(about) != 1:
        raise InvalidInput(f"“{operator}” compares one field with a value.")
    ((field, value),) = about.items()
    if name in _LISTS:
        if field.lower() != "id" or not isinstance(value, str) or not is_id(own := value.removeprefix("pl-")):
            raise InvalidInput(f"“{operator}” takes the “id” of a playlist.")
        return Condition(name, "id", own)
    type_ = FIELDS.get(field.lower())
    if type_ is None:
        raise InvalidInput(f"There is no field “{field[:60]}”.", hint=f"One of: {', '.join(FIELDS)}.")
    if type_ not in _OPERATORS[name]:
        raise InvalidInput(f"“{operator}” does not fit “{field}”.", hint=f"It is for: {', '.join(_OPERATORS[name])}.")
    return Condition(name, field.lower(), _value(name, type_, field, value))


def _value(operator: str, type_: str, field: str, value: Any) -> Any:
    if operator == "intherange":
        if not isinstance(value, list) or len(value) != 2:
            raise InvalidInput(f"A range of “{field}” is a list of two values.")
        return [_single(type_, field, each) for each in value]
    if operator in ("inthelast", "notinthelast"):
        return _single(NUMBER, field, value)
    return _single(type_, field, value)


def _single(type_: str, field: str, value: Any) -> Any:
    wrong = InvalidInput(f"{value!r:.60} is no value of “{field}”.", hint=f"It is a {type_}.")
    if type_ == FLAG:
        if not isinstance(value, bool) and str(value).lower() not in ("true", "false"):
            raise wrong
        return str(value).lower() == "true"
    if type_ == NUMBER:
        try:
            number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
        except (ValueError, OverflowError):
            number = math.nan
        if not -_LARGEST <= number <= _LARGEST:
            raise wrong
        return number
    if not isinstance(value, str | int) or isinstance(value, bool) or "\0" in str(value):
        raise wrong
    text = str(value)[:_LONGEST_TEXT]
    return _moment_ms(text, wrong) if type_ == DATE else text


def _moment_ms(text: str, wrong: InvalidInput) -> int:
    """The beginning of a day as milliseconds since 1970 UTC."""
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise wrong from None
    return (day - datetime.date(1970, 1, 1)).days * 86_400_000


def _sort(sort: Any, order: Any) -> list[tuple[str, bool]]:
    backwards = str(order).lower() == "desc"
    found: list[tuple[str, bool]] = []
    for each in str(sort).split(","):
        name = each.strip().lower()
        down = name.startswith("-")
        name = name.lstrip("+-")
        if name != "random" and name not in SORTS:
            raise InvalidInput(f"Nothing is sorted by “{name[:60]}”.", hint=f"One of: random, {', '.join(SORTS)}.")
        found.append((name, down != backwards))
    return found


def _size(part: Condition | Group) -> int:
    return sum(map(_size, part.parts)) if isinstance(part, Group) else 1
