"""What citizens in the queue were told of their place, and chats by the time they ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("told_ahead", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_handoffs_closed_at"), "handoffs", ["closed_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_handoffs_closed_at"), "handoffs")
    with op.batch_alter_table("handoffs") as batch_op:
        batch_op.drop_column("told_ahead")
