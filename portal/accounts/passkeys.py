"""Passkeys: each is kept on the device, asks for its owner, and so lets in without a password."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_security import WebauthnUtil
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.frame.door import site
from portal.storage.people import User


class Passkeys(WebauthnUtil):  # type: ignore[misc]
    """What Flask-Security asks about passkeys."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)

    def origin(self) -> str:
        """Where our pages stand, as the browser sees it; the name is one of those that the site answers to."""
        return f"{site().address.partition('://')[0]}://{request.host}"

    def authenticator_selection(self, user: User, usage: str) -> AuthenticatorSelectionCriteria:
        """Any device that keeps the passkey itself and makes sure who is using it."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: User | None, usage: list[str]) -> UserVerificationRequirement:
        """Always: by a finger, a face or a number."""
        return UserVerificationRequirement.REQUIRED

    def authentication_options(self, user: User | None, usage: list[str], options: dict[str, Any]) -> dict[str, Any]:
        """No list of passkeys: it would tell who has any."""
        return {**options, "allow_credentials": None, "user_verification": self.user_verification(user, usage)}
