"""Who may call the views that Flask-Security brings: what is not named here nobody may."""

from __future__ import annotations

from portal.access.needs import EVERYONE
from portal.access.roles import MEMBER

_GUESTS = ("login", "register", "forgot_password", "reset_password", "send_confirmation", "confirm_email", "logout")
_BY_LINK = ("change_email_confirm",)
_SECOND_STEP = ("two_factor_token_validation", "mf_recovery")
_PASSKEYS = ("wan_signin", "wan_signin_response")
_MEMBERS = ("change_password", "change_email", "change_username", "verify", "two_factor_setup")
_MEMBERS_SECOND = ("two_factor_setup_validate", "mf_recovery_codes")
_MEMBERS_PASSKEYS = ("wan_register", "wan_register_response", "wan_delete", "wan_verify", "wan_verify_response")

OPEN_VIEWS = {
    **{f"security.{name}": frozenset({EVERYONE}) for name in (*_GUESTS, *_BY_LINK, *_SECOND_STEP, *_PASSKEYS)},
    **{f"security.{name}": frozenset({MEMBER}) for name in (*_MEMBERS, *_MEMBERS_SECOND, *_MEMBERS_PASSKEYS)},
}
