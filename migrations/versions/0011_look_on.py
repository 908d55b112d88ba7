"""The next day on which a period has a step taken by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_clocks", sa.Column("look_on", sa.Date(), nullable=True))
    # Those that run already are looked at once; what is to come of them follows from that.
    op.execute("UPDATE case_clocks SET look_on = started_on WHERE stopped_at IS NULL")
    op.create_index("ix_case_clocks_look_on", "case_clocks", ["look_on"])


def downgrade() -> None:
    op.drop_index("ix_case_clocks_look_on", "case_clocks")
    with op.batch_alter_table("case_clocks") as batch_op:
        batch_op.drop_column("look_on")
