"""Lawyers of cases and of times that are booked, and what two cases' people are told by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "appointment_slots",
        sa.Column("lawyer", sa.String(length=64), nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "case_sides",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "side", "digest", name=op.f("pk_case_sides")),
        _of_case("case_sides"),
    )
    op.create_index(op.f("ix_case_sides_digest"), "case_sides", ["digest"])
    op.create_table(
        "case_counsels",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("lawyer", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=8), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "lawyer", name=op.f("pk_case_counsels")),
        _of_case("case_counsels"),
    )
    op.create_index(op.f("ix_case_counsels_lawyer"), "case_counsels", ["lawyer"])


def downgrade() -> None:
    op.drop_table("case_counsels")
    op.drop_table("case_sides")
    with op.batch_alter_table("appointment_slots") as batch_op:
        batch_op.drop_column("lawyer")


def _of_case(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id"))
