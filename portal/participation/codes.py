"""Tracking codes: 100 bits that a sender alone has; only their hash is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

LENGTH, GROUP = 20, 4
_KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
_MISREAD = str.maketrans("018", "OIB")


def new_key() -> str:
    """The key of an empty form: the code follows from it, so that a form sent twice gets the same code twice."""
    return secrets.token_urlsafe(24)


def is_key(text: str) -> bool:
    """Whether a text is such a key."""
    return _KEY.fullmatch(text) is not None


def code_of(secret: str, key: str) -> str:
    """The tracking code of a form."""
    digest = hmac.new(secret.encode(), f"tracking:{key}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode()[:LENGTH]
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """The hash by which a code is known; how it was typed makes no difference.

    >>> hash_of("abcd-efgh 2345") == hash_of("ABCDEFGH2345")
    True
    """
    letters = re.sub(r"[^A-Z2-7]", "", code.upper().translate(_MISREAD))
    return hashlib.sha256(f"tracking-code:{letters}".encode()).hexdigest()


def fits(code: str, code_hash: str) -> bool:
    """Whether it is the code of that hash, compared in constant time."""
    return hmac.compare_digest(hash_of(code), code_hash)
