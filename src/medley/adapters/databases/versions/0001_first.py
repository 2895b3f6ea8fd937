"""Everything, as of the first release."""

import sqlalchemy as sa
from alembic import op

from medley.kernel.database import Ident, Json

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("id", Ident, nullable=False),
        sa.Column("name", Ident, nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_event_name_seq", "event", ["name", "seq"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", Ident, nullable=False),
        sa.Column("kind", Ident, nullable=False),
        sa.Column("title", Ident, nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("state", Ident, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("message", Ident, nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.Column("error", Ident, nullable=False),
        sa.Column("dedupe", Ident, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("requested_by", Ident, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("heartbeat_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_strict=True,
    )
    op.create_index("ix_job_state_id", "job", ["state", "id"], unique=False)
    op.create_index(
        "uq_job_open_dedupe",
        "job",
        ["dedupe"],
        unique=True,
        sqlite_where=sa.text("dedupe != '' AND state IN ('queued', 'running')"),
        postgresql_where=sa.text("dedupe != '' AND state IN ('queued', 'running')"),
    )
    op.create_table(
        "reaction",
        sa.Column("name", Ident, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reaction")),
        sqlite_strict=True,
    )
    op.create_table(
        "reaction_failure",
        sa.Column("reaction", Ident, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", Ident, nullable=False),
        sa.Column("again_at", sa.BigInteger(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reaction"], ["reaction.name"], name=op.f("fk_reaction_failure_reaction"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seq"], ["event.seq"], name=op.f("fk_reaction_failure_seq")),
        sa.PrimaryKeyConstraint("reaction", "seq", name=op.f("pk_reaction_failure")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reaction_failure_again_at"), "reaction_failure", ["again_at"], unique=False)
