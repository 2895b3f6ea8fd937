"""The table of readers is text, so that nothing is loaded for it; here it is held against the readers themselves."""

import importlib

from medley.adapters.media import READERS


def test_the_table_says_what_the_readers_say():
    said: dict[str, set[str]] = {}
    for extension, spec in READERS.items():
        said.setdefault(spec, set()).add(extension)
    for spec, extensions in said.items():
        module, _, name = spec.partition(":")
        assert extensions == set(getattr(importlib.import_module(module), name).extensions), spec
