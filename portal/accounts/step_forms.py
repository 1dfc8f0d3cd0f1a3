"""Flask-Security's forms of second steps and passkeys where ours differ: one way each, none to choose."""

from __future__ import annotations

from typing import Any

from flask_security import TwoFactorRescueForm, TwoFactorSetupForm
from flask_security.webauthn import WebAuthnRegisterForm, WebAuthnSigninForm, WebAuthnSigninResponseForm
from wtforms import HiddenField


class SetUp(TwoFactorSetupForm):  # type: ignore[misc]
    """Which way of a second factor is set up, or that there shall be none; each is a button of its own."""

    setup = HiddenField()


class Ways(HiddenField):  # type: ignore[misc]
    """A field for which Flask-Security lists the ways out."""

    def __init__(self, *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self.choices: list[tuple[str, str]] = []


class WayOut(TwoFactorRescueForm):  # type: ignore[misc]
    """What to do without the phone: the page links to the recovery codes itself."""

    help_setup = Ways()


class AddPasskey(WebAuthnRegisterForm):  # type: ignore[misc]
    """A new passkey: always one that lets in by itself."""

    usage = HiddenField(filters=[lambda _given: "first"])


class PasskeySignIn(WebAuthnSigninForm):  # type: ignore[misc]
    """Log in with a passkey."""

    remember = HiddenField(filters=[lambda _given: ""])


class PasskeyAnswer(WebAuthnSigninResponseForm):  # type: ignore[misc]
    """What a passkey answers; one of a disabled account is refused like any other."""

    def validate(self, **rest: Any) -> bool:
        """Whether the answer is good."""
        return bool(super().validate(**rest)) and not self.credential.errors
