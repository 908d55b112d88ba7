"""Counts of frauds, subscriptions, alerts and whom they went to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fraud_counts",
        sa.Column("hour", UtcDateTime(), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("fraud_type", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "area", "fraud_type", name=op.f("pk_fraud_counts")),
    )
    op.create_table(
        "alert_subscriptions",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("fraud_type", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_alert_subscriptions_conversation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "conversation_id", "area", "fraud_type", name=op.f("pk_alert_subscriptions")
        ),
    )
    op.create_index(
        "ix_alert_subscriptions_area", "alert_subscriptions", ["area", "conversation_id"]
    )
    _alerts()
    _recipients()


def downgrade() -> None:
    for table in ("alert_recipients", "alerts", "alert_subscriptions", "fraud_counts"):
        op.drop_table(table)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("fraud_type", sa.String(length=16), nullable=False),
        sa.Column("hour", UtcDateTime(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("corrects", sa.String(length=36), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("cursor", sa.String(length=36), nullable=False),
        sa.Column("listed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("number", name=op.f("uq_alerts_number")),
        sa.UniqueConstraint(
            "area",
            "fraud_type",
            "hour",
            "corrects",
            name="uq_alerts_area_fraud_type_hour_corrects",
        ),
    )
    op.create_index(op.f("ix_alerts_state"), "alerts", ["state"])


def _recipients() -> None:
    op.create_table(
        "alert_recipients",
        sa.Column("alert_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.Column("queued_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_alert_recipients_alert_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_alert_recipients_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("alert_id", "conversation_id", name=op.f("pk_alert_recipients")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alert_recipients_message_id")),
    )
    op.create_index(
        "ix_alert_recipients_waiting",
        "alert_recipients",
        ["alert_id", "state", "channel", "conversation_id"],
    )
    op.create_index(
        "ix_alert_recipients_conversation", "alert_recipients", ["conversation_id", "queued_at"]
    )
