"""Replies on a platform's own request, messages that may be sent unasked, and platforms' tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "deliveries", sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "passive_windows",
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("answer_sealed", sa.Text(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_passive_windows_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("external_id", name=op.f("pk_passive_windows")),
        sa.UniqueConstraint("proof", name=op.f("uq_passive_windows_proof")),
    )
    for column in ("conversation_id", "closes_at"):
        op.create_index(op.f(f"ix_passive_windows_{column}"), "passive_windows", [column])
    _add_ledgers()


def downgrade() -> None:
    op.drop_table("platform_tokens")
    op.drop_table("push_allowances")
    op.drop_table("passive_windows")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_column("parts_sent")


def _add_ledgers() -> None:
    op.create_table(
        "push_allowances",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_push_allowances_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "kind", name=op.f("pk_push_allowances")),
    )
    op.create_table(
        "platform_tokens",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("token_sealed", sa.Text(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("forced_at", UtcDateTime(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_platform_tokens")),
    )
