"""One tree → XML, JSON or JSONP (https://opensubsonic.netlify.app/docs/opensubsonic-api/#response-format).

The tree is made of the structs in `_wire`. In JSON it is what it is: lists of one stay lists. In XML plain values are
attributes, lists are elements of one name, and a value called `value` is the text of its element.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import msgspec
from starlette.responses import Response

from medley import __version__
from medley.kernel.errors import InvalidInput, MedleyError
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._clients import suited
from medley.protocols.subsonic._errors import number_of

API_VERSION = "1.16.1"
SERVER = "medley"

_NAMESPACE = "http://subsonic.org/restapi"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,99}(\.[A-Za-z_$][\w$]{0,99}){0,9}", re.ASCII)
# Characters that XML 1.0 cannot say, not even escaped (section 2.2).
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Their plain values are elements instead of attributes, as in the protocol's XSD.
_WORDY = frozenset({"artistInfo", "artistInfo2", "albumInfo"})

_encoder = msgspec.json.Encoder()
Tree = dict[str, Any]


class Element(NamedTuple):
    """What a method answers with, by its name in the envelope."""

    name: str
    value: Any


def answer(ask: Ask, element: Element | None) -> Response:
    """A successful answer in the format that was asked for."""
    tree = _envelope("ok")
    if element is not None and element.value is not None:
        tree[element.name] = suited(ask.client, element.value)
    return _written(ask, tree)


def failure(ask: Ask, error: MedleyError, help_url: str = "") -> Response:
    """An answer that tells of `error`: HTTP 200, as apps read the number inside."""
    told = {"code": int(number_of(error)), "message": f"{error.message} {error.hint}".strip()}
    if help_url:
        told["helpUrl"] = help_url
    response = _written(ask, {**_envelope("failed"), "error": told}, careful=False)
    response.headers["cache-control"] = "no-store"
    return response


def _envelope(status: str) -> Tree:
    return {
        "status": status,
        "version": API_VERSION,
        "type": SERVER,
        "serverVersion": __version__,
        "openSubsonic": True,
    }


def _written(ask: Ask, tree: Tree, *, careful: bool = True) -> Response:
    """`careful`: complain about a format that does not exist; a failure is told in some format in any case."""
    format_ = (ask.values.get("f") or ("xml",))[0]
    if format_ == "json":
        return Response(to_json(tree), media_type="application/json")
    if format_ == "jsonp" and (careful or _CALLBACK.fullmatch(_callback_of(ask))):
        return Response(to_jsonp(tree, _callback_of(ask)), media_type="application/javascript")
    if format_ not in ("xml", "jsonp", "") and careful:
        raise InvalidInput(f"There is no format {format_[:20]!r}.", hint="It is xml, json or jsonp.")
    return Response(to_xml(tree), media_type="application/xml")


def _callback_of(ask: Ask) -> str:
    return (ask.values.get("callback") or ("",))[0]


def to_json(tree: Tree) -> bytes:
    """The envelope as JSON."""
    return _encoder.encode({"subsonic-response": tree})


def to_jsonp(tree: Tree, callback: str) -> bytes:
    """The envelope as a call of the function `callback`, which must be a name and nothing else."""
    if not callback:
        raise missing("callback")
    if not _CALLBACK.fullmatch(callback):
        raise InvalidInput("The callback is not the name of a function.")
    # The comment keeps the answer from being taken for something else than a script.
    return b"/**/" + callback.encode() + b"(" + to_json(tree) + b");"


def to_xml(tree: Tree) -> bytes:
    """The envelope as XML."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _element(parts, "subsonic-response", {"xmlns": _NAMESPACE, **msgspec.to_builtins(tree)})
    return "".join(parts).encode()


def _element(parts: list[str], name: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        parts.append(f"<{name}>{_text(value)}</{name}>")
        return
    inside: list[str] = []
    parts.append(f"<{name}")
    for key, each in value.items():
        if each is None:
            continue
        if isinstance(each, list):
            for one in each:
                _element(inside, key, one)
        elif isinstance(each, Mapping) or name in _WORDY:
            _element(inside, key, each)
        elif key == "value":
            inside.append(_text(each))
        else:
            parts.append(f" {key}={quoteattr(_plain(each), _ENTITIES)}")
    parts.append(f">{''.join(inside)}</{name}>" if inside else "/>")


_ENTITIES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _text(value: Any) -> str:
    return escape(_plain(value), {"\r": "&#13;"})


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNSPEAKABLE.sub("", value) if isinstance(value, str) else str(value)
