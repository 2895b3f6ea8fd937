"""Writes migration 0001 from the tables as they are declared; for developers, until the first release.

`python -m medley.adapters.databases.first_revision medley.core.identity medley.core.library …` names every package
whose tables belong to it. Later changes are migrations written by hand, never by running this again.
"""

import importlib
import pkgutil
import subprocess
import sys
from typing import Any, Literal

from alembic.autogenerate import api
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, UpgradeOps
from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import postgresql

from medley.kernel.database import Ident, Json, metadata

from .migrations import VERSIONS

_HEAD = '''"""Everything, as of the first release."""

import sqlalchemy as sa
from alembic import op

from medley.kernel.database import Ident, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
'''
_GROUND = ("medley.kernel.events", "medley.kernel.jobs", "medley.kernel.postman")


def make_first_revision(tables: MetaData = metadata) -> str:
    """The source of migration 0001: explicit `op.create_table` and `op.create_index` calls for all of `tables`."""
    operations = [operation for table in tables.sorted_tables for operation in _operations(table)]
    context = MigrationContext.configure(dialect=postgresql.dialect())
    body = api.render_python_code(UpgradeOps(operations), migration_context=context, render_item=_render_item)
    return _HEAD + "".join(line for line in body.splitlines(keepends=True) if "# ###" not in line) + "\n"


def _operations(table: Table) -> list[MigrateOperation]:
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    return [CreateTableOp.from_table(table), *(CreateIndexOp.from_index(index) for index in indexes)]


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind == "type" and item is Ident:
        return "Ident"
    if kind == "type" and isinstance(item, Json):
        return "Json()"
    return False


def main(packages: list[str]) -> None:
    """Write the file; a package's private modules are imported too, for that is where tables live."""
    for name in (*_GROUND, *packages):
        module = importlib.import_module(name)
        for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
            if "_store" in found.name:
                importlib.import_module(found.name)
    target = VERSIONS / "0001_first.py"
    target.write_text(make_first_revision())
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", target], check=True)
    print(f"{target}: {len(metadata.tables)} tables")


if __name__ == "__main__":
    main(sys.argv[1:])
