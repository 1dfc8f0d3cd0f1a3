"""Accounts that nobody ever confirmed: after some days they give up the name and the address that they hold."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from portal.private import Private
from portal.storage.clock import now
from portal.storage.people import User

KEPT = timedelta(days=3)
"""A day longer than the link to confirm is good for."""


def forget_unconfirmed() -> None:
    """Delete them; who has left stays as a nameless row, whether ever confirmed or not."""
    private: Private = current_app.extensions["private"]
    waiting = User.confirmed_at.is_(None), User.left_at.is_(None), User.create_datetime < now() - KEPT
    with private.storage.session() as session:
        for user in session.scalars(select(User).where(*waiting)).unique():
            session.delete(user)
