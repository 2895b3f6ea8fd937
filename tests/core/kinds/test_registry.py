"""Installed kinds are found by their entry points, and alone by where they are."""

from medley.core.kinds import kind_specs, load_kind, load_kinds


def test_every_kind_is_found_under_its_name():
    known = load_kinds()
    assert {"music", "film", "photo"} <= known.keys()
    assert list(known) == sorted(known)
    assert all(kind.name == name for name, kind in known.items())


def test_a_kind_is_loaded_by_its_spec_alone():
    assert {name: load_kind(spec) for name, spec in kind_specs().items()} == load_kinds()
