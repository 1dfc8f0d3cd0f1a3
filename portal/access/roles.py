"""Who may do what: guests read and take part with a tracking code, the others as their roles say."""

from __future__ import annotations

MEMBER, MODERATOR, EDITOR, ADMIN = "member", "moderator", "editor", "admin"
ROLES = (MEMBER, MODERATOR, EDITOR, ADMIN)
STAFF = (MODERATOR, EDITOR, ADMIN)
"""Roles that are used only after a second factor."""
