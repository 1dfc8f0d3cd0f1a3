"""The forum."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "forum_standing",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_trusted", sa.Boolean(), nullable=False),
        sa.Column("is_muted", sa.Boolean(), nullable=False),
        sa.Column("no_mention_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_standing_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_forum_standing"),
    )
    op.create_table(
        "forum_thread",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=250), nullable=True),
        sa.Column("about_version", sa.String(length=40), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("post_count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_thread_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("thread_id", name="pk_forum_thread"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forum_thread_about", "forum_thread", ["about"], unique=False)
    op.create_index("ix_forum_thread_board_last_at", "forum_thread", ["board", "state", "last_at"], unique=False)
    op.create_index("ix_forum_thread_last_at", "forum_thread", ["state", "last_at"], unique=False)
    op.create_index("ix_forum_thread_user_id", "forum_thread", ["user_id"], unique=False)
    op.create_table(
        "forum_follow",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["forum_thread.thread_id"], name="fk_forum_follow_thread_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_follow_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "user_id", name="pk_forum_follow"),
    )
    op.create_index("ix_forum_follow_user_id", "forum_follow", ["user_id"], unique=False)
    op.create_table(
        "forum_post",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["forum_thread.thread_id"], name="fk_forum_post_thread_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_post_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("post_id", name="pk_forum_post"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forum_post_state", "forum_post", ["state"], unique=False)
    op.create_index("ix_forum_post_thread_id", "forum_post", ["thread_id", "post_id"], unique=False)
    op.create_index("ix_forum_post_user_id", "forum_post", ["user_id"], unique=False)
    op.create_index("ix_forum_post_written_at", "forum_post", ["written_at"], unique=False)
    op.create_table(
        "forum_report",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["forum_post.post_id"], name="fk_forum_report_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_report_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("report_id", name="pk_forum_report"),
        sa.UniqueConstraint("post_id", "user_id", name="uq_forum_report_post_id_user_id"),
    )
    op.create_index("ix_forum_report_outcome", "forum_report", ["outcome"], unique=False)
    op.create_index("ix_forum_report_user_id", "forum_report", ["user_id"], unique=False)
    op.create_table(
        "forum_version",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("pins", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["forum_post.post_id"], name="fk_forum_version_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_version_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("version_id", name="pk_forum_version"),
        sa.UniqueConstraint("post_id", "number", name="uq_forum_version_post_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forum_version_state", "forum_version", ["state"], unique=False)
    op.create_index("ix_forum_version_text_hash", "forum_version", ["text_hash"], unique=False)
    op.create_index("ix_forum_version_user_id", "forum_version", ["user_id"], unique=False)
    op.create_table(
        "forum_word",
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["forum_post.post_id"], name="fk_forum_word_post_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", "post_id", name="pk_forum_word"),
    )
    op.create_index("ix_forum_word_post_id", "forum_word", ["post_id"], unique=False)
    op.create_table(
        "forum_mention",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_forum_mention_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["forum_version.version_id"], name="fk_forum_mention_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "user_id", name="pk_forum_mention"),
    )
    op.create_index("ix_forum_mention_user_id", "forum_mention", ["user_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_forum_mention_user_id", table_name="forum_mention")
    op.drop_table("forum_mention")
    op.drop_index("ix_forum_word_post_id", table_name="forum_word")
    op.drop_table("forum_word")
    op.drop_index("ix_forum_version_user_id", table_name="forum_version")
    op.drop_index("ix_forum_version_text_hash", table_name="forum_version")
    op.drop_index("ix_forum_version_state", table_name="forum_version")
    op.drop_table("forum_version")
    op.drop_index("ix_forum_report_user_id", table_name="forum_report")
    op.drop_index("ix_forum_report_outcome", table_name="forum_report")
    op.drop_table("forum_report")
    op.drop_index("ix_forum_post_written_at", table_name="forum_post")
    op.drop_index("ix_forum_post_user_id", table_name="forum_post")
    op.drop_index("ix_forum_post_thread_id", table_name="forum_post")
    op.drop_index("ix_forum_post_state", table_name="forum_post")
    op.drop_table("forum_post")
    op.drop_index("ix_forum_follow_user_id", table_name="forum_follow")
    op.drop_table("forum_follow")
    op.drop_index("ix_forum_thread_user_id", table_name="forum_thread")
    op.drop_index("ix_forum_thread_last_at", table_name="forum_thread")
    op.drop_index("ix_forum_thread_board_last_at", table_name="forum_thread")
    op.drop_index("ix_forum_thread_about", table_name="forum_thread")
    op.drop_table("forum_thread")
    op.drop_table("forum_standing")
