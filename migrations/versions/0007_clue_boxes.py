"""The boxes in which clues of unknown people are answered: a case, and a digest of what opens it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clue_boxes",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("receipt_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clue_boxes_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_clue_boxes")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_clue_boxes_receipt_digest")),
    )


def downgrade() -> None:
    op.drop_table("clue_boxes")
