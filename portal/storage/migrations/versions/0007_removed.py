"""Wordings that their authors deleted: how many and when, without a word of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "forum_removed",
        sa.Column("removed_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_removed_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("removed_id", name="pk_forum_removed"),
    )
    op.create_index("ix_forum_removed_user_id", "forum_removed", ["user_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_forum_removed_user_id", table_name="forum_removed")
    op.drop_table("forum_removed")
