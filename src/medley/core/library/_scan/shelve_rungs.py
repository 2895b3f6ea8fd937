"""Step 4, second half, first part: rungs of many guesses become rows of items."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import msgspec

from medley.core.kinds import Guess, Rung, sort_key

Key = tuple[str, str, str]  # kind, level, identity

_LONGEST_TITLE = 1000
_LONGEST_IDENTITY = 700  # an index entry of PostgreSQL holds about 2,700 bytes
_as_json = msgspec.json.Encoder().encode
_as_bytes = msgspec.msgpack.Encoder().encode
_BEST_ART = ("poster", "cover", "thumb", "artist", "logo")


@dataclass(slots=True)
class Shape:
    """One item as all the guesses of a batch describe it together."""

    key: Key
    rung: Rung
    parent: Key | None
    depth: int
    id: str = ""
    signature: int = 0
    duration_ms: int = 0
    trashed_at_ms: int = 0  # what is new below something in the trash is there as well
    guesses: list[Guess] = field(default_factory=list)  # those whose leaf it is


def collect(guesses: Iterable[Guess]) -> dict[Key, Shape]:
    """Every work that `guesses` name, with what each of them adds; broadest rungs first."""
    shapes: dict[Key, Shape] = {}
    for guess in guesses:
        parent: Key | None = None
        for depth, rung in enumerate(guess.ladder):
            key = (guess.kind, rung.level, _short(rung.identity))
            shape = shapes.get(key)
            if shape is None:
                shape = shapes[key] = Shape(key, rung, parent, depth)
            elif shape.rung is not rung and shape.rung != rung:
                shape.rung = _merged(shape.rung, rung)
            parent = key
        if guess.path and parent:
            shapes[parent].guesses.append(guess)
    for shape in shapes.values():
        shape.signature = _signature(shape)
    return dict(sorted(shapes.items(), key=lambda pair: pair[1].depth))


def _short(identity: str) -> str:
    if len(identity) <= _LONGEST_IDENTITY // 4:
        return identity.replace("\0", "")
    raw = identity.encode()
    if len(raw) <= _LONGEST_IDENTITY:
        return identity.replace("\0", "")
    return raw[: _LONGEST_IDENTITY // 2].decode(errors="ignore") + blake2b(raw, digest_size=16).hexdigest()


def _merged(first: Rung, second: Rung) -> Rung:
    """What the first leaves open, the second may fill; pictures join by role, genres and lists of fields by name."""
    changes: dict[str, Any] = {}
    for name in Rung.__struct_fields__:
        mine, other = getattr(first, name), getattr(second, name)
        if other and not mine:
            changes[name] = other
        elif isinstance(mine, dict) and other != mine:
            changes[name] = _both(mine, other)
    if first.art and second.art:
        roles = {art.role for art in first.art}
        if extra := [art for art in second.art if art.role not in roles]:
            changes["art"] = [*first.art, *extra]
    if first.genres != second.genres:
        changes["genres"] = list(dict.fromkeys([*first.genres, *second.genres]))
    return msgspec.structs.replace(first, **changes) if changes else first


def _both(mine: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What either says; lists and tables of both, as the titles of discs that lie in folders of their own."""
    found = {**other, **mine}
    for name, value in mine.items():
        more = other.get(name)
        if isinstance(value, dict) and isinstance(more, dict):
            found[name] = {**more, **value}
        elif isinstance(value, list) and isinstance(more, list):
            found[name] = [*value, *(each for each in more if each not in value)]
    return found


def _signature(shape: Shape) -> int:
    digest = blake2b(_as_bytes((shape.rung, shape.parent)), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def row(shape: Shape, shelf_id: int, parent_id: str | None, now_ms: int) -> dict[str, Any]:
    """The item's row. What the file leaves open is 0 or "", see the table."""
    rung = shape.rung
    title = _plain(rung.title)[:_LONGEST_TITLE] or "Untitled"
    return {
        "id": shape.id,
        "shelf_id": shelf_id,
        "identity": shape.key[2],
        "parent_id": parent_id,
        "title": title,
        "sort_title": sort_key(_plain(rung.sort) or title)[:_LONGEST_TITLE],
        "number": _bounded(rung.number or 0.0),
        "number_known": rung.number is not None,
        "group": int(_bounded(rung.group or 0)),
        "year": int(_bounded(rung.year or _year(rung.date))),
        "date": _plain(rung.date)[:32],
        "overview": _plain(rung.overview)[:100_000],
        "fields": plain(rung.fields) or None,
        "ids": plain(rung.ids) or None,
        "added_at_ms": now_ms,
        "changed_at_ms": now_ms,
        "duration_ms": shape.duration_ms,
        "trashed_at_ms": shape.trashed_at_ms,
        "signature": shape.signature,
    }


def pick_art(rung: Rung) -> tuple[Any, Any]:
    """(what hangs in front, what hangs behind) of a rung's pictures; None where there is none."""
    by_role = {art.role: art for art in reversed(rung.art)}
    front = next((by_role[role] for role in _BEST_ART if role in by_role), None)
    return front, by_role.get("backdrop")


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdigit() else 0


def _bounded(number: float) -> float:
    return number if -1e9 < number < 1e9 else 0


def _plain(text: str) -> str:
    # PostgreSQL cannot hold NUL, and UTF-8 no lone surrogate; a broken tag may bring either.
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text


def plain(value: Any) -> Any:
    """`value` with all text in it made storable."""
    if not value:
        return value
    try:
        if b"\\u0000" not in _as_json(value):
            return value
    except UnicodeEncodeError:
        pass
    return _each_plain(value)


def _each_plain(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, dict):
        return {_plain(str(key)): _each_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_plain(each) for each in value]
    return value
