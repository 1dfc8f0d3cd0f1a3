"""Flask-Security's forms where ours differ: one field to log in, look-alike names, no word of who is known."""

from __future__ import annotations

from typing import Any, cast

from flask_security import (
    ChangeUsernameForm,
    ForgotPasswordForm,
    LoginForm,
    RegisterFormV2,
    SendConfirmationForm,
    hash_password,
)
from flask_security.change_email import ChangeEmailForm
from flask_security.forms import Form
from flask_security.utils import get_message
from sqlalchemy import select
from wtforms import HiddenField

from portal.accounts import decoy, records
from portal.accounts.names import refusal
from portal.accounts.people import sessions
from portal.frame.language import language
from portal.storage.likeness import likeness
from portal.storage.people import User


class LogIn(LoginForm):  # type: ignore[misc]
    """A user name or a mail address in one field."""

    remember = HiddenField(filters=[lambda _given: ""])

    def validate(self, **rest: Any) -> bool:
        """Whether it is somebody who may log in; a try that failed is on record, whoever it was meant for."""
        given = self.username.data
        # Whatever else was sent: who is meant stands in the field that people see, by which tries are counted.
        self.email.data = given.strip() if isinstance(given, str) and "@" in given else ""
        self.email.raw_data, self.username.data = [], "" if self.email.data else given
        let_in = bool(super().validate(**rest))
        self.username.data = given
        if not let_in:
            records.failed(self.user)
        return let_in


class Register(RegisterFormV2):  # type: ignore[misc]
    """A new account; a name that looks like somebody's counts as taken."""

    def validate(self, **rest: Any) -> bool:
        """Whether there may be such an account; who exists already is told by mail only."""
        valid = bool(super().validate(**rest))
        return not _refuse_name(self) and valid and not _refuse_taken(self)

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        """What is kept of the form: with an account also the language that it was made in."""
        kept: dict[str, Any] = super().to_dict(only_user)
        return {**kept, "language": language()} if only_user else kept


class ChangeName(ChangeUsernameForm):  # type: ignore[misc]
    """Another user name; unlike at registration, whoever asks is known, and is told."""

    def validate(self, **rest: Any) -> bool:
        """Whether the name may be had."""
        return bool(super().validate(**rest)) and not _refuse_name(self) and not _refuse_taken(self)


class Forgot(ForgotPasswordForm):  # type: ignore[misc]
    """The way to a new password. Who opens its link has shown that the address is theirs, confirmed or not."""

    def validate(self, **rest: Any) -> bool:
        """Whether a message goes out; where none does, as much is done."""
        send = bool(Form.validate(self, **rest)) and self.user.is_active
        if send:
            hash_password("as the view does where nothing is sent")
        elif self.email.data:
            self.email.errors = [*self.email.errors, get_message("USER_DOES_NOT_EXIST")[0]]
            decoy.letter("security/email/reset_instructions")
        return send


class SendConfirmation(SendConfirmationForm):  # type: ignore[misc]
    """Another message to confirm an address."""

    def validate(self, **rest: Any) -> bool:
        """Whether a message goes out; where none does, as much is done."""
        send = bool(super().validate(**rest)) and self.user.is_active
        if not send and self.email.data:
            self.email.errors = [*self.email.errors, get_message("USER_DOES_NOT_EXIST")[0]]
            decoy.letter("security/email/confirmation_instructions")
        return send


class ChangeMail(ChangeEmailForm):  # type: ignore[misc]
    """Another mail address."""

    def validate(self, **rest: Any) -> bool:
        """Whether a message goes out; where somebody has the address, as much is done."""
        send = bool(super().validate(**rest))
        if self.existing_email_user:
            decoy.letter("security/email/change_email_instructions")
        return send


def _refuse_name(form: Any) -> bool:
    told = refusal(form.username.data) if form.username.data and not form.username.errors else None
    if told:
        form.username.errors = [*form.username.errors, told]
    return bool(told)


def _refuse_taken(form: Any) -> bool:
    """Refuse a name that looks like somebody's as one that somebody has."""
    if form.existing_username_user or not form.username.data:
        return False
    form.existing_username_user = _looking_like(form.username.data)
    taken = form.existing_username_user is not None
    if taken:
        told = get_message("USERNAME_ALREADY_ASSOCIATED", username=form.username.data)[0]
        form.username.errors = [*form.username.errors, told]
    return taken


def _looking_like(name: str) -> User | None:
    found = sessions().scalar(select(User).where(User.name_likeness == likeness(name)))
    return cast("User | None", found)
