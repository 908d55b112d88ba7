"""Times that can be booked and the seats in them; grids and their daily reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LIVE = sa.text("live")


def upgrade() -> None:
    op.create_table(
        "appointment_slots",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= capacity", name=op.f("ck_appointment_slots_seats")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_slots")),
        sa.UniqueConstraint(
            "service",
            "place",
            "starts_at",
            name=op.f("uq_appointment_slots_service_place_starts_at"),
        ),
    )
    op.create_index("ix_appointment_slots_free", "appointment_slots", ["service", "starts_at"])
    _seats()
    _grids()
    _reports()


def downgrade() -> None:
    op.drop_table("grid_reports")
    op.drop_table("grids")
    op.drop_table("appointment_seats")
    op.drop_table("appointment_slots")


def _seats() -> None:
    op.create_table(
        "appointment_seats",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{other}.id"], name=op.f(f"fk_appointment_seats_{name}")
            )
            for name, other in (
                ("case_id", "cases"),
                ("slot_id", "appointment_slots"),
                ("contact_id", "contacts"),
            )
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_appointment_seats")),
    )
    op.create_index(op.f("ix_appointment_seats_slot_id"), "appointment_seats", ["slot_id"])
    op.create_index(
        "uq_appointment_seats_live",
        "appointment_seats",
        ["contact_id", "service"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def _grids() -> None:
    op.create_table(
        "grids",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=True),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("bound_at", UtcDateTime(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_grids_contact_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_grids_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grids")),
        sa.UniqueConstraint("name", name=op.f("uq_grids_name")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_grids_code_digest")),
    )
    op.create_index(op.f("ix_grids_contact_id"), "grids", ["contact_id"])


def _reports() -> None:
    op.create_table(
        "grid_reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("grid_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("screened", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("disputes_sealed", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("substitute", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grids.id"], name=op.f("fk_grid_reports_grid_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_grid_reports_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_reports")),
        sa.UniqueConstraint(
            "grid_id", "day", "edition", name=op.f("uq_grid_reports_grid_id_day_edition")
        ),
    )
    op.create_index(op.f("ix_grid_reports_day"), "grid_reports", ["day"])
