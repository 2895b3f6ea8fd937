"""SQL stands in few places: the kernel's own tables, a room's `_store`, and the databases' adapters."""

import ast

from tests.house.source import Module, modules

# What anybody may name: who is spoken to, and how it fails.
_HARMLESS = {"sqlalchemy.Connection", "sqlalchemy.exc.DBAPIError", "sqlalchemy.exc.IntegrityError"}
# Floor 1 has no rooms: its event log and its job table keep their SQL beside their meaning.
_KERNEL = {f"medley.kernel.{name}" for name in ("database", "events", "postman", "jobs", "job_ledger")}
_DBOS = "medley.adapters.jobs._engine"  # opens the database that is DBOS's own
_STATEMENT = ("select ", "insert into ", "update ", "delete from ", "create table ", "pragma ")


def _may_speak_sql(module: Module) -> bool:
    words = module.parts
    return (
        module.name in _KERNEL | {_DBOS}
        or words[:3] == ("medley", "adapters", "databases")
        or (words[1] == "core" and "_store" in words)
    )


def _others() -> list[Module]:
    return [module for module in modules() if len(module.parts) > 1 and not _may_speak_sql(module)]


def test_statements_are_made_in_stores_only():
    found = [
        f"{module.place}:{each.line} takes {each.target}"
        for module in _others()
        for each in module.imports()
        if each.target.split(".")[0] == "sqlalchemy" and each.target not in _HARMLESS
    ]
    assert not found, "\n".join(found)


def test_no_sql_hides_in_text():
    found = [
        f"{module.place}:{node.lineno}: {node.value[:50]!r}"
        for module in _others()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lower().startswith(_STATEMENT)
        and not _is_docstring(module, node)
    ]
    assert not found, "\n".join(found)


def _is_docstring(module: Module, constant: ast.Constant) -> bool:
    return any(isinstance(node, ast.Expr) and node.value is constant for node in ast.walk(module.tree))
