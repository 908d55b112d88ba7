"""Cases of any kind: persons and attachments apart, periods that pause, what is beside the state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _persons()
    _attachments()
    # Said plainly, a column at a time: SQLite would else copy the whole table and, dropping the
    # old one, find its rows still referred to.
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    for name, other in (("conversation_id", "conversations"), ("parent_id", "cases")):
        op.execute(
            f"ALTER TABLE cases ADD COLUMN {name} VARCHAR(36) "
            f"CONSTRAINT fk_cases_{name} REFERENCES {other} (id)"
        )
    # What is there already keeps the digests it was written with.
    op.execute("UPDATE cases SET filed_as = sub_kind, edition = 1")
    op.create_index("ix_cases_kind", "cases", ["kind", "state"])
    op.create_index(op.f("ix_cases_parent_id"), "cases", ["parent_id"])


def downgrade() -> None:
    op.drop_table("case_attachments")
    op.drop_table("case_persons")
    op.drop_index(op.f("ix_cases_parent_id"), "cases")
    op.drop_index("ix_cases_kind", "cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_column("parent_id")
        batch_op.drop_column("conversation_id")
    for table, columns in _columns().items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)


def _columns() -> dict[str, tuple[sa.Column[object], ...]]:
    """New columns; what may not be empty begins with what holds for the rows there are."""
    return {
        "cases": (
            sa.Column(
                "filed_as", sa.String(length=16), nullable=False, server_default=sa.text("''")
            ),
            sa.Column("supervision", sa.String(length=12), nullable=False, server_default="none"),
            sa.Column("rating", sa.Integer(), nullable=True),
            sa.Column("rated_at", UtcDateTime(), nullable=True),
            sa.Column("delivery", sa.String(length=12), nullable=False, server_default="none"),
            sa.Column("details_sealed", sa.Text(), nullable=True),
            sa.Column("place_sealed", sa.Text(), nullable=True),
            sa.Column("latitude", sa.Float(), nullable=True),
            sa.Column("longitude", sa.Float(), nullable=True),
            sa.Column("edition", sa.Integer(), nullable=False, server_default="2"),
        ),
        "case_events": (
            sa.Column(
                "author", sa.String(length=64), nullable=False, server_default=sa.text("''")
            ),
            sa.Column(
                "reason", sa.String(length=24), nullable=False, server_default=sa.text("''")
            ),
            sa.Column("words_sealed", sa.Text(), nullable=True),
            sa.Column(
                "ledger", sa.String(length=64), nullable=False, server_default=sa.text("''")
            ),
        ),
        "case_clocks": (
            sa.Column("basis", sa.String(length=8), nullable=False, server_default="law"),
            sa.Column("pauses", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("approved_by", sa.String(length=64), nullable=True),
        ),
    }


def _persons() -> None:
    op.create_table(
        "case_persons",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("contact_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("key_sealed", sa.Text(), nullable=True),
        sa.Column("block_sealed", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_persons_case_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_case_persons_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_persons")),
    )
    op.create_index(op.f("ix_case_persons_case_id"), "case_persons", ["case_id"])
    op.create_index(op.f("ix_case_persons_contact_id"), "case_persons", ["contact_id"])


def _attachments() -> None:
    op.create_table(
        "case_attachments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{other}.id"], name=op.f(f"fk_case_attachments_{name}")
            )
            for name, other in (
                ("case_id", "cases"),
                ("event_id", "case_events"),
                ("person_id", "case_persons"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_attachments")),
        sa.UniqueConstraint(
            "case_id", "content_digest", name=op.f("uq_case_attachments_case_id_content_digest")
        ),
    )
    op.create_index(op.f("ix_case_attachments_address"), "case_attachments", ["address"])
