"""Places kept while a form is filled in, and those who wait for one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment_holds",
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        *_keys("appointment_holds"),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["appointment_slots.id"], name=op.f("fk_appointment_holds_slot_id")
        ),
    )
    op.create_index(op.f("ix_appointment_holds_slot_id"), "appointment_holds", ["slot_id"])
    op.create_index(op.f("ix_appointment_holds_until"), "appointment_holds", ["until"])
    op.create_table(
        "appointment_waits",
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        *_keys("appointment_waits"),
    )
    op.create_index(
        "ix_appointment_waits_place", "appointment_waits", ["service", "place", "since"]
    )


def downgrade() -> None:
    op.drop_table("appointment_waits")
    op.drop_table("appointment_holds")


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("contact_id", "service", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f(f"fk_{table}_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f(f"fk_{table}_conversation_id")
        ),
    )
