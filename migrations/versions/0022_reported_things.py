"""What people report as a fraudster's, once a person; staff confirm it before it acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reported_things",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_sealed", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reporters", sa.Integer(), nullable=False),
        sa.Column("hurried", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("appeal_sealed", sa.String(), nullable=True),
        sa.Column("appealed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reported_things")),
        sa.UniqueConstraint("sort", "digest", name=op.f("uq_reported_things_sort_digest")),
    )
    op.create_index(op.f("ix_reported_things_state"), "reported_things", ["state"])
    op.create_table(
        "thing_reports",
        sa.Column("thing", sa.Integer(), nullable=False),
        sa.Column("reporter", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thing"], ["reported_things.number"], name=op.f("fk_thing_reports_thing")
        ),
        sa.PrimaryKeyConstraint("thing", "reporter", name=op.f("pk_thing_reports")),
    )
    op.create_index(op.f("ix_thing_reports_reporter"), "thing_reports", ["reporter", "at"])


def downgrade() -> None:
    op.drop_table("thing_reports")
    op.drop_table("reported_things")
