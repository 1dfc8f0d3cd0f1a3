"""Who may call the views that Flask-Security brings: what is not named here nobody may."""

from __future__ import annotations

from portal.access.needs import EVERYONE
from portal.access.roles import MEMBER

_GUESTS = ("login", "register", "forgot_password", "reset_password", "send_confirmation", "confirm_email", "logout")
_SECOND_STEP = ("two_factor_token_validation", "two_factor_select", "two_factor_rescue", "mf_recovery")
_PASSKEYS = ("wan_signin", "wan_signin_response")
_MEMBERS = ("change_password", "verify", "two_factor_setup", "two_factor_setup_validate", "mf_recovery_codes")
_MEMBERS_PASSKEYS = ("wan_register", "wan_register_response", "wan_delete", "wan_verify", "wan_verify_response")

OPEN_VIEWS = {
    **{f"security.{name}": frozenset({EVERYONE}) for name in (*_GUESTS, *_SECOND_STEP, *_PASSKEYS)},
    **{f"security.{name}": frozenset({MEMBER}) for name in (*_MEMBERS, *_MEMBERS_PASSKEYS)},
    "security.static": frozenset({EVERYONE}),
}
