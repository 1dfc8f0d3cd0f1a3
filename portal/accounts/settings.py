"""What Flask-Security, Flask-WTF and Flask are told: who may do what for how long, and how cookies are sent."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from etl.site import Site


def settings(site: Site, secret: str) -> dict[str, Any]:
    """The configuration of the app for the site."""
    return {**_cookies(site), **_secrets(secret), **_accounts(site)}


def _cookies(site: Site) -> dict[str, Any]:
    """Under HTTPS a cookie is bound to this host, and no other page can set it."""
    secure = site.address.startswith("https://")
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _secrets(secret: str) -> dict[str, Any]:
    """One secret, from which those for each purpose are derived."""
    return {
        "SECRET_KEY": _derived(secret, "session"),
        "SECURITY_PASSWORD_SALT": _derived(secret, "password"),
        "SECURITY_TOTP_SECRETS": {"1": _derived(secret, "totp")},
    }


def _accounts(site: Site) -> dict[str, Any]:
    return {
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_REGISTERABLE": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_RP_NAME": site.title,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_TOTP_ISSUER": site.title,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_USERNAME_ENABLE": True,
        "SECURITY_USERNAME_REQUIRED": True,
        "SECURITY_USERNAME_MIN_LENGTH": 2,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(minutes=10),
    }


def _derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()
