"""An index of nothing but the messages nobody answered yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME = "ix_messages_unhandled"
UNHANDLED = sa.text("direction = 'incoming' AND handled_at IS NULL")


def upgrade() -> None:
    op.drop_index(NAME, "messages")
    op.create_index(
        NAME,
        "messages",
        ["conversation_id", "seq"],
        sqlite_where=UNHANDLED,
        postgresql_where=UNHANDLED,
    )


def downgrade() -> None:
    op.drop_index(NAME, "messages")
    op.create_index(NAME, "messages", ["conversation_id", "handled_at", "direction"])
