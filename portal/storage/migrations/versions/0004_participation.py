"""Requests, corrections, letters, consultations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "consultation",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("result_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name="fk_consultation_opened_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("consultation_id", name="pk_consultation"),
    )
    op.create_table(
        "citizen_request",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.String(length=60), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("evidence_text", sa.Text(), nullable=False),
        sa.Column("collection", sa.String(length=100), nullable=False),
        sa.Column("table_name", sa.String(length=100), nullable=False),
        sa.Column("row_id", sa.String(length=200), nullable=False),
        sa.Column("column_name", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("shown_text", sa.Text(), nullable=False),
        sa.Column("proposed_text", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("accepted_text", sa.Text(), nullable=False),
        sa.Column("accepted_version", sa.String(length=40), nullable=False),
        sa.Column("correction_id", sa.String(length=40), nullable=False),
        sa.Column("released_version", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.consultation_id"],
            name="fk_citizen_request_consultation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_citizen_request_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("request_id", name="pk_citizen_request"),
        sa.UniqueConstraint("code_hash", name="uq_citizen_request_code_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_citizen_request_changed_at", "citizen_request", ["changed_at"], unique=False)
    op.create_index("ix_citizen_request_consultation_id", "citizen_request", ["consultation_id"], unique=False)
    op.create_index("ix_citizen_request_content_hash", "citizen_request", ["content_hash"], unique=False)
    op.create_index("ix_citizen_request_correction", "citizen_request", ["collection", "correction_id"], unique=False)
    op.create_index("ix_citizen_request_row", "citizen_request", ["collection", "row_id"], unique=False)
    op.create_index("ix_citizen_request_state_due_on", "citizen_request", ["state", "due_on"], unique=False)
    op.create_index("ix_citizen_request_user_id", "citizen_request", ["user_id"], unique=False)
    op.create_table(
        "request_event",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("for_staff", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["citizen_request.request_id"], name="fk_request_event_request_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_request_event_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", name="pk_request_event"),
    )
    op.create_index("ix_request_event_request_id", "request_event", ["request_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_request_event_request_id", table_name="request_event")
    op.drop_table("request_event")
    op.drop_index("ix_citizen_request_user_id", table_name="citizen_request")
    op.drop_index("ix_citizen_request_state_due_on", table_name="citizen_request")
    op.drop_index("ix_citizen_request_row", table_name="citizen_request")
    op.drop_index("ix_citizen_request_correction", table_name="citizen_request")
    op.drop_index("ix_citizen_request_content_hash", table_name="citizen_request")
    op.drop_index("ix_citizen_request_consultation_id", table_name="citizen_request")
    op.drop_index("ix_citizen_request_changed_at", table_name="citizen_request")
    op.drop_table("citizen_request")
    op.drop_table("consultation")
