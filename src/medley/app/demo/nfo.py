"""Sidecars in the XML that media centres share."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Value = str | int | float | Sequence[str] | Mapping[str, str]


def nfo(root: str, fields: Mapping[str, Value], people: Sequence[tuple[str, str]] = ()) -> str:
    """A sidecar: lists become repeated elements, `people` are (name, character)."""
    lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', f"<{root}>"]
    for name, value in fields.items():
        if isinstance(value, Mapping):
            inner = "".join(f"<{key}>{escape(text)}</{key}>" for key, text in value.items())
            lines.append(f"  <{name}>{inner}</{name}>")
            continue
        values = [value] if isinstance(value, str | int | float) else value
        lines += [f"  <{name}>{escape(str(one))}</{name}>" for one in values]
    for order, (name, character) in enumerate(people):
        lines.append(
            f"  <actor><name>{escape(name)}</name><role>{escape(character)}</role><order>{order}</order></actor>"
        )
    return "\n".join([*lines, f"</{root}>", ""])
