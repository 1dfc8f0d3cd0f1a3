"""What Flask-Security, Flask-WTF and Flask are told: who may do what for how long, and how cookies are sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from etl.site import Site
from portal.accounts.messages import MESSAGES, SUBJECTS


def settings(site: Site, secret: str) -> dict[str, Any]:
    """The configuration of the app for the site."""
    said = {f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()}
    return {**_cookies(site), **_secrets(secret), **_accounts(site), **_PASSWORDS, **_WAYS, **said, **SUBJECTS}


def is_secure(site: Site) -> bool:
    """Whether the site is served over HTTPS."""
    return site.address.startswith("https://")


def cookie_name(site: Site, name: str) -> str:
    """Under HTTPS a cookie is bound to this host, and no other page can set it."""
    return f"__Host-{name}" if is_secure(site) else name


def _cookies(site: Site) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": cookie_name(site, "session"),
        "SESSION_COOKIE_SECURE": is_secure(site),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        # Only what changes a session sends it: a late answer to an older request would put the older one back.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "REMEMBER_COOKIE_NAME": cookie_name(site, "remember"),
        "REMEMBER_COOKIE_SECURE": is_secure(site),
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        # A token is asked for, and the origin looked at; some browsers are told to send no referrer at all.
        "WTF_CSRF_SSL_STRICT": False,
    }


def _secrets(secret: str) -> dict[str, Any]:
    """One secret, from which those for each purpose are derived."""
    return {
        "SECRET_KEY": _derived(secret, "session"),
        "SECURITY_PASSWORD_SALT": _derived(secret, "password"),
        "SECURITY_TOTP_SECRETS": {"1": _derived(secret, "totp")},
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [_fernet(secret)],
    }


def _accounts(site: Site) -> dict[str, Any]:
    return {
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_REGISTERABLE": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_EMAIL": True,
        "SECURITY_CHANGE_USERNAME": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_USERNAME_ENABLE": True,
        "SECURITY_USERNAME_REQUIRED": True,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_POST_LOGIN_VIEW": "account.index",
        "SECURITY_POST_LOGOUT_VIEW": "home.index",
        "SECURITY_POST_REGISTER_VIEW": "security.login",
        "SECURITY_POST_CHANGE_VIEW": "account.index",
        "SECURITY_POST_CHANGE_EMAIL_VIEW": "account.index",
        "SECURITY_POST_CHANGE_USERNAME_VIEW": "account.index",
        "SECURITY_POST_VERIFY_VIEW": "account.index",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account.second_factor",
        "SECURITY_WAN_RP_NAME": site.title,
        "SECURITY_TOTP_ISSUER": site.title,
    }


_PASSWORDS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # OWASP's least cost for Argon2id: a login takes some 40 ms, and eight at once 160 MB.
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": 19_456,
        "argon2__rounds": 2,
        "argon2__parallelism": 1,
    },
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
    "SECURITY_INPUT_NORMALIZE_FORM": "NFKC",
    # What stands hashed in a token is signed and short-lived; the default costs 300 ms, which would tell who is known.
    "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(minutes=10),
    "SECURITY_CHANGE_EMAIL_WITHIN": timedelta(hours=2),
    "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=2),
    "SECURITY_FRESHNESS": timedelta(hours=1),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=30),
}
_WAYS: dict[str, Any] = {
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    # Seconds that a clock may be wrong: one code before and one after the current one.
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 10,
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_ALLOW_AS_VERIFY": ["first"],
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
}


def _derived(secret: str, purpose: str) -> str:
    return _digest(secret, purpose).hex()


def _fernet(secret: str) -> bytes:
    return base64.urlsafe_b64encode(_digest(secret, "recovery"))


def _digest(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
