"""Cases on their way to bodies, what these tell of them, and the campaigns cases belong to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")


def upgrade() -> None:
    _deliveries()
    _updates()
    op.create_table(
        "case_tags",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("tag", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tags_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tags")),
        sa.UniqueConstraint("tag", "case_id", name=op.f("uq_case_tags_tag_case_id")),
    )
    op.create_index(op.f("ix_case_tags_case_id"), "case_tags", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_tags")
    op.drop_table("body_updates")
    op.drop_table("case_deliveries")
    # Nobody outside is to be told of anything any more.
    op.execute("UPDATE cases SET delivery = 'none'")


def _deliveries() -> None:
    op.create_table(
        "case_deliveries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("body", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False, server_default=EMPTY),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, server_default=EMPTY),
        sa.Column("unit", sa.String(length=64), nullable=False, server_default=EMPTY),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=32), nullable=False, server_default=EMPTY),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_deliveries_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_deliveries")),
        sa.UniqueConstraint("case_id", "body", name=op.f("uq_case_deliveries_case_id_body")),
    )
    op.create_index("ix_case_deliveries_due", "case_deliveries", ["body", "state", "next_try_at"])
    op.create_index(op.f("ix_case_deliveries_number"), "case_deliveries", ["number"])


def _updates() -> None:
    op.create_table(
        "body_updates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("body", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False, server_default=EMPTY),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["case_deliveries.id"], name=op.f("fk_body_updates_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_updates")),
        sa.UniqueConstraint("body", "event_id", name=op.f("uq_body_updates_body_event_id")),
        sa.UniqueConstraint("delivery_id", "seq", name=op.f("uq_body_updates_delivery_id_seq")),
    )
    op.create_index("ix_body_updates_waiting", "body_updates", ["state", "received_at"])
