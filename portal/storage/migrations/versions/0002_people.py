"""Accounts, roles, passkeys, log-ins, the audit log, messages that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account",
        sa.Column("name_likeness", sa.String(length=255), nullable=True),
        sa.Column("totp_counter", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("username", sa.String(length=255), nullable=True),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("last_login_at", sa.DateTime(), nullable=True),
        sa.Column("current_login_at", sa.DateTime(), nullable=True),
        sa.Column("last_login_ip", sa.String(length=64), nullable=True),
        sa.Column("current_login_ip", sa.String(length=64), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("tf_phone_number", sa.String(length=128), nullable=True),
        sa.Column("us_totp_secrets", sa.Text(), nullable=True),
        sa.Column("us_phone_number", sa.String(length=128), nullable=True),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True),
        sa.Column("mf_recovery_codes", sa.UnicodeText(), nullable=True),
        sa.Column("create_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.Column("update_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
        sa.UniqueConstraint("fs_webauthn_user_handle", name="uq_account_fs_webauthn_user_handle"),
        sa.UniqueConstraint("name_likeness", name="uq_account_name_likeness"),
        sa.UniqueConstraint("us_phone_number", name="uq_account_us_phone_number"),
        sa.UniqueConstraint("username", name="uq_account_username"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_message"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_not_before", "message", ["not_before"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.Column("permissions", sa.UnicodeText(), nullable=True),
        sa.Column("update_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_audit_user_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_about", "audit", ["about"], unique=False)
    op.create_table(
        "login",
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_login_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("login_hash", name="pk_login"),
    )
    op.create_index("ix_login_user_id", "login", ["user_id"], unique=False)
    op.create_table(
        "roles_users",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_roles_users_role_id"),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_roles_users_user_id"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name="pk_roles_users"),
    )
    op.create_table(
        "webauthn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=True),
        sa.Column("transports", sa.UnicodeText(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("create_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_webauthn_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_webauthn"),
    )
    op.create_index("ix_webauthn_credential_id", "webauthn", ["credential_id"], unique=True)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_webauthn_credential_id", table_name="webauthn")
    op.drop_table("webauthn")
    op.drop_table("roles_users")
    op.drop_index("ix_login_user_id", table_name="login")
    op.drop_table("login")
    op.drop_index("ix_audit_about", table_name="audit")
    op.drop_table("audit")
    op.drop_table("role")
    op.drop_index("ix_message_not_before", table_name="message")
    op.drop_table("message")
    op.drop_table("account")
