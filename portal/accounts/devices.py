"""Devices that somebody logged in from before: they may still try where others have tried too often."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from portal.accounts.settings import cookie_name, is_secure
from portal.frame.door import site

KEPT = timedelta(days=365)


def remember(user_id: int) -> None:
    """Let the browser keep that this account was logged in from it."""
    signed = str(_signer().dumps(user_id))

    @after_this_request
    def give(response: Response) -> Response:
        name, secure = cookie_name(site(), "device"), is_secure(site())
        response.set_cookie(name, signed, max_age=KEPT, secure=secure, httponly=True, samesite="Lax")
        return response


def is_known(user_id: int) -> bool:
    """Whether the account was logged in from this browser before."""
    try:
        return bool(_signer().loads(request.cookies.get(cookie_name(site(), "device"), "")) == user_id)
    except BadSignature:
        return False


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], "device")
