"""What a person's own pages show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.access import ADMIN, EDITOR, MODERATOR
from portal.accounts import logins as on_record
from portal.accounts import records
from portal.accounts.people import sessions
from portal.storage.clock import local
from portal.storage.people import Login, User

_BROWSERS = {
    "MicroMessenger": "微信",
    "QQBrowser": "QQ 浏览器",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Device:
    """A log-in as its owner would recognise it."""

    name: str
    begun: str
    seen: str
    is_this: bool


@dataclass(frozen=True)
class Factors:
    """The ways in which somebody can show who they are, besides the password."""

    app: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        """Whether there is one that counts."""
        return self.app or self.passkeys > 0


def shown(user: User) -> dict[str, Any]:
    """What the first page shows: the account, its roles in words, where it is logged in."""
    words = {MODERATOR: _("版主"), EDITOR: _("编辑"), ADMIN: _("管理员")}
    roles = [words[role.name] for role in user.roles if role.name in words]
    return {"user": user, "roles": roles or [_("成员")], "logins": logins(user.id)}


def logins(user_id: int) -> list[Device]:
    """Where an account is logged in, the log-in used last first."""
    return [_device(login) for login in on_record.of(sessions(), user_id)]


def factors(user: User) -> Factors:
    """Which second factors an account has."""
    return Factors(bool(user.tf_primary_method), len(user.webauthn), len(user.mf_recovery_codes or ()))


def end_others(user: User) -> None:
    """Log an account out everywhere but here."""
    on_record.end_all(sessions(), user.id, but=on_record.current())
    records.done(user, "account.end_logins")


def _device(login: Login) -> Device:
    begun, seen = (f"{local(moment):%Y-%m-%d %H:%M}" for moment in (login.begun_at, login.seen_at))
    return Device(device_name(login.device), begun, seen, login.login_hash == on_record.current())


def device_name(agent: str) -> str:
    """A browser's own description in two words.

    >>> device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 MicroMessenger/8.0")
    '微信 · iPhone'
    >>> device_name("curl/8.5.0")
    'curl'
    """
    found = [next((name for sign, name in signs.items() if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or re.split(r"[/\s]", agent)[0][:40] or "?"
