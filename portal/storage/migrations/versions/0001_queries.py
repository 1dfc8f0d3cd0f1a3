"""Stored queries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "query",
        sa.Column("query_id", sa.String(32), nullable=False),
        sa.Column("collection", sa.String(100), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("sql_text", sa.Text(), nullable=False),
        sa.Column("normalised_text", sa.Text(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("result_hash", sa.String(64), nullable=False),
        sa.Column("stored_at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("query_id", name="pk_query"),
    )
    op.create_index("ix_query_collection_version", "query", ["collection", "version"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_query_collection_version", table_name="query")
    op.drop_table("query")
