"""Accounts that were deleted, by a hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "deletion",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name="pk_deletion"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("deletion")
