"""House test: the migrations that ship make exactly the tables that the rooms declare, on both dialects."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData

import medley.core
from medley.adapters.databases import open_database, upgrade
from medley.adapters.databases.first_revision import make_first_revision
from medley.adapters.databases.migrations import upgrade as upgrade_with
from medley.kernel import events, jobs, postman  # noqa: F401
from medley.kernel.database import Database, metadata

_POSTGRES_FACTS = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name, is_identity"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
    ),
)


@pytest.fixture(scope="module")
def declared() -> MetaData:
    """All tables of all rooms, without those that tests declare for themselves."""
    for found in pkgutil.walk_packages(medley.core.__path__, "medley.core."):
        if "_store" in found.name:
            importlib.import_module(found.name)
    tables = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        if not table.name.startswith("test_"):
            table.to_metadata(tables)
    return tables


def test_shipped_migrations_equal_the_declared_tables(empty_url: str, tmp_path: Path, declared: MetaData) -> None:
    migrated = open_database(empty_url)
    upgrade(migrated, tmp_path / "backups")
    facts = _facts_and_close(migrated)
    assert facts == _declared_facts(empty_url, tmp_path, declared), (
        "Write a migration for what changed (before the first release: "
        "python -m medley.adapters.databases.first_revision medley.core)."
    )


def test_a_first_revision_written_now_equals_the_declared_tables(
    empty_url: str, tmp_path: Path, declared: MetaData
) -> None:
    versions = tmp_path / "scripts" / "versions"
    versions.mkdir(parents=True)
    (versions / "first.py").write_text(make_first_revision(declared))
    migrated = open_database(empty_url)
    upgrade_with(migrated, tmp_path / "backups", versions)
    assert _facts_and_close(migrated) == _declared_facts(empty_url, tmp_path, declared)


def _declared_facts(url: str, tmp_path: Path, declared: MetaData) -> set[tuple]:
    if not url.startswith("postgresql"):
        url = str(tmp_path / "declared.sqlite")
    database = open_database(url)
    with database.write() as connection:
        if database.dialect == "postgresql":
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        declared.create_all(connection)
    return _facts_and_close(database)


def _facts_and_close(database: Database) -> set[tuple]:
    with database.read() as connection:
        facts = _postgres_facts(connection) if database.dialect == "postgresql" else _sqlite_facts(connection)
    database.close()
    return {fact for fact in facts if not any("alembic_version" in str(part) for part in fact)}


def _sqlite_facts(connection: Connection) -> set[tuple]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    # The order of a table's constraints says nothing.
    return {(name, *sorted(part.strip(" ,)") for part in sql.splitlines())) for name, sql in rows}


def _postgres_facts(connection: Connection) -> set[tuple]:
    return {tuple(row) for query in _POSTGRES_FACTS for row in connection.exec_driver_sql(query)}
