"""Systems that file over Open311, what they filed, and lists of cases by time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "open311_keys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_keys")),
        sa.UniqueConstraint("name", name=op.f("uq_open311_keys_name")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_open311_keys_key_digest")),
    )
    _filings()
    _updates()
    op.create_index("ix_cases_kind_created_at", "cases", ["kind", "created_at", "id"])
    op.create_index("ix_case_events_at", "case_events", ["at", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_events_at", "case_events")
    op.drop_index("ix_cases_kind_created_at", "cases")
    op.drop_table("open311_updates")
    op.drop_table("open311_filings")
    op.drop_table("open311_keys")


def _filings() -> None:
    op.create_table(
        "open311_filings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=True),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["key_id"], ["open311_keys.id"], name=op.f("fk_open311_filings_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_open311_filings_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_filings")),
        sa.UniqueConstraint("case_id", name=op.f("uq_open311_filings_case_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_open311_filings_token_digest")),
        sa.UniqueConstraint(
            "key_id", "client_id", name=op.f("uq_open311_filings_key_id_client_id")
        ),
    )


def _updates() -> None:
    op.create_table(
        "open311_updates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("update_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["open311_keys.id"], name=op.f("fk_open311_updates_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name=op.f("fk_open311_updates_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open311_updates")),
        sa.UniqueConstraint(
            "key_id", "update_id", name=op.f("uq_open311_updates_key_id_update_id")
        ),
    )
