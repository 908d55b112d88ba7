"""A chat stays with whoever took it for the length of a lease, and may come back to the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# As long as whoever answers at the terminal keeps a chat.
FIRST_LEASE = timedelta(minutes=30)


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("lease_until", UtcDateTime(), nullable=True))
    op.add_column("handoffs", sa.Column("returned_at", UtcDateTime(), nullable=True))
    handoffs = sa.table("handoffs", sa.column("state"), sa.column("lease_until", UtcDateTime()))
    until = datetime.now(tz=UTC) + FIRST_LEASE
    served = handoffs.c.state == "assigned"
    op.execute(handoffs.update().where(served).values(lease_until=until))


def downgrade() -> None:
    with op.batch_alter_table("handoffs") as batch_op:
        batch_op.drop_column("returned_at")
        batch_op.drop_column("lease_until")
