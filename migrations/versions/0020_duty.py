"""When staff are there and who is called at night: plans, promises, calls, and who has a page open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("answer_by", UtcDateTime(), nullable=True))
    op.add_column("staff_sessions", sa.Column("page_seen_at", UtcDateTime(), nullable=True))
    op.create_table(
        "duty_plans",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_duty_plans")),
    )
    op.create_table(
        "handoff_pages",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("handoff_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("called", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["handoff_id"], ["handoffs.id"], name=op.f("fk_handoff_pages_handoff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_pages")),
    )
    op.create_index("ix_handoff_pages_due_at", "handoff_pages", ["due_at"])
    op.create_index(op.f("ix_handoff_pages_handoff_id"), "handoff_pages", ["handoff_id"])
    op.create_index(
        "uq_handoff_pages_waiting",
        "handoff_pages",
        ["handoff_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("handoff_pages")
    op.drop_table("duty_plans")
    for table, column in (("staff_sessions", "page_seen_at"), ("handoffs", "answer_by")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
